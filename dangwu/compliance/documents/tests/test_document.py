from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import docx
from docx.document import Document
from docx.oxml.ns import qn

from dangwu.compliance.documents.document import docx_bytes
from dangwu.compliance.report import Report


def read(report: Report) -> Document:
    return docx.Document(BytesIO(docx_bytes(report)))


def texts(report: Report) -> list[str]:
    return [paragraph.text for paragraph in read(report).paragraphs]


def test_it_tells_sentence_figures_findings_and_problems(report: Report) -> None:
    told = texts(report)
    assert told[0] == "示例局党组织生活核对报告"
    assert f"{report.sentence}。" in told
    assert "应办 22，已办 19，按期 18，完成率 86.3%，按期率 81.8%。" in told
    assert "（一）𠮷安处党支部" in told
    assert f"1.〔不符合〕支委会每月召开一次。{report.findings[0].text}" in told
    assert "依据：《中国共产党支部工作条例（试行）》第11条（B级：所引条文可查）。期限：2026年7月31日。" in told
    assert "补救办法：尽快补开并如实记录召开日期。" in told
    assert any(line.startswith("1.〔错误〕名册.xlsx，工作表“党员”，第12行，E列：") for line in told)


def test_a_finding_on_a_member_names_the_member(report: Report) -> None:
    assert f"2.〔不符合〕阿依古丽·买买提：按比例交纳党费。{report.findings[1].text}" in texts(report)


def test_the_table_has_every_organisation_and_repeats_its_head(report: Report) -> None:
    (table,) = read(report).tables
    assert [cell.text for cell in table.rows[1].cells] == [
        *("1", "𠮷安处党支部", "党支部", "✕ 逾期", "18", "15", "14", "83.3%", "77.7%")
    ]
    body = read(report).element.body
    assert len(list(body.iter(qn("w:tblHeader")))) == 1
    assert len(list(body.iter(qn("w:cantSplit")))) == 4


def test_margins_and_typefaces_are_those_of_official_papers(report: Report) -> None:
    paper = read(report)
    section = paper.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins if margin] == [37, 35, 28, 26]
    body = paper.styles["Normal"]
    assert body.font.size.pt == 16
    assert body.element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"


def test_a_missing_typeface_has_a_substitute(report: Report) -> None:
    fonts = ZipFile(BytesIO(docx_bytes(report))).read("word/fontTable.xml").decode()
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋"/>' in fonts


def test_control_characters_do_not_spoil_the_file(report: Report) -> None:
    spoiled = replace(report, findings=(replace(report.findings[0], text="缺\x001\x0b次"),))
    assert "1.〔不符合〕支委会每月召开一次。缺1次" in texts(spoiled)


def test_an_empty_report_says_so(empty: Report) -> None:
    told = texts(empty)
    assert {"工作簿中没有党支部。", "没有需要逐项核对的党组织。", "没有发现问题。"} <= set(told)
    assert read(empty).tables == []


def test_organisations_come_in_the_order_of_the_matrix_and_strangers_last(report: Report) -> None:
    stray = replace(report.findings[0], organisation="", subject="张三")
    last = replace(report.findings[0], organisation="第三党支部", subject="第三党支部")
    headings = [line for line in texts(replace(report, findings=(stray, last, *report.findings))) if line[0] == "（"]
    assert headings == ["（一）𠮷安处党支部", "（二）第三党支部", "（三）其他"]


def test_a_city_is_written_in_reasonable_size(large: Callable[[int, int], Report]) -> None:
    assert len(docx_bytes(large(494, 5))) < 1_000_000
