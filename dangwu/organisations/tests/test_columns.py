"""The columns of a workbook of organisations, as an export writes them and a form tells of them."""

from datetime import date
from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dangwu.foundation.sheets.reading import read_table
from dangwu.foundation.sheets.shapes import Field
from dangwu.foundation.sheets.templates import template
from dangwu.foundation.sheets.tests.saying import said, said_again
from dangwu.foundation.sheets.writing import write_table
from dangwu.kernel.partial_date import PartialDate
from dangwu.organisations.cells import CommitteeTold, TermTold
from dangwu.organisations.columns import organisations_sheet
from dangwu.organisations.models import OrganisationKind
from dangwu.organisations.sheets import read_organisations

ON = date(2026, 11, 23)
SHEET = organisations_sheet(ON)
WRITTEN = st.text(st.sampled_from("甲乙丙丁 、（兼）是否无届年月日至2345-.=/"), max_size=14)
TOLD = "3年 2023.05-2026.05 2023年5月至2026年5月 2024-06-18 5人 王林（兼）、李强 2个 是 党总支 √"
SAMPLES = st.sampled_from(
    [
        "3年",
        "2023.05-2026.05",
        "2023年5月至2026年5月",
        "2024-06-18",
        "5人",
        "王林（兼）、李强",
        "2个",
        "是",
        "党总支",
        "√",
    ]
)
MAY = PartialDate(2023, 5)
TERMS = [TermTold(years=3), TermTold(MAY), TermTold(MAY, PartialDate(2026, 5, 9))]
COMMITTEES = [CommitteeTold(3), CommitteeTold(2, ("𠮷芳", "李强"))]


@pytest.mark.parametrize("field", SHEET.fields, ids=lambda field: field.name)
@settings(max_examples=150, deadline=None)
@given(WRITTEN | SAMPLES)
def test_what_a_cell_says_is_shown_so_that_it_says_the_same(field: Field, text: str) -> None:
    assert said_again(field, text) == said(field, text)


def test_an_exported_list_reads_back_equal(tmp_path: Path) -> None:
    rows = [
        {
            "name": f"𰻞湖{number}支部",
            "kind": kind,
            "deputy_secretary": ("𠮷芳", "买买提·阿卜杜拉"),
            "committee_members": committee,
            "has_committee": number % 2 == 0,
            "groups": number,
            "founded_on": PartialDate(2019, 5, number + 1 if number % 2 else None),
            "term": term,
        }
        for number, (kind, committee, term) in enumerate(
            zip(OrganisationKind.values, cycle(COMMITTEES), cycle(TERMS), strict=False)
        )
    ]
    write_table(SHEET, rows, tmp_path / "组织.xlsx", names=list(rows[0]))
    reading = read_table(tmp_path / "组织.xlsx", SHEET)
    assert (reading.problems, [row.values for row in reading.rows]) == ([], rows)


def test_a_blank_form_lists_nothing_and_an_example_one(tmp_path: Path) -> None:
    for examples in ([], [{"name": "一支部", "kind": "branch", "term_until": PartialDate(2027, 6, 17)}]):
        (tmp_path / "表.xlsx").write_bytes(template(SHEET, examples=examples))
        (listed,) = read_organisations(tmp_path / "表.xlsx", on=ON)
        assert ([row.name for row in listed.rows], listed.problems) == (["一支部"] * len(examples), [])


@pytest.mark.parametrize("field", SHEET.fields, ids=lambda field: field.name)
def test_what_a_form_gives_as_an_example_may_be_written(field: Field) -> None:
    assert said(field, field.guide.example) is not None
    assert all(not field.parse(choice).flaws for choice in field.guide.choices)
