"""The year of an address."""

from datetime import date

import pytest

from dangwu.workbench.years import year_asked

TODAY = date(2026, 8, 15)


@pytest.mark.parametrize(
    ("asked", "year"),
    [("2024", 2024), ("1949", 1949), ("1948", 2026), ("2027", 2026), ("", 2026), ("24", 2026), ("02024", 2026)],
)
def test_what_is_no_year_of_the_records_is_this_year(asked: str, year: int) -> None:
    assert year_asked(asked, TODAY) == year


def test_papers_begin_later_and_plans_reach_into_the_next_year() -> None:
    assert [year_asked(asked, TODAY, first=2000) for asked in ("1999", "2000")] == [2026, 2000]
    assert [year_asked(asked, TODAY, ahead=1) for asked in ("2027", "2028")] == [2027, 2026]
