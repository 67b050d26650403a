"""Finding a table among titles, notes and heads of several levels, and its columns among strange ones."""

from pathlib import Path

import pytest
from openpyxl import Workbook as Book

from dangwu.foundation.sheets.cells import text_of
from dangwu.foundation.sheets.reading import read_table, read_tables
from dangwu.foundation.sheets.shapes import Cell, Field, Parsed, Reading, Severity, Sheet, UnreadableWorkbookError

Line = list[Cell]


def text(cell: Cell) -> Parsed:
    return Parsed(text_of(cell) or None)


def is_digits(cell: Cell) -> bool:
    return text_of(cell).isdigit() and len(text_of(cell)) > 5


def is_branch(cell: Cell) -> bool:
    return text_of(cell).endswith("支部")


PEOPLE = Sheet(
    title="人员名册",
    fields=(
        Field("name", "姓名", ("党员姓名",), text),
        Field("branch", "党支部", ("所在党支部",), text, looks_like=is_branch, heads_blocks=True),
        Field("born", "出生年月", ("出生日期",), text),
        Field("joined", "入党时间", ("入党日期",), text),
        Field("number", "证件号码", ("身份证号码",), text, looks_like=is_digits),
    ),
    needs=("name",),
    ignored=("序号", "申请入党时间"),
)


def read(tmp_path: Path, *lines: Line, merged: tuple[str, ...] = ()) -> Reading:
    book = Book()
    for line in lines:
        book.active.append(line)
    for block in merged:
        book.active.merge_cells(block)
    book.save(tmp_path / "名册.xlsx")
    return read_table(tmp_path / "名册.xlsx", PEOPLE)


def names(reading: Reading) -> list[str]:
    return [row.values["name"] for row in reading.rows]


def fields(reading: Reading) -> dict[str, str | None]:
    return {column.head: column.field for column in reading.columns}


HEAD: Line = ["序号", "姓名", "党支部"]


def test_titles_above_the_head_are_kept_apart(tmp_path: Path) -> None:
    reading = read(
        tmp_path, ["人员名册"], ["填报单位：某局", None, "单位：人"], [], HEAD, [1, "王芳", "一支部"], merged=("A1:C1",)
    )
    assert reading.titles == ("人员名册", "填报单位：某局", "单位：人")
    assert reading.head_rows == (4, 4)
    assert [(row.number, row.values) for row in reading.rows] == [(5, {"name": "王芳", "branch": "一支部"})]


def test_two_levels_of_heads_are_joined(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        ["姓名", "党内情况", None, "党支部"],
        [None, "申请入党时间", "入党时间", None],
        ["王芳", "1997.01", "1998.07", "一支部"],
        merged=("A1:A2", "B1:C1", "D1:D2"),
    )
    assert fields(reading) == {
        "姓名": "name",
        "党内情况/申请入党时间": None,
        "党内情况/入党时间": "joined",
        "党支部": "branch",
    }
    assert reading.head_rows == (1, 2)


def test_a_field_may_be_named_by_two_levels_together(tmp_path: Path) -> None:
    reading = read(
        tmp_path, ["姓名", "出生", "入党"], [None, "年月", "时间"], ["王芳", "1980.01", "1998.07"], merged=("A1:A2",)
    )
    assert fields(reading) == {"姓名": "name", "出生/年月": "born", "入党/时间": "joined"}


def test_three_levels_of_heads_are_joined(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        ["姓名", "情况", None, None],
        [None, "个人", "党内", None],
        [None, "出生年月", "入党时间", "党支部"],
        ["王芳", "1980.01", "1998.07", "一支部"],
        merged=("A1:A3", "B1:D1", "C2:D2"),
    )
    assert [column.head for column in reading.columns] == [
        "姓名",
        "情况/个人/出生年月",
        "情况/党内/入党时间",
        "情况/党内/党支部",
    ]
    assert names(reading) == ["王芳"]


def test_levels_are_joined_where_the_file_keeps_no_merged_cells(tmp_path: Path) -> None:
    (tmp_path / "名册.csv").write_text(
        "人员名册,,,\n姓名,党内情况,,党支部\n,入党时间,申请入党时间,\n王芳,1998.07,1997.01,一支部\n", encoding="gb18030"
    )
    reading = read_table(tmp_path / "名册.csv", PEOPLE)
    assert [column.head for column in reading.columns] == [
        "姓名",
        "党内情况/入党时间",
        "党内情况/申请入党时间",
        "党支部",
    ]
    assert names(reading) == ["王芳"]


@pytest.mark.parametrize("head", ["姓 名", "姓\n名", "姓　名", "*姓名", "姓名（必填）", "党员姓名", "姓名："])
def test_a_head_is_known_however_it_is_spaced_and_marked(tmp_path: Path, head: str) -> None:
    assert names(read(tmp_path, [head, "党支部"], ["王芳", "一支部"])) == ["王芳"]


@pytest.mark.parametrize(
    ("head", "field"),
    [
        ("出生年月（岁）", "born"),
        ("出生年月日", "born"),
        ("本人身份证号码", "number"),
        ("现所在党支部", "branch"),
        ("配偶身份证号码", None),
        ("原所在党支部", None),
        ("申请入党时间", None),
        ("入党申请时间", None),
        ("离党时间", None),
        ("序号", None),
        ("工资", None),
    ],
)
def test_a_head_that_resembles_a_field_is_taken_for_it_and_one_of_something_else_is_not(
    tmp_path: Path, head: str, field: str | None
) -> None:
    reading = read(tmp_path, ["姓名", "党支部" if field != "branch" else "入党时间", head], ["王芳", "x", "y"])
    assert fields(reading)[head] == field


def test_confidence_falls_from_name_to_alias_to_likeness_to_content(tmp_path: Path) -> None:
    lines: list[Line] = [["王芳", "一支部", "1980.01", f"12345{number}"] for number in range(10, 15)]
    reading = read(tmp_path, ["姓名", "所在党支部", "出生年月日", None], *lines)
    confidence = [column.confidence for column in reading.columns]
    assert [column.field for column in reading.columns] == ["name", "branch", "born", "number"]
    assert confidence == sorted(confidence, reverse=True)
    assert confidence[0] == 1.0
    assert 0 < confidence[3] <= 0.5


def test_two_columns_are_never_taken_for_one_field(tmp_path: Path) -> None:
    reading = read(tmp_path, ["党员姓名", "姓名", "党支部", "所在党支部"], ["甲", "乙", "一支部", "二支部"])
    assert [column.field for column in reading.columns] == [None, "name", "branch", None]


def test_totals_blank_lines_repeated_heads_and_notes_are_no_entries(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        HEAD,
        ["1", "2", "3"],
        [1, "王芳", "一支部"],
        ["小 计", 1],
        [],
        ["序号", "姓 名", "党支部"],
        [2, "李强", "二支部"],
        ["", "合计", "2人"],
        ["合计：2人"],
        ["注：本表一式两份。"],
        ["1.请如实填写，逾期不补。"],
        ["填表人：张三", None, "审核人：李四"],
    )
    assert names(reading) == ["王芳", "李强"]


def test_signatures_marks_and_repeated_titles_are_told_from_entries(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        ["人员名册"],
        ["姓名", "党支部"],
        ["*王芳", "一支部"],
        ["人员名册"],
        ["李强", "一支部"],
        ["审核人", "张三"],
        ["※ 带星号的为新转入人员，请核对"],
    )
    assert names(reading) == ["*王芳", "李强"]


def test_lines_with_nothing_but_a_number_are_no_entries(tmp_path: Path) -> None:
    assert names(read(tmp_path, HEAD, [1, "王芳", "一支部"], [2, None, None], [3, "  ", ""])) == ["王芳"]


def test_an_entry_with_a_name_alone_is_kept(tmp_path: Path) -> None:
    assert names(read(tmp_path, HEAD, [1, "王芳", "一支部"], [None, "李强"])) == ["王芳", "李强"]


def several(folder: Path, **sheets: list[Line]) -> Path:
    book = Book()
    for title, lines in sheets.items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    book.save(folder / "名册.xlsx")
    return folder / "名册.xlsx"


def test_the_sheet_with_the_best_table_is_read_and_others_like_it_are_named(tmp_path: Path) -> None:
    first: list[Line] = [HEAD, [1, "王芳", "一支部"]]
    second: list[Line] = [HEAD, [1, "李强", "二支部"], [2, "张伟", "二支部"]]
    reading = read_table(several(tmp_path, 说明=[["姓名", "请填写全名"]], 第一=first, 第二=second), PEOPLE)
    assert (reading.sheet, names(reading)) == ("第二", ["李强", "张伟"])
    assert [(problem.code, problem.sheet, problem.severity) for problem in reading.problems] == [
        ("sheet.unread", "第一", Severity.DOUBT)
    ]


def test_all_sheets_with_the_same_head_can_be_read(tmp_path: Path) -> None:
    path = several(
        tmp_path,
        说明=[["姓名", "请填写全名"]],
        一支部=[["一支部名册"], HEAD, [1, "王芳", "一支部"]],
        二支部=[HEAD, [1, "李强", "二支部"]],
        三支部=[HEAD],
        入党积极分子=[HEAD, [1, "张伟", "二支部"]],
    )
    told: list[tuple[int, int]] = []
    readings = read_tables(path, PEOPLE, progress=lambda done, total: told.append((done, total)))
    assert [(r.sheet, r.titles, names(r)) for r in readings] == [
        ("一支部", ("一支部名册",), ["王芳"]),
        ("二支部", (), ["李强"]),
    ]
    assert [(p.code, p.sheet) for r in readings for p in r.problems] == [("sheet.unread", "入党积极分子")]
    assert told[-1] == (2, 2)


def test_a_second_table_at_the_side_is_named(tmp_path: Path) -> None:
    reading = read(tmp_path, ["姓名", "党支部", None, "姓名", "党支部"], ["王芳", "一支部", None, "李强", "二支部"])
    assert names(reading) == ["王芳"]
    assert [(problem.code, problem.column) for problem in reading.problems] == [("column.unread", "D")]


def test_a_hidden_sheet_is_read_only_where_no_other_will_do(tmp_path: Path) -> None:
    book = Book()
    book.active.append(["只是封面"])
    hidden = book.create_sheet("旧")
    hidden.append(HEAD)
    hidden.append([1, "王芳", "一支部"])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "名册.xlsx")
    assert read_table(tmp_path / "名册.xlsx", PEOPLE).sheet == "旧"


@pytest.mark.parametrize("lines", [[["王芳", "一支部"]], [["姓名"], ["王芳"]], [["性别", "党支部"], ["女", "一支部"]]])
def test_without_the_needed_heads_the_file_is_refused_and_told_which(tmp_path: Path, lines: list[Line]) -> None:
    with pytest.raises(UnreadableWorkbookError, match="没有找到人员名册的表头。表头至少要有“姓名”"):
        read(tmp_path, *lines)


def test_a_head_without_entries_gives_no_rows(tmp_path: Path) -> None:
    assert read(tmp_path, HEAD).rows == []
