"""The attendance ledger as a workbook and as a paper."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from dangwu.foundation.documents.paper import Sentence, Table
from dangwu.records.branch_years import BranchYear
from dangwu.records.documents.attendance import NOTHING, attendance_blocks, attendance_bytes, attendance_paper

pytestmark = pytest.mark.django_db
Year = Callable[[], BranchYear]


def test_the_workbook_has_members_by_activities(office: Year) -> None:
    rows = CalamineWorkbook.from_filelike(BytesIO(attendance_bytes([office()]))).get_sheet_by_index(0).to_python()
    assert rows[1] == [
        "姓名",
        "3月5日\n支部委员会会议",
        "3月20日\n主题党日",
        "5月9日\n党员大会",
        "6月1日\n下沉社区入列轮值",
        "应到",
        "实到",
        "缺席",
    ]
    assert rows[2] == ["钟正", "✓", "✓", "✓", "／", 3, 3, 0]
    assert rows[6] == ["谷雨", "／", "✓", "出差", "／", 2, 1, 1]


def test_organisations_of_one_name_have_sheets_of_their_own(office: Year) -> None:
    year = office()
    book = CalamineWorkbook.from_filelike(BytesIO(attendance_bytes([year, year])))
    assert book.sheet_names == ["办公室党支部", "办公室党支部（2）"]


def test_no_table_of_a_paper_is_wider_than_it_can_be_read(office: Year) -> None:
    tables = [block for block in attendance_blocks(office(), 2) if isinstance(block, Table)]
    assert [len(table.heads) for table in tables] == [3, 3, 4]
    assert all(len(line) == len(table.heads) for table in tables for line in table.lines)


def test_the_paper_lies_and_a_year_without_records_says_so(office: Year) -> None:
    empty = replace(office(), every=[])
    paper = attendance_paper(empty)
    assert paper.layout.landscape
    assert paper.blocks == (Sentence(NOTHING),)
