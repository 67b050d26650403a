from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangwu.foundation.sheets.shapes import Cell
from dangwu.records.held import Day, Held, parse_held, year_told

days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
FIFTH = Day(2026, 3, 5)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-03-05",
        "2026.3.5",
        "26.3.5",
        "２０２６年３月５日",
        "2026年3月5日 14:30",
        "2026-03-05 14:30-16:00",
        "2026/3/5 14:30",
        "2026/3/5 9点",
        "2026年3月5日（周四）上午9点半",
        "2026年3月5日（线上）",
        "2026年3月5日下午2:30至4:30",
        "二〇二六年三月五日",
        "20260305",
        20260305,
        46086,
        46086.6,
        datetime(2026, 3, 5, 14, 30),  # noqa: DTZ001 - as a spreadsheet has it
        date(2026, 3, 5),
    ],
)
def test_a_day_is_read_however_it_is_written(cell: Cell) -> None:
    assert parse_held(cell) == (Held(FIFTH, FIFTH), ())


@pytest.mark.parametrize(
    ("cell", "last"),
    [
        ("2026年3月5日至7日", Day(2026, 3, 7)),
        ("2026年3月5日-4月2日", Day(2026, 4, 2)),
        ("2026.3.5—2026.3.9", Day(2026, 3, 9)),
        ("2026/3/5~3/6", Day(2026, 3, 6)),
        ("2026-03-05至03-09", Day(2026, 3, 9)),
        ("2026.3.5-9", Day(2026, 3, 9)),
    ],
)
def test_an_activity_may_last_several_days(cell: str, last: Day) -> None:
    assert parse_held(cell).value == Held(FIFTH, last)


@pytest.mark.parametrize("cell", ["3月5日", "3月5日 14:30", "3.5", "3/5"])
def test_the_year_may_be_missing(cell: str) -> None:
    held = parse_held(cell).value
    assert held.lacks_year
    assert held.first.in_year(2026) == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2026年2月30日", "impossible"),
        ("2026-13-01", "impossible"),
        ("2月30日", "impossible"),
        ("13月", "impossible"),
        ("2026年", "unreadable"),
        ("3月5日、12日", "unreadable"),
        ("2026年3月5日前", "unreadable"),
        ("每月5日", "unreadable"),
        ("待定", "unreadable"),
        (3.1, "unreadable"),
    ],
)
def test_what_is_no_day_is_told(cell: Cell, code: str) -> None:
    value, (flaw,) = parse_held(cell)
    assert value is None
    assert flaw.code == f"held_on.{code}"


@pytest.mark.parametrize("cell", ["2026年3月", "2026.3", "2026-03", "2026年3月份", "26年3月底", "3月", "3月上旬"])
def test_a_month_alone_counts_and_is_doubted(cell: str) -> None:
    held, (flaw,) = parse_held(cell)
    assert held.first.in_year(2026) == date(2026, 3, 1)
    assert flaw.code == "held_on.month_only"


@pytest.mark.parametrize("cell", [None, "", "  ", "/", "无"])
def test_an_empty_cell_says_nothing(cell: Cell) -> None:
    assert parse_held(cell) == (None, ())


def test_a_workbook_may_count_days_from_1904() -> None:
    assert parse_held(46086 - 1462, since_1904=True).value == Held(FIFTH, FIFTH)


@given(days, st.integers(0, 60))
def test_a_written_range_is_read_back(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    held = parse_held(f"{first:%Y年%-m月%-d日}至{last:%Y年%-m月%-d日}").value
    assert (held.first.in_year(0), held.last.in_year(0)) == (first, last)


@given(st.text(max_size=20))
def test_any_text_has_an_answer(text: str) -> None:
    value, flaws = parse_held(text)
    assert value is None or {flaw.code for flaw in flaws} <= {"held_on.month_only"}


@pytest.mark.parametrize(
    ("texts", "year"),
    [
        (("2026年度党支部活动台账", "Sheet1"), 2026),
        (("活动台账", "2025年", "2026.xlsx"), 2025),
        (("2025-2026年台账", "Sheet1"), None),
        (("电话 13920260000",), None),
    ],
)
def test_the_year_is_told_by_titles(texts: tuple[str, ...], year: int | None) -> None:
    assert year_told(texts) == year
