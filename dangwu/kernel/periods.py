"""The months, quarters, half-years and years of the calendar, and terms of office."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from dangwu.kernel.months import add_months
from dangwu.kernel.span import Span


class Every(StrEnum):
    """How often something recurs."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    YEAR = "year"


_MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF_YEAR: 6, Every.YEAR: 12}
_CODES = {Every.MONTH: "{}-{:02}", Every.QUARTER: "{}Q{}", Every.HALF_YEAR: "{}H{}", Every.YEAR: "{}"}
_NAMES = {
    Every.MONTH: tuple(f"{month}月" for month in range(1, 13)),
    Every.QUARTER: ("第一季度", "第二季度", "第三季度", "第四季度"),
    Every.HALF_YEAR: ("上半年", "下半年"),
    Every.YEAR: ("",),
}
_CODE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})|Q(?P<quarter>\d)|H(?P<half_year>\d))?", re.ASCII)
_NAME = re.compile(
    r"(?P<year>\d{4})年(?:(?P<month>\d{1,2})月|第?(?P<quarter>[一二三四\d])季度|(?P<half_year>[上下])半年)?", re.ASCII
)
_NUMBERS = str.maketrans("一二三四上下", "123412")


def month_index(day: date) -> int:
    """The number of the day's month, counted from January of the year 0."""
    return day.year * 12 + day.month - 1


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One month, quarter, half-year or year. `index` counts such units since the year 0."""

    every: Every
    index: int

    @classmethod
    def of(cls, every: Every, day: date) -> Self:
        """The period in which the day lies."""
        return cls(every, month_index(day) // _MONTHS[every])

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a code (`2026-07`, `2026Q3`, `2026H2`, `2026`) or a name (2026年7月, 2026年第三季度, 2026年下半年,
        2026年); anything else is a ValueError.
        """
        written = _CODE.fullmatch(text) or _NAME.fullmatch(text)
        if written is None:
            raise ValueError(
                f"“{text}”不是期间，请写成 2026-07、2026Q3、2026H2、2026，或者 2026年7月、2026年第三季度。"
            )
        unit = written.lastgroup or "year"
        every = Every(unit.replace("_", "-"))
        count = 12 // _MONTHS[every]
        year, number = int(written["year"]), 1 if every is Every.YEAR else int(written[unit].translate(_NUMBERS))
        if not (year and 1 <= number <= count):
            raise ValueError(f"“{text}”不是期间：序号应当在 1 至 {count} 之间。")
        return cls(every, year * count + number - 1)

    @property
    def _year_and_place(self) -> tuple[int, int]:
        """The year, and which of its periods of this length this is, from 0."""
        return divmod(self.index, 12 // _MONTHS[self.every])

    @property
    def code(self) -> str:
        """How it is stored, and written in addresses; `parse` reads it."""
        year, place = self._year_and_place
        return _CODES[self.every].format(f"{year:04}", place + 1)

    @property
    def name(self) -> str:
        """How people call it, such as 2026年第三季度; `parse` reads it."""
        year, place = self._year_and_place
        return f"{year}年{_NAMES[self.every][place]}"

    @property
    def span(self) -> Span:
        """Its days."""
        year, month = divmod(self.index * _MONTHS[self.every], 12)
        start = date(year, month + 1, 1)
        return Span(start, add_months(start, _MONTHS[self.every]))

    @property
    def deadline(self) -> date:
        """Its last day."""
        return self.span.last

    @property
    def months(self) -> tuple[int, ...]:
        """The `month_index` of every month in it."""
        length = _MONTHS[self.every]
        return tuple(range(self.index * length, (self.index + 1) * length))

    def next(self) -> "Period":
        """The period that follows at once."""
        return Period(self.every, self.index + 1)


def periods_starting_in(every: Every, span: Span) -> list[Period]:
    """The periods whose first day lies in the span, in order."""
    length = _MONTHS[every]
    first_month = month_index(span.start) + (span.start.day > 1)
    first = -(-first_month // length)
    last = month_index(span.last) // length
    return [Period(every, index) for index in range(first, last + 1)]


def term(started_on: date, years: int) -> Span:
    """A term of office of so many years; it ends before the same day of its last year."""
    return Span(started_on, add_months(started_on, years * 12))
