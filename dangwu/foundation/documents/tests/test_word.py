"""An office's own form, filled in; a paper that lies."""

from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.shared import Mm
from jinja2.exceptions import SecurityError

from dangwu.foundation.documents import word
from dangwu.foundation.documents.paper import Layout, Paper, Table

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
