"""Who stands twice on a roster, and which namesakes cannot be told apart."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import astuple
from typing import TYPE_CHECKING, NamedTuple

from dangwu.foundation.sheets.cells import masked
from dangwu.foundation.sheets.shapes import Flaw, Severity
from dangwu.kernel.partial_date import PartialDate

if TYPE_CHECKING:
    from dangwu.members.sheets import RosterRow

_MOST_COMPARED = 500


class Double(NamedTuple):
    """A later row and what it shares with an earlier one. `counts` is false where it is the same person again."""

    row: "RosterRow"
    field: str
    flaw: Flaw
    counts: bool


def doubles_in(rows: Sequence["RosterRow"]) -> Iterator[Double]:
    """Every row that repeats an earlier one, bears its identity number, or may be the same person."""
    by_number: dict[str, RosterRow] = {}
    by_name: dict[str, _Namesakes] = defaultdict(_Namesakes)
    for row in rows:
        first = by_number.setdefault(row.identity_number, row) if row.identity_number else row
        if first is not row:
            yield _same_number(row, first)
            continue
        like = by_name[row.name].like(row)
        if like is not None:
            yield _repetition(row, like) if _is_repetition(row, like) else _namesake(row, like)


class _Namesakes:
    """Rows of one name. Those with different numbers need no comparing, and they are most."""

    def __init__(self) -> None:
        self._numbered: list[RosterRow] = []
        self._others: list[RosterRow] = []

    def like(self, row: "RosterRow") -> "RosterRow | None":
        """The first row that may be the same person; then remembers the row."""
        compared = self._others[:_MOST_COMPARED]
        if row.identity_number is None:
            compared += self._numbered[:_MOST_COMPARED]
        (self._others if row.identity_number is None else self._numbered).append(row)
        return next((other for other in compared if not told_apart(row, other)), None)


def told_apart(one: "RosterRow", other: "RosterRow") -> bool:
    """Whether two namesakes are certainly two people: by number, birth, gender, telephone, else by their branch."""
    if one.identity_number and other.identity_number:
        return one.identity_number != other.identity_number
    if one.birth_date and other.birth_date:
        return not _may_be_equal(one.birth_date, other.birth_date)
    if one.gender and other.gender and one.gender != other.gender:
        return True
    if one.phone and other.phone:
        return one.phone != other.phone
    return one.organisation != other.organisation


def _may_be_equal(one: PartialDate, other: PartialDate) -> bool:
    return one.earliest <= other.latest and other.earliest <= one.latest


def _same_number(row: "RosterRow", first: "RosterRow") -> Double:
    if _content(row) == _content(first):
        return _repetition(row, first)
    shown = masked(row.identity_number or "")
    message = f"身份证号码 {shown} 与{_line(first, row)}（{first.name}）相同"
    same = row.name == first.name and row.organisation == first.organisation
    if same:
        message += "，按同一人只计一次"
    flaw = Flaw("identity_number.duplicate", Severity.ERROR, message, "请核对两行：同一人的删去一行，不同的人改正号码")
    return Double(row, "identity_number", flaw, counts=not same)


def _is_repetition(row: "RosterRow", other: "RosterRow") -> bool:
    """Equal in everything, and in something that two people hardly share, or only gathered on another sheet."""
    telling = row.identity_number or row.birth_date or row.phone or row.sheet != other.sheet
    return bool(telling) and _content(row) == _content(other)


def _content(row: "RosterRow") -> tuple[object, ...]:
    return astuple(row)[2:]  # all but where it stands


def _line(other: "RosterRow", row: "RosterRow") -> str:
    sheet = "" if other.sheet == row.sheet else f"工作表“{other.sheet}”"
    return f"{sheet}第 {other.number} 行"


def _repetition(row: "RosterRow", first: "RosterRow") -> Double:
    message = f"与{_line(first, row)}（{first.name}）完全相同，只计一次"
    return Double(row, "name", Flaw("row.duplicate", Severity.ERROR, message, "请删去多余的一行"), counts=False)


def _namesake(row: "RosterRow", first: "RosterRow") -> Double:
    message = f"与{_line(first, row)}同名（{row.name}），没有身份证号码、出生日期等可以区分"
    remedy = "请补上身份证号码或出生日期；是同一人的，请删去一行"
    return Double(row, "name", Flaw("person.ambiguous", Severity.DOUBT, message, remedy), counts=True)
