from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangwu.kernel.span import FAR, Span
from dangwu.kernel.workdays import WorkCalendar, seeded

days = st.dates(date(2005, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 9, 30), True),
        (date(2026, 10, 1), False),
        (date(2026, 10, 10), True),
        (date(2026, 10, 11), False),
        (date(2027, 10, 1), True),
    ],
)
def test_holidays_and_make_up_days_are_known(day: date, worked: bool) -> None:
    assert seeded().is_working_day(day) is worked


def test_the_arrangements_of_2004_to_2026_are_known() -> None:
    assert [year for year in range(2000, 2030) if seeded().knows(year)] == list(range(2004, 2027))


@pytest.mark.parametrize(
    ("deadline", "text"),
    [
        (date(2026, 10, 10), "还有 3 个工作日（10月10日，调休上班）"),
        (date(2026, 10, 8), "还有 1 个工作日（10月8日）"),
        (date(2026, 10, 7), "还有 7 天，其间没有工作日（10月7日，放假）"),
        (date(2026, 9, 30), "今天到期（9月30日）"),
        (date(2026, 9, 20), "已超过 10 天（9月20日，调休上班）"),
        (date(2027, 1, 2), "还有 63 个工作日（2027年1月2日，周末）"),
    ],
)
def test_what_remains_is_told_in_working_days(deadline: date, text: str) -> None:
    assert seeded().describe_remaining(date(2026, 9, 30), deadline) == text


@pytest.mark.parametrize(
    ("span", "years"),
    [
        (Span(date(2026, 12, 1), date(2027, 1, 2)), "2027年的"),
        (Span(date(2003, 12, 1), date(2028, 1, 1)), "2003年、2027年的"),
        (Span(date(2026, 1, 1), FAR), "2027年、2028年、2029年等年份的"),
    ],
)
def test_a_year_without_an_arrangement_is_admitted(span: Span, years: str) -> None:
    caveat = seeded().caveat(span)
    assert caveat is not None
    assert caveat.startswith(years)
    assert "尚未录入" in caveat


def test_known_years_need_no_caveat() -> None:
    assert seeded().caveat(Span(date(2026, 1, 1), date(2027, 1, 1))) is None


def test_a_new_arrangement_is_added_without_touching_the_old() -> None:
    weekends = WorkCalendar()
    extended = weekends.extended(2027, holidays=[date(2027, 2, 8)], make_up_days=[date(2027, 2, 14)])
    assert not extended.is_working_day(date(2027, 2, 8))
    assert extended.is_working_day(date(2027, 2, 14))
    assert extended.knows(2027)
    assert weekends == WorkCalendar()


def test_a_later_arrangement_overrules_an_earlier_one() -> None:
    first = WorkCalendar().extended(2027, make_up_days=[date(2027, 2, 14)])
    second = first.extended(2027, holidays=[date(2027, 2, 14)])
    assert not second.is_working_day(date(2027, 2, 14))


def test_a_day_cannot_be_free_and_worked() -> None:
    with pytest.raises(ValueError, match="2027-02-14 既列为放假又列为上班"):
        WorkCalendar().extended(2027, holidays=[date(2027, 2, 14)], make_up_days=[date(2027, 2, 14)])


def test_no_step_leaves_the_day() -> None:
    assert seeded().add_working_days(date(2026, 10, 1), 0) == date(2026, 10, 1)


@given(days, st.integers(-60, 60).filter(bool))
def test_counting_undoes_adding(day: date, count: int) -> None:
    reached = seeded().add_working_days(day, count)
    assert seeded().is_working_day(reached)
    assert seeded().working_days_between(day, reached) == count


@given(days, st.integers(0, 60), st.integers(0, 60))
def test_working_days_add_up(day: date, first: int, second: int) -> None:
    middle = day + timedelta(days=first)
    end = middle + timedelta(days=second)
    between = seeded().working_days_between
    assert between(day, middle) + between(middle, end) == between(day, end)
