"""Numbers as people write them in a sheet: 12, 12人, 共 12 名, 2.5学时."""

import re
from collections.abc import Callable
from decimal import Decimal

from dangwu.foundation.sheets.cells import plain, stated
from dangwu.foundation.sheets.shapes import Cell, Flaw, Parsed, Severity

_COUNT = re.compile(
    r"(?:[应实]?[到参][会加]?|出席)?(?:共|约)?(\d{1,7})(?:\.0+)?个?(?:人|名|位|票|家|组|党小组)?", re.ASCII
)
_AMOUNT = re.compile(r"(?:共|约)?(\d{1,6}(?:\.\d+)?)个?(?:学时|课时|小时|时|天|日|工作日|h|年)?", re.ASCII)


def count_of(field: str, label: str) -> Callable[[Cell], Parsed]:
    """How to read a count; what is none carries the code `<field>.malformed`."""

    def parse(cell: Cell) -> Parsed:
        text = stated(cell)
        if text is None:
            return Parsed(None)
        written = _COUNT.fullmatch(plain(text))
        return Parsed(int(written[1])) if written else malformed(field, label, text)

    return parse


def amount_of(field: str, label: str, most: int) -> Callable[[Cell], Parsed]:
    """How to read a number that may have a fraction and is at most `most`."""

    def parse(cell: Cell) -> Parsed:
        text = stated(cell)
        if text is None:
            return Parsed(None)
        written = _AMOUNT.fullmatch(plain(text))
        amount = Decimal(written[1]) if written else None
        return Parsed(amount) if amount is not None and amount <= most else malformed(field, label, text)

    return parse


def malformed(field: str, label: str, text: str) -> Parsed:
    """The answer where a number was expected and something else is written."""
    message = f"{label}“{text}”不是有效的数字"
    return Parsed(None, (Flaw(f"{field}.malformed", Severity.ERROR, message, "请只填阿拉伯数字，例如 12"),))
