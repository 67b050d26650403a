"""The three years of which the city remembers everything, and the days on which offices decide."""

from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from functools import cache
from random import Random

from dangwu.kernel.months import add_months
from dangwu.kernel.workdays import seeded
from dangwu.workbench.demo.chance import Weighted
from dangwu.workbench.demo.people import TODAY

START = date(TODAY.year - 3, TODAY.month, TODAY.day)
FIRST_KNOWN = date(2005, 1, 1)
_ADMISSIONS = Weighted({1: 3, 2: 1, 3: 4, 4: 5, 5: 8, 6: 20, 7: 8, 8: 4, 9: 7, 10: 8, 11: 16, 12: 16})


@cache
def _working_days() -> list[date]:
    calendar = seeded()
    every = (FIRST_KNOWN + timedelta(days=number) for number in range((TODAY - FIRST_KNOWN).days + 1))
    return [day for day in every if calendar.is_working_day(day)]


def working_day(dice: Random, first: date, last: date) -> date:
    """A day on which offices worked, between the two; the last itself where there is none."""
    days = _working_days()
    low, high = bisect_left(days, first), bisect_right(days, last)
    return days[dice.randrange(low, high)] if low < high else last


def on_working_day(day: date) -> date:
    """The day, or the next on which offices worked; one that lies ahead or long ago stays as it is."""
    days = _working_days()
    place = bisect_left(days, day)
    return days[place] if day >= FIRST_KNOWN and place < len(days) else day


def admission_day(dice: Random, first: date, last: date) -> date:
    """A day between the two on which a branch admits somebody: more often before July and at the end of a year."""
    for _ in range(50):
        year, month = dice.randint(first.year, last.year), _ADMISSIONS.draw(dice)
        day = on_working_day(date(year, month, dice.randint(3, 26)))
        if first <= day <= last:
            return day
    return working_day(dice, first, last)


def somewhere(dice: Random, first: date, last: date) -> date:
    """Any day between the two; the first where they are the wrong way round."""
    return first + timedelta(days=dice.randrange((last - first).days + 1)) if first < last else first


@cache
def _retirement_months(born_month: int, *, woman: bool) -> int:
    """Since 2025 the ages of 60 and (for women among cadres) 55 rise by a month every four months, by three years."""
    age = (55 if woman else 60) * 12
    reached = born_month + age - (2025 * 12)
    delay = reached // 4 + 1 if reached >= 0 else 0
    return age + min(delay, 36)


def retires_on(born: date, *, woman: bool) -> date:
    """The first day of the month after somebody has reached the age of retirement."""
    months = _retirement_months(born.year * 12 + born.month - 1, woman=woman)
    return add_months(born.replace(day=1), months + 1)
