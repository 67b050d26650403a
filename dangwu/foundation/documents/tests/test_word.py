"""An office's own form, filled in; a paper that lies."""

from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from jinja2.exceptions import SecurityError
from pypdf import PdfReader

from dangwu.foundation.documents import pdf, word
from dangwu.foundation.documents.paper import Heading, Layout, Paper, Table

DAY = date(2026, 9, 20)


def form(folder: Path, *paragraphs: str) -> Path:
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    made.save(str(folder / "form.docx"))
    return folder / "form.docx"


def lines(made: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(BytesIO(made)).paragraphs]


def test_a_form_is_filled_with_texts_lists_and_days(tmp_path: Path) -> None:
    path = form(tmp_path, "{{ name }}，{{ day }}", "{%p for each in names %}", "{{ each }}", "{%p endfor %}")
    made = word.render(path, {"name": "买买提·阿卜杜拉", "day": DAY, "names": ["𠮷安", "\U00031350"]})
    assert lines(made) == ["买买提·阿卜杜拉，2026年9月20日", "𠮷安", "\U00031350"]


def test_what_is_filled_in_is_never_read_as_xml_or_as_the_language_of_forms(tmp_path: Path) -> None:
    text = "</w:t><b> & {{ 1 + 1 }}"
    assert lines(word.render(form(tmp_path, "{{ name }}"), {"name": text})) == [text]


def test_a_form_reaches_nothing_but_its_data(tmp_path: Path) -> None:
    with pytest.raises(SecurityError):
        word.render(form(tmp_path, "{{ name.__class__.__mro__ }}"), {"name": "甲"})


def test_a_paper_may_lie_and_its_table_fills_it() -> None:
    table = Table(("党组织", "党员"), (1, 1), [("一支部", "12")])
    made = docx.Document(BytesIO(word.written(Paper("表", DAY, [table], layout=Layout("a4", landscape=True)))))
    widths = (made.sections[0].page_width, made.tables[0].columns[0].width)
    assert [round(width / Mm(1)) for width in widths if width] == [297, 113]


def test_tables_that_follow_each_other_stay_apart() -> None:
    table = Table(("甲",), (1,), [("乙\n<丙>",)])
    made = docx.Document(BytesIO(word.written(Paper("表", DAY, (table, table)))))
    kinds = [element.tag.rpartition("}")[2] for element in made.element.body]
    assert kinds == ["p", "tbl", "p", "tbl", "sectPr"]
    assert made.tables[1].cell(1, 0).text == "乙\n<丙>"


def test_a_cover_has_the_title_and_a_page_of_its_own() -> None:
    layout = Layout(cover=("2026年度", "办公室党支部"))
    paper = Paper("工作手册", DAY, (Heading("一、名册"), Heading("二、记录", fresh=True)), layout=layout)
    made = docx.Document(BytesIO(word.written(paper)))
    told = [each.text.strip() for each in made.paragraphs]
    assert told == ["工作手册", "2026年度", "办公室党支部", "一、名册", "二、记录"]
    assert [each.paragraph_format.page_break_before for each in made.paragraphs[3:]] == [None, True]
    assert len(PdfReader(BytesIO(pdf.written(paper))).pages) == 3


def test_a_page_has_22_lines_of_28_characters() -> None:
    made = docx.Document(BytesIO(word.written(Paper("文", DAY, ()))))
    (characters,) = made.element.body.iter(qn("w:docGrid"))
    assert characters.get(qn("w:type")) == "linesAndChars"
    width = 16 + int(characters.get(qn("w:charSpace"))) / 4096
    assert int(156 / 25.4 * 72 / width) == 28
