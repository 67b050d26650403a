import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from dangwu.compliance.documents.workbook import xlsx_bytes
from dangwu.compliance.report import Report

SHEETS = ["总览", "问题清单", "表格问题", "未作判断", "依据说明"]


def rows(report: Report, sheet: str) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(BytesIO(xlsx_bytes(report))).get_sheet_by_name(sheet).to_python()


def part(report: Report, name: str) -> str:
    return ZipFile(BytesIO(xlsx_bytes(report))).read(name).decode()


def test_the_overview_opens_with_title_days_sentence_and_figures(report: Report) -> None:
    title, days, sentence, names, values, *_ = rows(report, "总览")
    assert title[0] == "示例局党组织生活核对报告"
    assert days[0] == "核对期间：2026年1月1日至2026年9月20日，共 4 个党组织、57 名党员。"
    assert sentence[0] == report.sentence
    assert names[3:8] == ["应办", "已办", "按期", "完成率", "按期率"]
    assert values[3:8] == ["22", "19", "18", "86.3%", "81.8%"]


def test_the_matrix_has_a_line_for_each_organisation_with_marks_and_figures(report: Report) -> None:
    lines = rows(report, "总览")[6:]
    assert lines[0][:3] == ["党组织", "类别", "状况"]
    assert lines[0][8:] == [duty.title for duty in report.duties]
    assert lines[1] == [
        *("𠮷安处党支部", "党支部", "✕ 逾期", 18, 15, 14, 0.833, 0.777),
        *("△ 提醒 1/2", "✕ 逾期 6/8", "✓ 正常 8/8"),
    ]
    assert lines[2][8:] == ["◔ 临期 2/2 9月30日前", "— 不涉及", "○ 未到期"]
    assert lines[4][:5] == ["合计", "", "", 22, 19]
    assert lines[4][8:] == ["5/6", "6/8", "8/8"]


def test_a_cell_in_default_leads_to_its_first_finding(report: Report) -> None:
    book = load_workbook(BytesIO(xlsx_bytes(report)))
    assert book["总览"]["J8"].hyperlink.location == "'问题清单'!A2"
    assert book["总览"]["K8"].hyperlink is None


def test_a_finding_tells_basis_period_reason_evidence_and_remedy(report: Report) -> None:
    head, first, second, _ = rows(report, "问题清单")
    assert head[:6] == ["序号", "结论", "党组织", "对象", "要求", "依据"]
    assert first[5:] == [
        "《中国共产党支部工作条例（试行）》第11条（B级：所引条文可查）",
        "2026年7月",
        report.findings[0].deadline,
        report.findings[0].text,
        "支委会次数：0",
        "尽快补开并如实记录召开日期。",
    ]
    assert second[3] == "阿依古丽·买买提"
    assert second[9] == "名册第12行\n@备注"


def test_problems_and_what_was_not_judged_have_sheets_of_their_own(report: Report) -> None:
    problems = rows(report, "表格问题")
    assert problems[1][:5] == ["错误", "名册.xlsx", "党员", 12, "E"]
    assert problems[2][5] == "没有找到表头。"
    assert rows(report, "未作判断")[1] == ["党支部按期换届", "本届选举日期、本届届满日期", 3]


def test_the_last_sheet_says_what_the_words_mean_and_where_each_duty_is_written(report: Report) -> None:
    told = {name: meaning for name, meaning, *_ in rows(report, "依据说明")}
    assert told["依据等级 C"] == "转引，未见原文"
    assert "整改" in told["结论“不符合”"]
    assert told["主题党日每月开展一次"].startswith("《中国共产党支部工作条例（试行）》第16条")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://a.example","x")'])
def test_text_that_begins_like_a_formula_stays_text(report: Report, text: str) -> None:
    spoiled = replace(report, sentence=text, findings=(replace(report.findings[0], subject=text, text=text),))
    book = load_workbook(BytesIO(xlsx_bytes(spoiled)))
    for cell in (book["总览"]["A3"], book["问题清单"]["D2"], book["问题清单"]["I2"]):
        assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", 1)
    assert "<f>" not in part(spoiled, "xl/worksheets/sheet1.xml") + part(spoiled, "xl/worksheets/sheet2.xml")


def test_control_characters_do_not_spoil_the_file(report: Report) -> None:
    spoiled = replace(report, findings=(replace(report.findings[0], text="缺\x001\x0b次\ufffe"),))
    assert rows(spoiled, "问题清单")[1][8] == "缺1次"


def test_an_empty_report_says_so_on_every_sheet(empty: Report) -> None:
    assert rows(empty, "总览")[2][0] == "工作簿中没有党支部。"
    assert rows(empty, "总览")[7][0] == "没有需要逐项核对的党组织。"
    assert [rows(empty, sheet)[1][0] for sheet in SHEETS[1:4]] == [
        "没有发现问题。",
        "表格内容没有发现问题。",
        "各项要求都已作出判断。",
    ]


def test_it_prints_on_a3_in_landscape_with_heads_repeated_and_pages_numbered(report: Report) -> None:
    sheet = load_workbook(BytesIO(xlsx_bytes(replace(report, unit="甲&乙"))))["总览"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$7:$7", "$A:$C")
    assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"
    assert sheet.freeze_panes == "D8"
    assert "甲&amp;&amp;乙" in part(replace(report, unit="甲&乙"), "xl/worksheets/sheet1.xml")


def test_a_rate_is_not_rounded_up_to_all(report: Report) -> None:
    cells = [replace(cell, due=10_000, done=9_999, on_time=9_999) for cell in report.lines[0].cells]
    nearly = replace(report, lines=(replace(report.lines[0], cells=tuple(cells)),))
    assert rows(nearly, "总览")[4][6] == "99.9%"


def test_a_city_fits_into_a_small_file(large: Callable[[int, int], Report]) -> None:
    written = xlsx_bytes(large(494, 20))
    assert len(written) < 1_000_000
    sheet = CalamineWorkbook.from_filelike(BytesIO(written)).get_sheet_by_name("总览").to_python()
    assert len(sheet) == 7 + 494 + 1


def test_the_same_report_gives_the_same_bytes(report: Report) -> None:
    assert xlsx_bytes(report) == xlsx_bytes(report)
    assert re.search(r"2026-09-20T00:00:00Z</dcterms:created>", part(report, "docProps/core.xml"))
