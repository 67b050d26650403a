"""A month laid out: its days with what stands on each, and which of them offices work."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dangwu.kernel.months import add_months
from dangwu.kernel.periods import Every, Period
from dangwu.kernel.workdays import seeded
from dangwu.workbench.calendar.gathering import Entry

FEW = 4  # entries of a day that a square shows at once
WEEKDAYS = "一二三四五六日"
FIRST, LAST = date(2000, 1, 1), date(2099, 12, 1)


def month_asked(text: str, today: date) -> Period:
    """The month that an address asks for; that of today where it asks for none, or for what is no month."""
    try:
        asked = Period.parse(text)
    except ValueError:
        return Period.of(Every.MONTH, today)
    known = asked.every is Every.MONTH and FIRST <= asked.span.start <= LAST
    return asked if known else Period.of(Every.MONTH, today)


@dataclass(frozen=True, slots=True)
class Day:
    """A square: its entries, the first few apart; `rest` is 休 or 班 where the State Council says so."""

    day: date
    entries: Sequence[Entry]
    rest: str
    works: bool
    is_today: bool

    @property
    def weekday(self) -> str:
        return WEEKDAYS[self.day.weekday()]

    @property
    def first(self) -> Sequence[Entry]:
        return self.entries if len(self.entries) <= FEW + 1 else self.entries[:FEW]

    @property
    def more(self) -> Sequence[Entry]:
        return self.entries[len(self.first) :]


@dataclass(frozen=True, slots=True)
class Month:
    """The days of a month; `before` squares of the first week belong to the month before."""

    period: Period
    days: Sequence[Day]

    @property
    def before(self) -> range:
        return range(self.period.span.start.weekday())

    @property
    def filled(self) -> Sequence[Day]:
        """The days on which something stands."""
        return [day for day in self.days if day.entries]

    @property
    def caveat(self) -> str:
        """What to know where the holidays of the year are not arranged yet."""
        return seeded().caveat(self.period.span) or ""

    @property
    def earlier(self) -> str:
        start = self.period.span.start
        return Period.of(Every.MONTH, add_months(start, -1)).code if start > FIRST else ""

    @property
    def later(self) -> str:
        return self.period.next().code if self.period.span.start < LAST else ""


def laid_out(period: Period, entries: Sequence[Entry], today: date) -> Month:
    """The month with its entries."""
    by_day = defaultdict(list)
    for entry in entries:
        by_day[entry.day].append(entry)
    span, calendar = period.span, seeded()
    days = [span.start.replace(day=number) for number in range(1, span.days + 1)]
    told = [Day(day, by_day[day], rest_of(day), calendar.is_working_day(day), day == today) for day in days]
    return Month(period, told)


def rest_of(day: date) -> str:
    """休 where a holiday is taken, 班 where a weekend day is worked instead."""
    calendar = seeded()
    if day in calendar.make_up_days:
        return "班"
    return "休" if day in calendar.holidays else ""
