"""A date of which the day may be unknown, as most files on people give it (1998.07)."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import total_ordering
from typing import Self

_WRITTEN = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?", re.ASCII)


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A month, or a day of it where that is known. A date that does not exist is a ValueError.

    Ordered by the first day it can be; a month alone comes before its days.
    """

    year: int
    month: int
    day: int | None = None

    def __post_init__(self) -> None:
        """Refuse what is on no calendar."""
        try:
            date(self.year, self.month, 1 if self.day is None else self.day)
        except ValueError:
            raise ValueError(f"没有“{self}”这一天，请核对日期。") from None

    def __lt__(self, other: "PartialDate") -> bool:
        """Whether it comes first."""
        return (self.year, self.month, self.day or 0) < (other.year, other.month, other.day or 0)

    def __str__(self) -> str:
        """The text that `parse` reads."""
        month = f"{self.year:04}-{self.month:02}"
        return month if self.day is None else f"{month}-{self.day:02}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `1998-07` or `1998-07-01`; anything else is a ValueError."""
        written = _WRITTEN.fullmatch(text)
        if written is None:
            raise ValueError(f"“{text}”不是日期，请写成 1998-07 或 1998-07-01。")
        year, month, day = written.groups()
        return cls(int(year), int(month), None if day is None else int(day))

    @property
    def earliest(self) -> date:
        """The first day it can be."""
        return date(self.year, self.month, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day it can be."""
        return date(self.year, self.month, self.day or monthrange(self.year, self.month)[1])
