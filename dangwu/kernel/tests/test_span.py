from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangwu.kernel.span import FAR, Span

days = st.dates(date(1990, 1, 1), date(2050, 12, 31))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(days)
    return Span(start, start + timedelta(days=draw(st.integers(1, 2000))))


def test_the_end_is_outside_and_the_last_day_inside() -> None:
    year = Span(date(2026, 1, 1), date(2027, 1, 1))
    assert year.days == 365
    assert year.last == date(2026, 12, 31)
    assert date(2026, 12, 31) in year
    assert date(2027, 1, 1) not in year


@pytest.mark.parametrize("end", [date(2026, 3, 5), date(2026, 3, 4)])
def test_an_empty_span_is_refused_in_chinese(end: date) -> None:
    with pytest.raises(ValueError, match="应当晚于开始日"):
        Span(date(2026, 3, 5), end)


def test_spans_that_only_touch_have_nothing_in_common() -> None:
    spring = Span(date(2026, 1, 1), date(2026, 4, 1))
    summer = Span(date(2026, 4, 1), date(2026, 7, 1))
    assert not spring.overlaps(summer)
    assert spring.intersection(summer) is None


def test_an_open_span_ends_on_the_far_day() -> None:
    office = Span(date(2023, 5, 1), FAR)
    assert date(2200, 1, 1) in office
    assert office.covers(Span(date(2024, 1, 1), FAR))


@given(spans(), spans(), days)
def test_the_intersection_holds_exactly_the_days_of_both(a: Span, b: Span, day: date) -> None:
    common = a.intersection(b)
    assert (common is not None and day in common) == (day in a and day in b)


@given(spans(), spans())
def test_a_span_covers_another_when_their_intersection_is_the_other(a: Span, b: Span) -> None:
    assert a.covers(b) == (a.intersection(b) == b)
    assert a.overlaps(b) == b.overlaps(a)


@given(st.lists(spans()))
def test_spans_sort_by_their_start(several: list[Span]) -> None:
    starts = [span.start for span in sorted(several)]
    assert starts == sorted(starts)
