"""Days on which something is done, and the day on which somebody retires."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangwu.kernel.months import months_between
from dangwu.kernel.workdays import seeded
from dangwu.workbench.demo.chance import chance
from dangwu.workbench.demo.city.days import START, admission_day, on_working_day, retires_on, working_day
from dangwu.workbench.demo.people import TODAY

born = st.dates(date(1940, 1, 1), date(2003, 12, 31))


@pytest.mark.parametrize(
    ("day", "woman", "retires"),
    [
        (date(1964, 12, 31), False, date(2025, 1, 1)),
        (date(1965, 1, 10), False, date(2025, 3, 1)),  # the first to work a month longer
        (date(1965, 5, 1), False, date(2025, 8, 1)),
        (date(1976, 9, 1), False, date(2039, 10, 1)),
        (date(1969, 12, 1), True, date(2025, 1, 1)),
        (date(1970, 1, 31), True, date(2025, 3, 1)),
        (date(1990, 6, 1), True, date(2048, 7, 1)),
    ],
)
def test_retirement_comes_later_month_by_month_since_2025(day: date, *, woman: bool, retires: date) -> None:
    assert retires_on(day, woman=woman) == retires


@given(earlier=born, later=born, woman=st.booleans())
def test_whoever_was_born_later_never_retires_earlier(earlier: date, later: date, *, woman: bool) -> None:
    earlier, later = sorted((earlier, later))
    assert retires_on(earlier, woman=woman) <= retires_on(later, woman=woman)
    assert 55 * 12 <= months_between(earlier.replace(day=1), retires_on(earlier, woman=woman)) <= 63 * 12 + 1


@given(seed=st.integers(), days=st.tuples(st.dates(START, TODAY), st.dates(START, TODAY)))
def test_offices_decide_on_working_days(seed: int, days: tuple[date, date]) -> None:
    first, last = sorted(days)
    for day in (working_day(chance(seed), first, last), admission_day(chance(seed), first, last)):
        assert first <= day <= last
        assert day == last or seeded().is_working_day(day)


def test_a_day_long_ago_or_ahead_stays_as_it_is() -> None:
    assert on_working_day(date(1998, 5, 2)) == date(1998, 5, 2)
    assert on_working_day(date(2030, 10, 1)) == date(2030, 10, 1)
    assert on_working_day(date(2026, 10, 1)) == date(2026, 10, 8)
