"""Errors of the office program are no empty cells."""

from pathlib import Path

import pytest
from openpyxl import Workbook as Book
from openpyxl import load_workbook

from dangwu.foundation.sheets.opening import open_workbook
from dangwu.foundation.sheets.reading import read_table
from dangwu.foundation.sheets.tests.test_reading import PEOPLE


@pytest.fixture
def path(tmp_path: Path) -> Path:
    book = Book()
    book.active.title = "甲 & “乙”"
    for line in (["姓名", "党支部", "职务"], ["甲", "一支部", "#N/A"], ["乙", "#REF!", "书记"]):
        book.active.append(line)
    book.save(tmp_path / "名册.xlsx")
    assert load_workbook(tmp_path / "名册.xlsx").active["C2"].data_type == "e"
    return tmp_path / "名册.xlsx"


def test_they_are_taken_out_of_the_file_at_their_places(path: Path) -> None:
    (sheet,) = open_workbook(path).sheets
    assert sheet.rows[1:] == [["甲", "一支部", "#N/A"], ["乙", "#REF!", "书记"]]


def test_they_are_problems_and_no_values(path: Path) -> None:
    reading = read_table(path, PEOPLE)
    assert [row.values for row in reading.rows] == [
        {"name": "甲", "branch": "一支部", "post": None},
        {"name": "乙", "branch": None, "post": "书记"},
    ]
    assert [(p.row, p.column, p.code) for p in reading.problems] == [(2, "C", "post.error"), (3, "B", "branch.error")]
    assert reading.problems[0].message == "职务显示为“#N/A”，是公式出错，没有得出内容"
