"""Figures as people read them."""

from datetime import date
from decimal import Decimal

import pytest

from dangwu.insights import spans
from dangwu.insights.counting import Value
from dangwu.insights.tests.counted import figure
from dangwu.insights.wording import drawn, sentence, worded
from dangwu.kernel.periods import Every, Period
from dangwu.kernel.span import Span

LECTURES = figure("activities", "party_lecture", sentence="讲授党课 {value}")
TALKS = figure("activities", "integrity_talk", confidential=True)
SHARE = figure("share", "warning_education", unit="%")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Value(0), "0 次"),
        (Value(1050), "1,050 次"),
        (Value(Decimal("455111.50")), "455,111.5 次"),
        (Value(Decimal("3.00")), "3 次"),
        (Value(None), "—"),
    ],
)
def test_a_number_is_told_with_its_unit(value: Value, words: str) -> None:
    assert worded(LECTURES, value) == words


def test_a_rough_number_says_that_it_is_one() -> None:
    words = [worded(TALKS, Value(number, rough=True)) for number in (0, 20, None)]
    assert words == ["不足 5 次", "20 余次", "—"]


def test_a_share_is_whole_only_where_nobody_is_missing() -> None:
    words = [worded(SHARE, Value(*pair)) for pair in ((2, 3), (1999, 2000), (3, 3), (0, 0))]
    assert words == ["66.6%", "99.9%", "100%", "—"]
    assert [drawn(Value(2, 3)), drawn(Value(0, 0)), drawn(Value(Decimal("2.50")))] == [66.7, None, 2.5]


def test_the_sentence_carries_the_number() -> None:
    assert sentence(LECTURES, Value(12)) == "讲授党课 12 次"


def test_a_year_that_is_not_over_is_held_against_the_same_days() -> None:
    days = spans.of_period(Period.parse("2026"), date(2026, 3, 31))
    assert days
    assert days.called == "2026年（截至3月31日）"
    assert (days.before, days.before_name) == (Span(date(2025, 1, 1), date(2025, 4, 1)), "上年同期")


def test_a_year_that_is_over_is_held_against_the_year_before() -> None:
    days = spans.of_period(Period.parse("2024"), date(2026, 3, 31))
    assert days
    assert (days.called, days.before_name, days.before.days) == ("2024年", "上年", 365)
    assert spans.of_period(Period.parse("2027"), date(2026, 3, 31)) is None


def test_a_trend_ends_with_the_days_that_are_shown() -> None:
    days = spans.from_to(date(2026, 1, 5), date(2026, 2, 9), date(2026, 3, 31))
    assert days
    assert days.name == "2026年1月5日至2026年2月9日"
    ends = [spans.trend(every, days)[-1].code for every in (Every.MONTH, Every.QUARTER, Every.YEAR)]
    assert ends == ["2026-02", "2026Q1", "2026"]
