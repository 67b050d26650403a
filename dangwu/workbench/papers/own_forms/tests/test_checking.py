"""What a form may not hold is refused, with a message that says what to do."""

import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook

from dangwu.foundation.objections import ObjectionError
from dangwu.workbench.papers.form_pages import sample_bytes
from dangwu.workbench.papers.own_forms.checking import LARGEST, check_form
from dangwu.workbench.papers.own_forms.tests.test_filling import excel, lined, saved, word

RELATIONS = "word/_rels/document.xml.rels"


def paragraph(text: str) -> bytes:
    return word(lambda document: document.add_paragraph(text))


def refusal(content: bytes, suffix: str = ".docx") -> str:
    with pytest.raises(ObjectionError) as refused:
        check_form(content, suffix)
    return refused.value.message


def with_part(name: str, part: bytes, content: bytes = b"") -> bytes:
    """A form with another part, or with one part replaced."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content or paragraph("{{支部名称}}"))) as old, zipfile.ZipFile(stream, "w") as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, part)
    return stream.getvalue()


def test_the_sample_and_forms_with_known_words_are_taken() -> None:
    check_form(sample_bytes(), ".docx")
    check_form(lined("活动日期", "活动主题"), ".docx")
    check_form(saved(excel(("{{支部名称}}",), ("{{党员姓名}}", "{{党员学时}}"))), ".xlsx")


def test_an_unknown_word_is_named_with_the_nearest_known() -> None:
    assert "没有“党支部名称”这个占位符。是不是“支部名称”？" in refusal(paragraph("{{党支部名称}}"))


@pytest.mark.parametrize(
    "text",
    [
        "{% for x in y %}",
        "{{ ''.__class__.__mro__ }}",
        "{{支部名称.__class__}}",
        "{{支部名称|safe}}",
        "{{cycler.__init__.__globals__.os.popen('id').read()}}",
        "{# note #}{{支部名称}}",
        "{{支部名称",
        "{{ {{支部名称}} }}",
        "${支部名称} {{年度}}",
    ],
)
def test_a_language_of_templates_is_refused(text: str) -> None:
    assert refusal(paragraph(text))


@pytest.mark.parametrize(
    "name",
    [
        "word/vbaProject.bin",
        "word/activeX/activeX1.xml",
        "word/embeddings/oleObject1.bin",
        "word/afchunk.htm",
        "customUI/customUI.xml",
        "xl/externalLinks/externalLink1.xml",
    ],
)
def test_whatever_could_act_is_refused(name: str) -> None:
    assert "宏、控件、嵌入对象或者外部数据" in refusal(with_part(name, b"x"))


def test_links_to_the_outside_are_refused() -> None:
    link = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r9" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        b'Target="http://127.0.0.1/x.dotm" TargetMode="External"/></Relationships>'
    )
    assert "指向外部的链接" in refusal(with_part("word/_rels/settings.xml.rels", link))


def test_declarations_are_refused() -> None:
    part = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>'
    assert "外部声明" in refusal(with_part("word/extra.xml", part))


def test_fields_that_fetch_are_refused_and_page_numbers_are_not() -> None:
    def fielded(code: str) -> bytes:
        with zipfile.ZipFile(BytesIO(paragraph("{{支部名称}}"))) as archive:
            body = archive.read("word/document.xml").decode()
        field = f'<w:p><w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>'
        return with_part("word/document.xml", body.replace("<w:sectPr", f"{field}<w:sectPr", 1).encode())

    check_form(fielded("PAGE"), ".docx")
    for code in ("INCLUDETEXT c:\\\\x", "DDEAUTO cmd", "INCLUDEPICTURE http://x"):
        assert "域代码" in refusal(fielded(code))


def test_formulas_are_refused() -> None:
    assert "公式" in refusal(saved(excel(("{{支部名称}}", "=SUM(A1:A2)"))), ".xlsx")


def test_words_of_lines_belong_into_lines_and_are_not_mixed() -> None:
    assert "要放在表格的一行里" in refusal(paragraph("{{活动主题}}"))
    assert "不能混用" in refusal(lined("活动主题", "党员姓名"))


def test_a_form_without_placeholders_says_how_to_write_one() -> None:
    assert "{{支部名称}}" in refusal(paragraph("活动登记表"))


@pytest.mark.parametrize(
    ("content", "suffix", "told"),
    [
        (b"", ".docx", "文件打不开"),
        (b"PK\x03\x04", ".xlsx", "文件打不开"),
        (b"x", ".doc", "只能是 .docx 或者 .xlsx"),
        (b"0" * (LARGEST + 1), ".docx", "超过 2 MB"),
    ],
)
def test_what_is_no_form_is_refused(content: bytes, suffix: str, told: str) -> None:
    assert told in refusal(content, suffix)


def test_a_workbook_under_the_name_of_a_document_is_refused() -> None:
    assert "文件内容不是 .docx" in refusal(saved(Workbook()))


def test_what_unpacks_to_far_more_than_it_seems_is_refused() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (45 * 1024**2))
    assert "大得不正常" in refusal(stream.getvalue())
