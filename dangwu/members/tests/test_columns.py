"""The columns of a roster, as an export writes them and a form tells of them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dangwu.foundation.sheets.codes import code_table
from dangwu.foundation.sheets.identity import check_digit
from dangwu.foundation.sheets.reading import read_table
from dangwu.foundation.sheets.shapes import Field
from dangwu.foundation.sheets.templates import template
from dangwu.foundation.sheets.tests.saying import said, said_again
from dangwu.foundation.sheets.writing import write_table
from dangwu.kernel.partial_date import PartialDate
from dangwu.members.columns import roster_sheet
from dangwu.members.sheets import read_rosters

ON = date(2026, 11, 23)
SHEET = roster_sheet(ON)
FIELDS = {field.name: field for field in SHEET.fields}
RARE = st.characters(min_codepoint=0x20000, max_codepoint=0x323AF)
COMMON = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
NAMES = st.text(RARE | COMMON | st.just("·"), min_size=2, max_size=8).filter(lambda name: name.strip("·") == name)
WRITTEN = st.text(st.sampled_from("甲乙 无—-/=+@'\n\t　（）()男女族、·.*_x0041\"") | RARE | COMMON, max_size=12)
DAYS = st.dates(date(1850, 1, 1), ON)
PARTIAL_DATES = st.builds(
    lambda day, precise: PartialDate(day.year, day.month, day.day if precise else None), DAYS, st.booleans()
)
NUMBERS = st.dates(date(1930, 1, 1), date(2008, 1, 1)).map(lambda born: f"990101{born:%Y%m%d}123")
MONEY = st.decimals(0, 100_000, places=2) | st.decimals(0, Decimal("1e22"), places=6)
DATES = ("birth_date", "joined_on", "confirmed_on")
CODED = {"gender": "gender", "member_kind": "member_kind", "employment_kind": "employment_kind"}
TEXTS = ("phone", "education", "ethnicity", "degree", "native_place", "home_address", "group", "post", "unit_post",
         "remarks")  # fmt: skip


def read_out_of(field: Field) -> st.SearchStrategy[Any]:
    return WRITTEN.map(lambda text: said(field, text))


ROWS = st.fixed_dictionaries(
    {
        "name": NAMES,
        "identity_number": st.none() | NUMBERS.map(lambda number: number + check_digit(number)),
        "organisation": st.none() | st.sampled_from(["一支部", "二支部", "=三支部"]),
        **{name: read_out_of(FIELDS[name]) for name in TEXTS},
        **{name: st.none() | st.sampled_from([c.word for c in code_table(name).codes.values()]) for name in CODED},
        **dict.fromkeys(DATES, st.none() | PARTIAL_DATES),
        **dict.fromkeys(("dues_base", "dues_paid"), st.none() | MONEY),
    }
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=4))
def test_an_exported_roster_reads_back_equal(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Mapping[str, Any]]
) -> None:
    path = tmp_path_factory.mktemp("written") / "名册.xlsx"
    assert write_table(SHEET, rows, path, title="党员名册") == len(rows)
    reading = read_table(path, SHEET)
    assert [row.values for row in reading.rows] == rows
    assert {column.field for column in reading.columns} == set(FIELDS)


@pytest.mark.parametrize("field", SHEET.fields, ids=lambda field: field.name)
@settings(max_examples=200, deadline=None)
@given(WRITTEN)
def test_what_a_cell_says_is_shown_so_that_it_says_the_same(field: Field, text: str) -> None:
    assert said_again(field, text) == said(field, text)


def test_a_blank_form_is_a_roster_of_nobody_and_an_example_one_of_somebody(tmp_path: Path) -> None:
    example = {"name": "王芳", "gender": "female", "organisation": "一支部", "joined_on": PartialDate(2009, 7)}
    for examples in ([], [example]):
        (tmp_path / "表.xlsx").write_bytes(template(SHEET, choices={"organisation": ["一支部"]}, examples=examples))
        (roster,) = read_rosters(tmp_path / "表.xlsx", on=ON)
        assert ([row.name for row in roster.rows], roster.problems) == (["王芳"] * len(examples), [])


@pytest.mark.parametrize(
    "field", [field for field in SHEET.fields if field.guide.example], ids=lambda field: field.name
)
def test_what_a_form_gives_as_an_example_may_be_written(field: Field) -> None:
    assert said(field, field.guide.example) is not None
    assert all(not field.parse(choice).flaws for choice in field.guide.choices)


def test_a_telephone_number_in_full_width_digits_is_the_number() -> None:
    assert said(FIELDS["phone"], "１３９００００００００") == "13900000000"
