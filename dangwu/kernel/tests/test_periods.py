from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangwu.kernel.periods import Every, Period, month_index, periods_starting_in, term
from dangwu.kernel.span import FAR, Span

days = st.dates(date(1921, 7, 1), date(2100, 12, 31))
everies = st.sampled_from(Every)


@pytest.mark.parametrize(
    ("code", "name", "first", "last"),
    [
        ("2026-07", "2026年7月", date(2026, 7, 1), date(2026, 7, 31)),
        ("2024-02", "2024年2月", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026Q3", "2026年第三季度", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026H2", "2026年下半年", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026", "2026年", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_has_a_code_a_name_and_days(code: str, name: str, first: date, last: date) -> None:
    period = Period.parse(code)
    assert (period.code, period.name) == (code, name)
    assert (period.span.start, period.deadline) == (first, last)


@pytest.mark.parametrize(
    "code",
    [
        *("", "26-07", "2026-13", "2026-00", "2026Q5", "2026Q0", "2026H3", "2026-7", "０２０２", "0000"),
        *("2026年13月", "2026年0月", "26年7月", "2026年第五季度", "2026年第5季度", "2026年中半年", "7月", "0000年"),
    ],
)
def test_what_is_no_period_is_refused_in_chinese(code: str) -> None:
    with pytest.raises(ValueError, match="不是期间"):
        Period.parse(code)


def test_the_year_0_is_where_counting_begins() -> None:
    assert Period.parse("2026").index == 2026
    assert Period.parse("2026Q1").index == 2026 * 4
    assert Period.parse("2026Q3").months == tuple(2026 * 12 + month - 1 for month in (7, 8, 9))


@given(everies, days)
def test_periods_tile_the_time(every: Every, day: date) -> None:
    period = Period.of(every, day)
    assert day in period.span
    assert period.next().span.start == period.span.end
    assert Period.of(every, period.deadline) == period
    assert Period.of(every, period.deadline + timedelta(days=1)) == period.next()


@given(everies, days)
def test_a_period_is_read_back_from_its_code(every: Every, day: date) -> None:
    period = Period.of(every, day)
    assert Period.parse(period.code) == period


@given(everies, days)
def test_a_period_is_read_back_from_its_name(every: Every, day: date) -> None:
    period = Period.of(every, day)
    assert Period.parse(period.name) == period


@pytest.mark.parametrize(
    ("written", "code"), [("2026年04月", "2026-04"), ("2026年三季度", "2026Q3"), ("2026年第3季度", "2026Q3")]
)
def test_a_period_may_be_written_as_people_do(written: str, code: str) -> None:
    assert Period.parse(written).code == code


@given(everies, days)
def test_the_months_of_a_period_are_those_of_its_days(every: Every, day: date) -> None:
    period = Period.of(every, day)
    assert month_index(day) in period.months
    assert (period.months[0], period.months[-1]) == (month_index(period.span.start), month_index(period.deadline))


@given(everies, days, st.integers(1, 1500))
def test_exactly_the_periods_that_begin_in_a_span_are_listed(every: Every, start: date, length: int) -> None:
    span = Span(start, start + timedelta(days=length))
    listed = periods_starting_in(every, span)
    begun = {Period.of(every, start + timedelta(days=n)) for n in range(length)}
    assert listed == sorted(period for period in begun if period.span.start in span)


def test_no_month_begins_between_the_second_and_the_last_day() -> None:
    assert periods_starting_in(Every.MONTH, Span(date(2026, 3, 2), date(2026, 4, 1))) == []


def test_an_open_span_has_its_last_month_too() -> None:
    assert periods_starting_in(Every.YEAR, Span(date(9998, 1, 1), FAR))[-1].code == "9999"


@pytest.mark.parametrize(
    ("started_on", "years", "last"),
    [
        (date(2023, 5, 10), 3, date(2026, 5, 9)),
        (date(2024, 2, 29), 3, date(2027, 2, 27)),
        (date(2024, 2, 29), 4, date(2028, 2, 28)),
    ],
)
def test_a_term_ends_before_the_same_day_of_its_last_year(started_on: date, years: int, last: date) -> None:
    assert term(started_on, years).last == last
