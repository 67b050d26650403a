"""Names with characters of the rare extensions, and of several parts, come back whole out of every document."""

from dataclasses import replace
from io import BytesIO

import docx
import pytest
from pypdf import PdfReader
from pytest_django import Settings
from python_calamine import CalamineWorkbook

from dangwu.compliance.documents.document import docx_bytes, pdf_bytes
from dangwu.compliance.documents.workbook import xlsx_bytes
from dangwu.compliance.report import Report
from dangwu.foundation.documents.tests.reading import RARE, spelled

# the first, one in the middle and the last character of the extensions B to H, and names of two and of three parts
_EXTENSIONS = {
    "B": (0x20000, 0x2A6DF),
    "C": (0x2A700, 0x2B739),
    "D": (0x2B740, 0x2B81D),
    "E": (0x2B820, 0x2CEA1),
    "F": (0x2CEB0, 0x2EBE0),
    "G": (0x30000, 0x3134A),
    "H": (0x31350, 0x323AF),
}
NAMES = {
    **{f"extension {name}": "".join(map(chr, (a, (a + z) // 2, z))) for name, (a, z) in _EXTENSIONS.items()},
    "two parts": "买买提·阿卜杜拉",
    "three parts with a rare character": "古丽·𠮷买提·吐尔逊",
}


@pytest.fixture(params=list(NAMES.values()), ids=list(NAMES))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def about(report: Report, name: str) -> Report:
    line, *others = report.lines
    finding = replace(report.findings[1], subject=name)
    return replace(report, lines=(replace(line, organisation=name), *others), findings=(finding, *report.findings[2:]))


def test_in_word(about: Report, name: str) -> None:
    document = docx.Document(BytesIO(docx_bytes(about)))
    assert document.tables[0].rows[1].cells[1].text == name
    assert any(f"〔不符合〕{name}：" in paragraph.text for paragraph in document.paragraphs)


def test_in_a_workbook(about: Report, name: str) -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(xlsx_bytes(about)))
    for sheet in ("总览", "问题清单"):
        assert any(name in row for row in book.get_sheet_by_name(sheet).to_python())


def test_in_a_pdf(about: Report, name: str, settings: Settings) -> None:
    settings.FONT_FOLDERS = RARE
    told = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf_bytes(about))).pages).replace("\n", "")
    assert told.count(spelled(name)) >= 2
