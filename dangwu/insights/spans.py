"""Which days are meant, what they are called, and which a year before they are held against."""

from dataclasses import dataclass
from datetime import date, timedelta

from dangwu.kernel.days import told_day
from dangwu.kernel.months import add_months
from dangwu.kernel.periods import Every, Period
from dangwu.kernel.span import Span


@dataclass(frozen=True, slots=True)
class Days:
    """Some days up to today, with their name."""

    span: Span
    name: str
    so_far: bool = False  # they end before they are over

    @property
    def before(self) -> Span:
        """The same days a year earlier."""
        return Span(add_months(self.span.start, -12), add_months(self.span.end, -12))

    @property
    def before_name(self) -> str:
        """What the days a year earlier are called beside these."""
        return "上年同期" if self.so_far or self.span.days < 365 else "上年"  # noqa: PLR2004 - a whole year

    @property
    def called(self) -> str:
        """Their name, and how far they have come."""
        last = self.span.last
        return f"{self.name}（截至{last.month}月{last.day}日）" if self.so_far else self.name


def of_period(period: Period, today: date) -> Days | None:
    """The days of a period up to today; None where it has not begun."""
    span = period.span
    if span.start > today:
        return None
    end = min(span.end, today + timedelta(days=1))
    return Days(Span(span.start, end), period.name, so_far=end < span.end)


def from_to(since: date, until: date, today: date) -> Days | None:
    """The days from one to another, both included, up to today; None where there is none."""
    last = min(until, today)
    if last < since:
        return None
    return Days(Span(since, last + timedelta(days=1)), f"{told_day(since)}至{told_day(last)}")


def trend(every: Every, days: Days) -> list[Period]:
    """The periods that lead up to the last of these days: twelve months, eight quarters or five years."""
    last = Period.of(every, days.span.last)
    number = {Every.MONTH: 12, Every.QUARTER: 8}.get(every, 5)
    return [Period(every, index) for index in range(last.index - number + 1, last.index + 1)]
