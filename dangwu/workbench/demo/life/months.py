"""Months, one after another."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple, Self


class Month(NamedTuple):
    """A month of a year."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        """The month of a day."""
        return cls(day.year, day.month)

    @property
    def following(self) -> "Month":
        """The month after it."""
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    def day(self, number: int) -> date:
        """A day of it; of the first 28."""
        return date(self.year, self.number, number)

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return (day.year, day.month) == (self.year, self.number)


def months(first: date, last: date) -> Iterator[Month]:
    """The months of two days and all between them."""
    month, end = Month.of(first), Month.of(last)
    while month <= end:
        yield month
        month = month.following
