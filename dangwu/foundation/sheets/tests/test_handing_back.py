"""A workbook given back with its problems, read again."""

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook as Book
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from dangwu.foundation.sheets import handing_back
from dangwu.foundation.sheets.handing_back import hand_back
from dangwu.foundation.sheets.marks import COLOURS, LIST_OF_PROBLEMS
from dangwu.foundation.sheets.opening import open_workbook
from dangwu.foundation.sheets.reading import read_table
from dangwu.foundation.sheets.shapes import Cell, Problem, Severity
from dangwu.foundation.sheets.tests.test_old_workbooks import compound_file, label, number, stream
from dangwu.foundation.sheets.tests.test_reading import PEOPLE

HEAD: list[Cell] = ["姓名", "党支部", "职务"]
LINES: list[list[Cell]] = [["人员名册"], HEAD, ["甲", "零支部"], ["乙", "一支部", "书记"], ["丙", "零支部"]]


def saved(
    path: Path, *lines: list[Cell], merged: str = "", change: Callable[[Book, Worksheet], None] | None = None
) -> Path:
    book = Book()
    book.active.title = "名册"
    for line in lines:
        book.active.append(line)
    for block in merged.split():
        book.active.merge_cells(block)
    if change:
        change(book, book.active)
    book.save(path)
    return path


def flaw(
    row: int | None, column: str | None, severity: Severity = Severity.ERROR, told: str = "没有这个党支部"
) -> Problem:
    return Problem("名册.xlsx", "名册", row, column, "branch", "branch.unknown", severity, told, "请核对名称")


def given_back(path: Path, *problems: Problem, **how: Any) -> Any:  # noqa: ANN401 - a workbook of a library without types
    return load_workbook(BytesIO(hand_back(path, problems, **how)))


def again(path: Path, content: bytes) -> Path:
    file = path.with_name("again.xlsx")
    file.write_bytes(content)
    return file


def test_cells_are_coloured_by_the_gravest_problem_and_tell_all_of_them(tmp_path: Path) -> None:
    path = saved(tmp_path / "名册.xlsx", *LINES)
    both = (flaw(3, "B", Severity.WARNING, "太短"), flaw(3, "B"))
    sheet = given_back(path, *both, flaw(4, "C", Severity.DOUBT), flaw(5, None))["名册"]
    assert [sheet[at].fill.start_color.rgb[2:] for at in ("B3", "C4", "A5")] == [
        COLOURS[severity] for severity in (Severity.ERROR, Severity.DOUBT, Severity.ERROR)
    ]
    assert sheet["B3"].comment.text == "提醒：太短。\n请核对名称。\n错误：没有这个党支部。\n请核对名称。"
    assert sheet["B4"].comment is None


def test_the_list_of_problems_leads_to_each_cell(tmp_path: Path) -> None:
    path = saved(tmp_path / "名册.xlsx", *LINES)
    reading = read_table(path, PEOPLE)
    book = given_back(path, *reading.problems, flaw(None, None), readings=[reading])
    listed = list(book[LIST_OF_PROBLEMS].iter_rows(min_row=2, values_only=True))
    assert book.sheetnames == ["名册", LIST_OF_PROBLEMS]
    assert listed[0] == ("名册", 3, "B", "党支部", "错误", "没有这个党支部", "请核对名称")
    assert [line[:3] for line in listed] == [("名册", 3, "B"), ("名册", 5, "B"), ("名册", None, None)]
    assert book[LIST_OF_PROBLEMS]["B3"].hyperlink.location == "'名册'!B5"


def ornament(book: Book, sheet: Worksheet) -> None:
    sheet["C3"] = "=A3&B3"
    sheet["D3"] = date(1998, 7, 1)
    sheet["E3"], sheet["F3"] = "990101198001011", 0.5
    sheet["F3"].number_format = "0%"
    sheet["A4"].comment = Comment("原有批注", "某人")
    sheet.column_dimensions["B"].width = 33
    sheet.column_dimensions["D"].hidden = True
    book.create_sheet("代码").sheet_state = "hidden"


def test_everything_else_stays_as_it_was(tmp_path: Path) -> None:
    path = saved(tmp_path / "名册.xlsx", *LINES, merged="A1:C1", change=ornament)
    book = given_back(path, flaw(3, "B"), flaw(4, "A"))
    sheet = book["名册"]
    assert [sheet[at].value for at in ("C3", "D3", "E3", "F3")] == [
        "=A3&B3",
        datetime(1998, 7, 1),  # noqa: DTZ001 - a sheet knows no zones
        "990101198001011",
        0.5,
    ]
    assert (sheet["F3"].number_format, sheet["E3"].data_type) == ("0%", "s")
    assert (sheet.column_dimensions["B"].width, sheet.column_dimensions["D"].hidden) == (33, True)
    assert (book["代码"].sheet_state, str(sheet.merged_cells)) == ("hidden", "A1:C1")
    assert sheet["A4"].comment.text.startswith("原有批注\n错误：")


def test_what_formulas_came_to_is_still_there_for_the_next_reader(tmp_path: Path) -> None:
    from xlsxwriter import Workbook as Writer  # noqa: PLC0415

    path = tmp_path / "名册.xlsx"
    with Writer(path) as book:
        sheet = book.add_worksheet("名册")
        sheet.write_row(0, 0, ["姓名", "党支部", "职务"])
        sheet.write_formula(1, 0, '="甲"&"<乙>"', None, "甲<乙>")
        sheet.write_formula(1, 1, "=1+1", None, 2)
        sheet.write_formula(1, 2, "=1=1", None, value=True)
    rows = open_workbook(again(path, hand_back(path, [flaw(2, "B")]))).sheets[0].rows
    assert rows[1] == ["甲<乙>", 2.0, True]


def test_what_was_marked_before_is_cleared_first(tmp_path: Path) -> None:
    path = saved(tmp_path / "名册.xlsx", *LINES)
    path.write_bytes(hand_back(path, [flaw(3, "B"), flaw(5, "B")]))
    book = given_back(path, flaw(5, "B"))
    assert book.sheetnames == ["名册", LIST_OF_PROBLEMS]
    assert (book["名册"]["B3"].comment, book["名册"]["B3"].fill.fill_type) == (None, None)
    assert book["名册"]["B5"].comment.text.count("没有这个党支部") == 1


def test_a_problem_inside_merged_cells_is_shown_where_they_are_seen(tmp_path: Path) -> None:
    path = saved(tmp_path / "名册.xlsx", HEAD, ["甲", "零支部"], ["乙"], merged="B2:B3")
    assert given_back(path, flaw(3, "B"))["名册"]["B2"].comment is not None


def as_csv(folder: Path) -> Path:
    (folder / "名册.csv").write_text("人员名册\n姓名,党支部,职务\n甲,零支部,=1+1\n", encoding="gb18030")
    return folder / "名册.csv"


def as_xls(folder: Path) -> Path:
    cells = [label(1, 0, "姓名"), label(1, 1, "党支部"), label(2, 0, "甲"), label(2, 1, "零支部"), number(2, 2, 0.5)]
    (folder / "名册.xls").write_bytes(compound_file(stream(label(0, 0, "人员名册"), *cells)))
    return folder / "名册.xls"


@pytest.mark.parametrize(("write", "third"), [(as_csv, "=1+1"), (as_xls, 0.5)])
def test_older_kinds_come_back_as_a_new_workbook_of_the_same_lines(
    tmp_path: Path, write: Callable[[Path], Path], third: Cell
) -> None:
    path = write(tmp_path)
    content = hand_back(path, [flaw(3, "B")])
    sheet = load_workbook(BytesIO(content))["名册"]
    assert (sheet["B3"].fill.start_color.rgb[2:], sheet["C3"].data_type) == (
        COLOURS[Severity.ERROR],
        "s" if write is as_csv else "n",
    )
    assert open_workbook(again(path, content)).sheets[0].rows[2] == ["甲", "零支部", third]


def count_from_1904(book: Book, sheet: Worksheet) -> None:
    book.epoch = CALENDAR_MAC_1904
    sheet["C3"], sheet["C4"] = 34515, date(1998, 7, 1)


def test_a_very_big_workbook_is_made_anew_with_the_same_values(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handing_back, "MOST_CELLS_KEPT", 1)
    path = saved(tmp_path / "名册.xlsx", *LINES, merged="A1:C1", change=count_from_1904)
    before, after = open_workbook(path), open_workbook(again(path, hand_back(path, [flaw(3, "B")])))
    assert (after.since_1904, after.sheets[0]) == (True, before.sheets[0])


def test_a_day_that_cannot_be_is_not_lost(tmp_path: Path) -> None:
    def change(_: Book, sheet: Worksheet) -> None:
        sheet["C3"] = 19980701
        sheet["C3"].number_format = "yyyy-mm-dd"

    path = saved(tmp_path / "名册.xlsx", *LINES, change=change)
    assert open_workbook(again(path, hand_back(path, [flaw(3, "B")]))).sheets[0].rows[2][2] == 19980701


def test_only_the_lines_with_problems_can_be_taken_and_read_again(tmp_path: Path) -> None:
    path = saved(tmp_path / "名册.xlsx", *LINES, ["合计", "3人"], merged="A1:C1")
    reading = read_table(path, PEOPLE)
    content = hand_back(path, reading.problems, readings=[reading], only_rows=True)
    left = read_table(again(path, content), PEOPLE)
    assert (left.titles, left.head_rows) == (("人员名册",), (2, 2))
    assert [(row.number, row.values["name"]) for row in left.rows] == [(3, "甲"), (4, "丙")]
    assert [(problem.row, problem.code) for problem in left.problems] == [(3, "branch.unknown"), (4, "branch.unknown")]
    assert load_workbook(BytesIO(content))[LIST_OF_PROBLEMS]["B3"].value == 4


@pytest.mark.parametrize(
    ("lines", "merged"),
    [
        ([HEAD, ["甲", "一支部"], ["乙"], ["丙", "二支部"], ["丁", None, "委员"]], "B2:B3 B4:B5"),
        ([HEAD, ["甲", "一支部"], ["乙"], ["丙", "二支部"], ["丁", None, "委员"], ["戊"]], ""),
        ([["姓名", "职务"], ["一支部"], ["甲"], ["乙"], ["二支部"], ["丙"], ["丁", "委员"]], "A2:B2 A5:B5"),
    ],
)
def test_a_line_taken_alone_keeps_the_branch_that_another_line_names(
    tmp_path: Path, lines: list[list[Cell]], merged: str
) -> None:
    path = saved(tmp_path / "名册.xlsx", *lines, merged=merged)
    reading = read_table(path, PEOPLE)
    last = next(row for row in reading.rows if row.values["name"] == "丁")
    content = hand_back(path, [flaw(last.number, "A")], readings=[reading], only_rows=True)
    (left,) = read_table(again(path, content), PEOPLE).rows
    assert (left.values["name"], left.values["branch"]) == ("丁", "二支部")
