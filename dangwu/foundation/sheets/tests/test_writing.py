"""Tables that are written by their declaration; what reads them back is tested beside each declaration."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from dangwu.foundation.sheets.pen import TooLongError
from dangwu.foundation.sheets.reading import read_table
from dangwu.foundation.sheets.tests.test_reading import PEOPLE
from dangwu.foundation.sheets.writing import write_table


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", '=HYPERLINK("x")', "'=1"])
def test_what_begins_like_a_formula_is_text_and_reads_back_the_same(tmp_path: Path, text: str) -> None:
    path = tmp_path / "名册.xlsx"
    write_table(PEOPLE, [{"name": "甲", "post": text}], path)
    cell = load_workbook(path).active["C2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert bool(cell.quotePrefix) == (text[0] != "'")
    assert read_table(path, PEOPLE).rows[0].values["post"] == text


def test_the_fields_named_are_written_in_their_order_beneath_a_title() -> None:
    file = BytesIO()
    rows = iter([{"name": "甲", "post": "书记", "branch": "一支部"}, {"name": "乙"}])
    assert write_table(PEOPLE, rows, file, title="某局人员名册", names=["post", "name"]) == 2
    sheet = load_workbook(file).active
    assert [[cell.value for cell in row] for row in sheet.rows] == [
        ["某局人员名册", None], ["职务", "姓名"], ["书记", "甲"], [None, "乙"]
    ]  # fmt: skip
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B3", "A2:B4")


def test_no_row_takes_the_branch_of_the_one_above(tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"
    rows = [{"name": "甲", "branch": "一支部"}, {"name": "乙"}, {"name": "丙"}]
    write_table(PEOPLE, rows, path)
    assert [row.values["branch"] for row in read_table(path, PEOPLE).rows] == ["一支部", "—", "—"]


def test_a_text_that_no_cell_can_hold_is_refused_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(TooLongError, match="第 3 行 C 列"):
        write_table(PEOPLE, [{"name": "甲"}, {"name": "乙", "post": "长" * 32_768}], tmp_path / "名册.xlsx")
