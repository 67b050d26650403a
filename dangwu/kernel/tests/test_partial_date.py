from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangwu.kernel.partial_date import PartialDate

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def test_a_month_stands_for_all_its_days() -> None:
    month = PartialDate.parse("2024-02")
    assert (month.earliest, month.latest) == (date(2024, 2, 1), date(2024, 2, 29))
    assert str(month) == "2024-02"


def test_a_known_day_stands_for_itself() -> None:
    joined = PartialDate.parse("1998-07-01")
    assert joined.earliest == joined.latest == date(1998, 7, 1)
    assert str(joined) == "1998-07-01"


@pytest.mark.parametrize(("year", "month", "day"), [(2026, 2, 29), (2026, 13, None), (2026, 4, 31), (2026, 4, 0)])
def test_a_day_on_no_calendar_is_refused(year: int, month: int, day: int | None) -> None:
    with pytest.raises(ValueError, match="请核对日期"):
        PartialDate(year, month, day)


@pytest.mark.parametrize("text", ["", "1998", "1998.07", "98-07", "1998-7-1", "1998-07-01 ", "1998-00"])
def test_other_ways_of_writing_are_not_guessed_here(text: str) -> None:
    with pytest.raises(ValueError, match=r"1998-07|请核对日期"):
        PartialDate.parse(text)


def test_a_month_alone_comes_before_its_days() -> None:
    in_order = ["1998-06-30", "1998-07", "1998-07-01", "1998-07-02", "1998-08"]
    assert [str(day) for day in sorted(map(PartialDate.parse, reversed(in_order)))] == in_order


@given(days, st.booleans())
def test_its_text_is_read_back(day: date, whole: bool) -> None:
    partial = PartialDate(day.year, day.month, day.day if whole else None)
    assert PartialDate.parse(str(partial)) == partial
    assert partial.earliest <= day <= partial.latest
