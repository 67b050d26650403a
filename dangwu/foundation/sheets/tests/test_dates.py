"""Dates as clerks and spreadsheets write them."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangwu.foundation.sheets.dates import DateFault, date_reader, read_date
from dangwu.foundation.sheets.shapes import Cell, Surroundings
from dangwu.kernel.partial_date import PartialDate

ON = date(2026, 11, 23)
JULY = PartialDate(1998, 7)
FIRST_OF_JULY = PartialDate(1998, 7, 1)


AS_MONTH = """
1998.07 1998.7 98年7月 98.7 199807 1998年7月 1998/7 1998-07
１９９８．０７ 一九九八年七月 1998年07月 1998—07 '98.7 1998、7
1998年7月份 1998年7月入党 1998.07入党 1998.07（28岁） 1998.07生 1998年7月（预备） 1998.07. 于1998年7月
"""
AS_DAY = """
19980701 1998年7月1日 1998/7/1 1998-7-1 1998-07-01 1998.07.01 98.7.1 98年7月1日 980701 1998-07-01T00:00:00
１９９８年７月１日 一九九八年七月一日 1998年7月1号 1998年7月1日（星期三） 1998.0701 35977 1998年7月1日加入中国共产党
1998年7月1日下午3时
1998年7月1日星期三14:30-16:00
"""
NUMBERS_OF_MONTH = [1998.07, 1998.7, 98.07, 199807.0, 199807]
NUMBERS_OF_DAY = [
    19980701.0,
    980701.0,
    35977.0,
    35977.5,
    date(1998, 7, 1),
    datetime.combine(date(1998, 7, 1), time(8, 30)),
]


@pytest.mark.parametrize("cell", [*AS_MONTH.split(), *NUMBERS_OF_MONTH, "1998 年 7 月", "1998.07\n(28岁)"])
def test_a_month_is_read_as_a_month(cell: Cell) -> None:
    assert read_date(cell, on=ON) == (JULY, None)


@pytest.mark.parametrize("cell", [*AS_DAY.split(), *NUMBERS_OF_DAY, "1998-07-01 00:00:00", "1998年7月1日 14:30"])
def test_a_day_is_read_as_a_day(cell: Cell) -> None:
    assert read_date(cell, on=ON) == (FIRST_OF_JULY, None)


@pytest.mark.parametrize("cell", [None, "", "  ", "无", "/", "—"])
def test_nothing_written_is_neither_a_date_nor_a_fault(cell: Cell) -> None:
    assert read_date(cell, on=ON) == (None, None)


@pytest.mark.parametrize(
    "cell", ["1998-13", "2012年2月30日", "199813", "200913", "20120230", "1998.00", "1998-07-00", "0998.07"]
)
def test_a_date_on_no_calendar_is_impossible(cell: Cell) -> None:
    assert read_date(cell, on=ON) == (None, DateFault.IMPOSSIBLE)


@pytest.mark.parametrize(
    "cell",
    ["不详", "7.1", "九八", "1998年7月、2001年8月", "12345678901", 1.5, 9807.0, True, time(8), timedelta(3), "1998071"],
)
def test_what_is_no_date_is_unreadable(cell: Cell) -> None:
    assert read_date(cell, on=ON) == (None, DateFault.UNREADABLE)


@pytest.mark.parametrize("cell", ["1998", 1998.0, "1998年", "二〇一二年"])
def test_a_year_alone_is_told_apart(cell: Cell) -> None:
    assert read_date(cell, on=ON) == (None, DateFault.YEAR_ONLY)


@pytest.mark.parametrize(("written", "year"), [("26.11", 2026), ("26.12", 1926), ("27.1", 1927), ("00.5", 2000)])
def test_two_digits_of_a_year_never_lie_in_the_future(written: str, year: int) -> None:
    answer = read_date(written, on=ON).value
    assert answer is not None
    assert answer.year == year


def test_a_number_that_may_have_lost_its_zero_is_a_doubt() -> None:
    assert read_date(1998.1, on=ON).fault is DateFault.JANUARY_OR_OCTOBER
    assert read_date("1998.1", on=ON).value == PartialDate(1998, 1)


@pytest.mark.parametrize(
    ("neighbours", "cell", "month"),
    [
        ([1998.07, 2001.12], 1998.1, 10),
        ([1998.07, 2001.3], 1998.1, None),
        ([1998.3], 1998.1, None),
        (["1998.07"], "1998.1", None),
        (["1998.3"], "1998.1", 1),
        ([], "1998.10", 10),
    ],
)
def test_the_column_shows_whether_a_number_means_january_or_october(
    neighbours: list[Cell], cell: Cell, month: int | None
) -> None:
    read = date_reader(ON, Surroundings({*neighbours, cell}, since_1904=False))
    value = read(cell).value
    assert (value.month if value else None) == month


def test_day_numbers_count_from_the_year_of_their_workbook() -> None:
    assert read_date(34515.0, on=ON, since_1904=True).value == FIRST_OF_JULY
    assert read_date(34515.0, on=ON).value == PartialDate(1994, 6, 30)


DAYS = st.dates(date(1927, 1, 1), date(2026, 11, 22))


@given(
    DAYS,
    st.sampled_from(["{0:%Y%m%d}", "{0.year}年{0.month}月{0.day}日", "{0.year}/{0.month}/{0.day}", "{0:%Y.%m.%d}"]),
)
def test_a_day_that_is_written_out_is_read_back(day: date, form: str) -> None:
    assert read_date(form.format(day), on=ON).value == PartialDate(day.year, day.month, day.day)


@given(DAYS, st.booleans())
def test_a_day_number_is_read_back(day: date, since_1904: bool) -> None:
    zero = date(1904, 1, 1) if since_1904 else date(1899, 12, 30)
    number = (day - zero).days
    if number >= 10_000:
        assert read_date(float(number), on=ON, since_1904=since_1904).value == PartialDate(day.year, day.month, day.day)


@given(DAYS, st.sampled_from(["{0:%y.%m}", "{0:%Y%m}", "{0:%Y.%m}", "{0.year}年{0.month}月", "{0.year}-{0.month}"]))
def test_a_month_that_is_written_out_is_read_back(day: date, form: str) -> None:
    assert read_date(form.format(day), on=ON).value == PartialDate(day.year, day.month)


@given(st.text(max_size=20) | st.floats() | st.integers())
def test_no_cell_at_all_breaks_the_reader(cell: Cell) -> None:
    answer = read_date(cell, on=ON)
    assert answer.value is None or answer.fault is None
