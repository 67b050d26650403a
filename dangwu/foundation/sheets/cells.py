"""What stands in a cell, as text: one spelling for what people see as equal."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime

from dangwu.foundation.sheets.shapes import Cell

_INVISIBLE = (
    " \t\r\n\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    "\u200a\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
_SPACE = re.compile(f"[{_INVISIBLE}]+")
_LONG_NUMBER = re.compile(r"\d(?:[\s\-]?\d){10,}[Xx]?")
_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)")
_LONGEST_QUOTE = 40
_FEWEST_SHOWN = 8
_MOST_STARS = 13
_NOTHING = frozenset(
    {"", "无", "暂无", "空", "/", "//", "\\", "-", "--", "---", "—", "——", "–", "－", "／", "N/A", "n/a"}
)


def is_blank(cell: Cell) -> bool:
    """Whether nothing is to be seen in the cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip(_INVISIBLE))


def is_error(cell: Cell) -> bool:
    """Whether the office program shows an error of its own there, as where a formula found nothing."""
    return isinstance(cell, str) and cell.startswith("#") and _ERROR.fullmatch(cell) is not None


def text_of(cell: Cell) -> str:
    """The cell as the office program shows it: whole numbers without a fraction, no white space at the ends."""
    if isinstance(cell, str):
        return cell.strip(_INVISIBLE)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) or not isinstance(cell, date):
        return str(cell)
    return cell.isoformat()


def plain(cell: Cell) -> str:
    """Text for comparing: half width, no white space at all."""
    text = text_of(cell)
    if text.isascii():
        return "".join(text.split())
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))


def quoted(cell: Cell) -> str:
    """The cell as a message may quote it: short, on one line, and without a whole identity or telephone number."""
    text = _LONG_NUMBER.sub(lambda found: masked(found[0]), " ".join(text_of(cell).split()))
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"


def masked(number: str) -> str:
    """A number that may be shown: its first three and last two characters, where it is long enough to hide the rest."""
    if len(number) <= _FEWEST_SHOWN:
        return "*" * len(number)
    return f"{number[:3]}{'*' * min(len(number) - 5, _MOST_STARS)}{number[-2:]}"


def stated(cell: Cell) -> str | None:
    """The text of a cell, None where it is empty or only says that there is nothing (无, /, —)."""
    text = text_of(cell)
    return None if text in _NOTHING else text


def letter_of(index: int) -> str:
    """The letter of a column; the first has index 0."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def index_of(letter: str) -> int:
    """The place of a column from 0 on: A is 0, AA is 26."""
    index = 0
    for character in letter.upper():
        index = index * 26 + ord(character) - ord("A") + 1
    return index - 1


def text_at(cells: Sequence[Sequence[Cell]], row: int, letter: str) -> str:
    """What stands in a cell of a sheet; rows count from 1. Empty where the sheet has no such cell."""
    line = cells[row - 1] if row <= len(cells) else ()
    index = index_of(letter)
    return text_of(line[index]) if index < len(line) else ""
