"""A form keeps its look and is filled with texts; nothing in a value is ever acted upon."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
import pytest
from openpyxl import Workbook, load_workbook

from dangwu.workbench.papers.own_forms import excel_form, word_form
from dangwu.workbench.papers.own_forms.vocabulary import ACTIVITY, EVERY, MEMBER, ONCE, Filling, Value

ONE: dict[str, Value] = {"支部名称": "办公室党支部", "年度": 2026, "书记": "钟正"}
HELD: list[dict[str, Value]] = [
    {"活动序号": 1, "活动日期": "2026年3月5日", "活动主题": "=HYPERLINK(1) {{书记}}", "缺席人员": ""},
    {"活动序号": 2, "活动日期": "2026年5月9日", "活动主题": "第一行\n第二行 <w:b/>", "缺席人员": "谷雨（出差）"},
]
FILLING = Filling(ONE, {"活动": HELD, "党员": []})


def word(build: Callable[[Any], None]) -> bytes:
    document = docx.Document()
    build(document)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def lined(*names: str) -> bytes:
    def build(document: Any) -> None:  # noqa: ANN401 - python-docx has no types
        table = document.add_table(3, len(names))
        for place, name in enumerate(names):
            table.cell(0, place).text, table.cell(1, place).text = name, f"{{{{{name}}}}}"
        table.cell(2, 0).text = "合计"

    return word(build)


def excel(*rows: tuple[object, ...]) -> Any:  # noqa: ANN401 - openpyxl's book
    book = Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(row)
    return book


def saved(book: Any) -> bytes:  # noqa: ANN401
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(content: bytes) -> list[tuple[object, ...]]:
    page = load_workbook(BytesIO(content)).active
    assert page is not None
    return list(page.iter_rows(values_only=True))


def test_a_placeholder_torn_into_pieces_keeps_the_look_of_the_first() -> None:
    def build(document: Any) -> None:  # noqa: ANN401
        paragraph = document.add_paragraph("支部：")
        for text, bold in (("{{支部", True), ("名", False), ("称}}（", False), ("{{年度}}）", False)):
            paragraph.add_run(text).bold = bold

    (paragraph,) = docx.Document(BytesIO(word_form.fill(word(build), FILLING))).paragraphs
    assert paragraph.text == "支部：办公室党支部（2026）"
    assert [run.text for run in paragraph.runs if run.bold] == ["办公室党支部"]


def test_heads_and_feet_of_pages_are_filled_too() -> None:
    content = word(lambda document: setattr(document.sections[0].header.paragraphs[0], "text", "{{书记}}"))
    made = docx.Document(BytesIO(word_form.fill(content, FILLING)))
    assert made.sections[0].header.paragraphs[0].text == "钟正"


def test_a_line_of_a_table_is_repeated_for_each_activity() -> None:
    made = docx.Document(BytesIO(word_form.fill(lined("活动序号", "活动主题", "缺席人员"), FILLING)))
    lines = [[cell.text for cell in row.cells] for row in made.tables[0].rows]
    assert [line[0] for line in lines] == ["活动序号", "1", "2", "合计"]
    assert lines[2][1:] == ["第一行\n第二行 <w:b/>", "谷雨（出差）"]


def test_a_value_that_looks_like_a_placeholder_stays_as_it_is() -> None:
    made = docx.Document(BytesIO(word_form.fill(lined("活动主题"), FILLING)))
    assert made.tables[0].cell(1, 0).text == "=HYPERLINK(1) {{书记}}"


def test_where_nothing_was_held_one_empty_line_stays() -> None:
    made = docx.Document(BytesIO(word_form.fill(lined("党员姓名"), FILLING)))
    assert [row.cells[0].text for row in made.tables[0].rows] == ["党员姓名", "", "合计"]


def test_lines_of_a_sheet_are_repeated_and_what_is_below_moves_down() -> None:
    book = excel(("{{支部名称}}", None), ("{{活动序号}}", "{{活动主题}}"), ("合计", None), (None, "审核"))
    page = book.active
    page.merge_cells("A1:B1")
    page.merge_cells("A3:B3")
    page.row_dimensions[3].height = 44
    content = excel_form.fill(saved(book), FILLING)
    assert [row[0] for row in read(content)] == ["办公室党支部", 1, 2, "合计", None]
    made = load_workbook(BytesIO(content)).active
    assert made is not None
    assert {str(span) for span in made.merged_cells.ranges} == {"A1:B1", "A4:B4"}
    assert made.row_dimensions[4].height == 44


def test_a_value_is_never_a_formula() -> None:
    made = load_workbook(BytesIO(excel_form.fill(saved(excel(("{{活动主题}}",))), FILLING))).active
    assert made is not None
    assert (made["A1"].value, made["A1"].data_type, made["A1"].quotePrefix) == ("=HYPERLINK(1) {{书记}}", "s", True)


def test_a_number_alone_in_a_cell_is_a_number() -> None:
    content = saved(excel(("{{年度}}", "{{年度}}年", 7)))
    assert read(excel_form.fill(content, FILLING)) == [(2026, "2026年", 7)]


@pytest.mark.parametrize("words", [ONCE, ACTIVITY, MEMBER])
def test_no_word_has_two_meanings(words: dict[str, object]) -> None:
    assert words.keys() <= EVERY
    assert len(EVERY) == len(ONCE) + len(ACTIVITY) + len(MEMBER)
