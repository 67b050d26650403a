"""Blank forms, read back as they are and as they are filled in."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from dangwu.foundation.sheets.reading import read_tables
from dangwu.foundation.sheets.shapes import Content, Guide, Sheet
from dangwu.foundation.sheets.templates import EXPLANATIONS, LISTS, template
from dangwu.foundation.sheets.tests.test_reading import BRANCH, NAME, PEOPLE, POST

FORM = Sheet(
    PEOPLE.title,
    (
        NAME,
        replace(BRANCH, guide=Guide("写规范名称", "一支部", required=True)),
        replace(
            POST, guide=Guide("没有的不写", choices=("书记", "委员"), content=Content.DIGITS, kept_for="核对职数。")
        ),
    ),
    ("name",),
)
BRANCHES = [f"第{number}党支部" for number in range(200)]


def sheets(content: bytes) -> Any:  # noqa: ANN401 - a workbook of a library without types
    return load_workbook(BytesIO(content))


def test_a_blank_form_holds_nobody_and_raises_no_question(tmp_path: Path) -> None:
    (tmp_path / "表.xlsx").write_bytes(template(FORM, choices={"branch": BRANCHES}))
    (reading,) = read_tables(tmp_path / "表.xlsx", FORM)
    assert (reading.rows, reading.problems, reading.head_rows) == ([], [], (2, 2))
    assert [column.field for column in reading.columns] == ["name", "branch", "post"]


def test_an_example_reads_back_as_it_was(tmp_path: Path) -> None:
    rows = [
        {"name": "甲", "branch": "一支部", "post": "书记"},
        {"name": "乙", "branch": "二支部", "post": "委员"},
    ]
    (tmp_path / "表.xlsx").write_bytes(template(FORM, examples=rows))
    (reading,) = read_tables(tmp_path / "表.xlsx", FORM)
    assert ([row.values for row in reading.rows], reading.problems) == (rows, [])


def test_required_columns_are_marked_and_all_hold_text() -> None:
    page = sheets(template(FORM)).worksheets[0]
    assert [cell.value for cell in page[2]] == ["*姓名", "*党支部", "职务"]
    assert (page.freeze_panes, page.column_dimensions["C"].width) == ("B3", 21.7109375)


def test_short_lists_stand_in_the_cells_and_long_ones_in_a_hidden_sheet() -> None:
    book = sheets(template(FORM, choices={"branch": BRANCHES}))
    rules = {str(rule.sqref)[0]: rule for rule in book.worksheets[0].data_validations.dataValidation}
    assert rules["C"].formula1 == '"书记,委员"'
    assert rules["B"].formula1 == f"{LISTS}!$A$1:$A$200"
    assert (rules["B"].errorStyle, rules["B"].promptTitle, rules["B"].prompt) == (
        "warning",
        "党支部",
        "写规范名称\n例如：一支部",
    )
    assert (book[LISTS].sheet_state, book[LISTS]["A200"].value) == ("hidden", "第199党支部")


def test_every_column_is_explained() -> None:
    rows = list(sheets(template(FORM, names=["post", "name"]))[EXPLANATIONS].iter_rows(values_only=True))
    assert rows[0] == ("栏目", "必填", "填写方法", "举例", "可选内容", "收集用途（个人信息）")
    assert rows[1:] == [
        ("职务", "否", "没有的不写", None, "书记、委员", "核对职数。"),
        ("姓名", "是", None, None, None, None),
    ]
