"""Dates in every way they are written, read with the precision they have.

Two digits for a year mean its latest occurrence that is not in the future. A number of which the spreadsheet may have
dropped the last zero (1998.1: January or October) is a doubt, unless its column shows how months are written there.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import NamedTuple

from dangwu.foundation.sheets.cells import plain, stated
from dangwu.foundation.sheets.shapes import Cell, Surroundings
from dangwu.kernel.partial_date import PartialDate


class DateFault(Enum):
    """Why a text is not taken for a date."""

    UNREADABLE = "unreadable"
    IMPOSSIBLE = "impossible"
    YEAR_ONLY = "year_only"
    JANUARY_OR_OCTOBER = "january_or_october"


class DateReading(NamedTuple):
    """A date or a fault; neither where nothing is written."""

    value: PartialDate | None = None
    fault: DateFault | None = None


@dataclass(frozen=True, slots=True)
class MonthStyle:
    """How a column writes months: with a zero (1998.07), with one digit (1998.7), or both; by default unknown."""

    padded: bool = False
    single: bool = False

    @classmethod
    def of(cls, cells: Collection[Cell]) -> "MonthStyle":
        """The style that the cells of a column show."""
        texts = {plain(cell) for cell in cells if isinstance(cell, str | float)}
        return cls(any(map(_PADDED_MONTH.fullmatch, texts)), any(map(_SINGLE_MONTH.fullmatch, texts)))

    def month_of_one(self, *, is_number: bool) -> int | None:
        """The month that “.1” means. A number loses the zero of “.10”, text keeps it; None where nobody can know."""
        if self.padded:
            return 10 if is_number and not self.single else None
        return None if is_number else 1


_PADDED_MONTH = re.compile(r"(?:\d{4}|\d{2})\.0[1-9]")
_SINGLE_MONTH = re.compile(r"(?:\d{4}|\d{2})\.[2-9]")
_MONTH_ONE = re.compile(r"(\d{4}|\d{2})\.1")

_DIGIT_OF = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_NUMERAL = re.compile(r"[〇○零一二三四五六七八九十]+")
_DASHES = re.compile(r"[—–−‐―]+")

_WEEKDAY = r"(?:\(?(?:星期|周|礼拜)[1-7日天]\)?)?"
_HOUR = r"(?:[上下中]午|早上|晚上?)?\d{1,2}(?:[:时点]\d{0,2}(?:[:分]\d{0,2}(?:\.\d+)?秒?)?|半)"
_TIME = rf"(?:T?{_HOUR}(?:[-~至到]{_HOUR})?|[上下中]午|晚上?)?"
_SAID = r"加入|入党|转正|转为|成为|批准|预备|正式|发展|出生|参加|当选|任职|召开|生|\d{1,3}周?岁"
_TAIL = rf"(?:\(?(?:{_SAID})[^\d()]{{0,8}}\)?)?"
_PARTS = re.compile(
    r"[于自'’‘`]?(?P<year>\d{4}|\d{2})[.\-/年、,·。]+(?P<month>\d{1,2})"
    rf"(?:[.\-/月、,·。]+份?(?:(?P<day>\d{{1,2}}?)[日号.。]?)?)?{_WEEKDAY}{_TIME}{_TAIL}"
)
_RUN = re.compile(rf"(?P<digits>\d{{4}}\.\d{{4}}|\d{{4,8}}){_TAIL}")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_YEAR = re.compile(r"(?:18|19|20|21)\d{2}年?")

_EARLIEST_YEAR, _LATEST_YEAR = 1850, 2199
_CENTURY = 100
_DAY_ZERO_1900, _DAY_ZERO_1904 = date(1899, 12, 30), date(1904, 1, 1)
_LEAP_DAY_THAT_NEVER_WAS = 60


def date_reader(on: date, surroundings: Surroundings) -> Callable[[Cell], DateReading]:
    """A reader for the cells of one column, as it writes months and counts days."""
    style = MonthStyle.of(surroundings.cells)
    return lambda cell: read_date(cell, on=on, style=style, since_1904=surroundings.since_1904)


def read_date(cell: Cell, *, on: date, style: MonthStyle | None = None, since_1904: bool = False) -> DateReading:
    """Read the date in a cell, as seen on a day. `since_1904` says how the workbook counts days."""
    if isinstance(cell, date):
        return DateReading(PartialDate(cell.year, cell.month, cell.day))
    if cell is None or (isinstance(cell, str) and stated(cell) is None):
        return DateReading()
    if not isinstance(cell, str | int | float) or isinstance(cell, bool):
        return DateReading(fault=DateFault.UNREADABLE)
    text = _in_digits(plain(cell))
    if one := _MONTH_ONE.fullmatch(text):
        month = (style or MonthStyle()).month_of_one(is_number=not isinstance(cell, str))
        return _dated(on, one[1], month) if month else DateReading(fault=DateFault.JANUARY_OR_OCTOBER)
    return _read_text(text, on, since_1904=since_1904)


def _in_digits(text: str) -> str:
    """Chinese numerals and dashes as plain ones: 二〇一二年十二月 is 2012年12月."""
    return _DASHES.sub("-", _NUMERAL.sub(lambda found: _arabic(found[0]), text))


def _arabic(numeral: str) -> str:
    if "十" not in numeral:
        return numeral.translate(_DIGIT_OF)
    tens, _, ones = numeral.partition("十")
    return f"{tens.translate(_DIGIT_OF) or '1'}{ones.translate(_DIGIT_OF) or '0'}"


def _read_text(text: str, on: date, *, since_1904: bool) -> DateReading:
    if _YEAR.fullmatch(text):
        return DateReading(fault=DateFault.YEAR_ONLY)
    if _SERIAL.fullmatch(text):
        return _counted(int(text.partition(".")[0]), since_1904=since_1904)
    if parts := _PARTS.fullmatch(text):
        return _dated(on, parts["year"], int(parts["month"]), int(parts["day"]) if parts["day"] else None)
    if run := _RUN.fullmatch(text):
        return _read_run(run["digits"].replace(".", ""), on)
    return DateReading(fault=DateFault.UNREADABLE)


def _read_run(digits: str, on: date) -> DateReading:
    """Digits without separators: 19980701, 199807, 980701."""
    if len(digits) == len("19980701"):
        return _dated(on, digits[:4], int(digits[4:6]), int(digits[6:]))
    if len(digits) != len("199807"):
        return DateReading(fault=DateFault.UNREADABLE)
    if _EARLIEST_YEAR <= int(digits[:4]) <= _LATEST_YEAR:
        return _dated(on, digits[:4], int(digits[4:]))
    return _dated(on, digits[:2], int(digits[2:4]), int(digits[4:]))


def _counted(days: int, *, since_1904: bool) -> DateReading:
    """The day with this number. The count from 1900 holds a 29 February that never was."""
    if since_1904:
        day = _DAY_ZERO_1904 + timedelta(days)
    elif days == _LEAP_DAY_THAT_NEVER_WAS:
        return DateReading(fault=DateFault.IMPOSSIBLE)
    else:
        day = _DAY_ZERO_1900 + timedelta(days + (days < _LEAP_DAY_THAT_NEVER_WAS))
    return DateReading(PartialDate(day.year, day.month, day.day))


def _dated(on: date, year: str, month: int, day: int | None = None) -> DateReading:
    try:
        value = PartialDate(_full_year(year, month, day, on), month, day)
    except ValueError:
        return DateReading(fault=DateFault.IMPOSSIBLE)
    if not _EARLIEST_YEAR <= value.year <= _LATEST_YEAR:
        return DateReading(fault=DateFault.IMPOSSIBLE)
    return DateReading(value)


def _full_year(written: str, month: int, day: int | None, on: date) -> int:
    if len(written) > len("98"):
        return int(written)
    year = on.year - on.year % _CENTURY + int(written)
    return year - _CENTURY if (year, month, day or 1) > (on.year, on.month, on.day) else year
