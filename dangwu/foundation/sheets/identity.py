"""Identity numbers (GB 11643): their check digit, what they tell, and the ways in which spreadsheets damage them."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import Enum
from operator import mul
from typing import NamedTuple

from dangwu.foundation.sheets.cells import plain, stated
from dangwu.foundation.sheets.shapes import Cell

# provinces, Taiwan, Hong Kong, Macao; 83 is in permits of residents from Taiwan, 9 begins those of foreigners
_PROVINCES = frozenset(
    [
        *range(11, 16),
        *range(21, 24),
        *range(31, 38),
        *range(41, 47),
        *range(50, 55),
        *range(61, 66),
        *(71, 81, 82, 83),
    ]
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_LENGTH = 18
_NEW = re.compile(r"\d{17}[\dX]", re.ASCII)
_OLD = re.compile(r"\d{15}", re.ASCII)
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?1[4-9]")
_MARKS = re.compile(r"['’‘`\-_.*#]")
_ROUNDED = "000"
_SUSPECT = re.compile(r"[Ee]|000\s*$")
_EXACT = 10**15


class IdentityFault(Enum):
    """Why a text is not taken for an identity number."""

    MALFORMED = "malformed"
    CHECK_DIGIT = "check_digit"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """A number with 18 digits and a right check digit."""

    text: str

    @property
    def birth(self) -> date:
        """The day of birth in it."""
        return date(int(self.text[6:10]), int(self.text[10:12]), int(self.text[12:14]))

    @property
    def gender(self) -> str:
        """The gender in it: the last digit but one is odd for men."""
        return "male" if int(self.text[16]) % 2 else "female"

    @property
    def region_is_known(self) -> bool:
        """Whether its first digits are those of a province."""
        return int(self.text[:2]) in _PROVINCES


class IdentityReading(NamedTuple):
    """A number or a fault; neither where nothing is written."""

    value: IdentityNumber | None = None
    fault: IdentityFault | None = None


def read_identity(cell: Cell, *, beside_damaged: bool = False) -> IdentityReading:
    """Read an identity number; an old one of 15 digits becomes the new one.

    `beside_damaged` says that other numbers of the column are damaged: one that ends in 000 is then not believed even
    where its check digit happens to fit.
    """
    if isinstance(cell, str) and _NEW.fullmatch(cell):
        return _judge(cell, beside_damaged=beside_damaged)
    if cell is None or (isinstance(cell, str) and stated(cell) is None):
        return IdentityReading()
    if isinstance(cell, float | int) and not isinstance(cell, bool) and abs(cell) >= _EXACT:
        return IdentityReading(fault=IdentityFault.DAMAGED)
    text = plain(cell).upper().replace("×", "X")
    if _SCIENTIFIC.fullmatch(text):
        return IdentityReading(fault=IdentityFault.DAMAGED)
    return _judge(text if text.isalnum() else _MARKS.sub("", text), beside_damaged=beside_damaged)


def _judge(text: str, *, beside_damaged: bool) -> IdentityReading:
    if _OLD.fullmatch(text):
        seventeen = f"{text[:6]}19{text[6:]}"
        text = seventeen + check_digit(seventeen)
    if not _NEW.fullmatch(text):
        return IdentityReading(fault=IdentityFault.MALFORMED)
    fits = text[-1] == check_digit(text[:-1])
    if text.endswith(_ROUNDED) and (not fits or beside_damaged):
        return IdentityReading(fault=IdentityFault.DAMAGED)
    if not _has_birth(text):
        return IdentityReading(fault=IdentityFault.MALFORMED)
    return IdentityReading(IdentityNumber(text)) if fits else IdentityReading(fault=IdentityFault.CHECK_DIGIT)


def _has_birth(text: str) -> bool:
    try:
        date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    return True


def check_digit(seventeen: str) -> str:
    """The eighteenth digit (ISO 7064, MOD 11-2)."""
    return _CHECK_DIGITS[sum(map(mul, map(int, seventeen), _WEIGHTS)) % 11]


def any_damaged(cells: Collection[Cell]) -> bool:
    """Whether a spreadsheet has damaged some number of a column."""
    suspects = (cell for cell in cells if not isinstance(cell, str) or _SUSPECT.search(cell))
    return any(read_identity(cell).fault is IdentityFault.DAMAGED for cell in suspects)


def looks_like_identity(cell: Cell) -> bool:
    """Whether a cell holds 18 or 15 digits as an identity number has them, right or wrong."""
    answer = read_identity(cell)
    return answer.value is not None or answer.fault in {IdentityFault.CHECK_DIGIT, IdentityFault.DAMAGED}
