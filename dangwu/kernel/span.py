"""Time from one day up to, but not including, another."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

FAR = date(9999, 12, 31)
"""The end of what has no end yet: an open span ends on this day, so that ends can always be compared and be unique."""

DAWN = date(1921, 7, 1)
"""The beginning of what began before anybody told when: the founding of the Party, before which nothing here can be."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The days from `start` up to `end`, which is exclusive. A span is never empty: anything else is a ValueError."""

    start: date
    end: date

    def __post_init__(self) -> None:
        """Refuse a span without a day in it."""
        if self.end <= self.start:
            raise ValueError(f"结束日（{self.end}）应当晚于开始日（{self.start}），请核对两个日期。")

    def __contains__(self, day: date) -> bool:
        """Whether the day lies in the span."""
        return self.start <= day < self.end

    @property
    def days(self) -> int:
        """How many days there are."""
        return (self.end - self.start).days

    @property
    def last(self) -> date:
        """The last day that is still inside."""
        return self.end - timedelta(days=1)

    def overlaps(self, other: Self) -> bool:
        """Whether the two have a day in common; spans that only touch have none."""
        return self.start < other.end and other.start < self.end

    def intersection(self, other: Self) -> "Span | None":
        """The days that both have, or None."""
        if not self.overlaps(other):
            return None
        return Span(max(self.start, other.start), min(self.end, other.end))

    def covers(self, other: Self) -> bool:
        """Whether every day of the other is in this one."""
        return self.start <= other.start and other.end <= self.end
