import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

from dangwu.compliance.documents.page import html_bytes
from dangwu.compliance.report import Report


class Reader(HTMLParser):
    """Keeps the text, the tags and the targets of links of a page."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags = ["doctype"]
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = dict(attrs)
        self.ids.add(given.get("id") or "")
        self.links.update(given[name] or "" for name in ("href", "src") if name in given)

    def handle_data(self, data: str) -> None:
        if self.tags[-1] != "style":
            self.words.append(data.strip())

    @property
    def text(self) -> str:
        return " ".join(filter(None, self.words))


def test_it_tells_everything_that_the_report_tells(report: Report) -> None:
    text = Reader(html_bytes(report)).text
    for told in (
        *("示例局党组织生活核对报告", report.sentence, "完成率 86.3%", "✕ 逾期", "◔ 临期 2/2 9月30日前"),
        *(finding.text for finding in report.findings),
        *(entry for finding in report.findings for entry in finding.evidence),
        *("《中国共产党支部工作条例（试行）》第11条（B级：所引条文可查）", "2026年7月　期限2026年7月31日"),
        *("名册.xlsx，工作表“党员”，第12行，E列", "请按原件重新填写。", "本届选举日期、本届届满日期"),
    ):
        assert told in text


def test_what_workbooks_say_is_escaped(report: Report) -> None:
    page = html_bytes(replace(report, unit="<script>alert(1)</script>"))
    assert {"script", "b"}.isdisjoint(Reader(page).tags)
    assert "<script>alert(1)</script>" in Reader(page).text


def test_rare_names_come_back_whole(report: Report) -> None:
    text = Reader(html_bytes(report)).text
    assert "𠮷安处党支部" in text
    assert "阿依古丽·买买提" in text


def test_it_needs_nothing_beside_it(report: Report) -> None:
    page = Reader(html_bytes(report))
    assert all(link.startswith("#") for link in page.links)
    assert {"script", "link", "img", "iframe"}.isdisjoint(page.tags)
    assert not re.search(r"url\(|@import", html_bytes(report).decode())


def test_a_cell_in_default_leads_to_its_first_finding(report: Report) -> None:
    page = Reader(html_bytes(report))
    assert page.links == {"#f1", "#f3"}
    assert {"f1", "f2", "f3"} <= page.ids


def test_an_empty_report_says_so(empty: Report) -> None:
    text = Reader(html_bytes(empty)).text
    for told in ("工作簿中没有党支部。", "没有需要逐项核对的党组织。", "没有发现问题。", "各项要求都已作出判断。"):
        assert told in text


def test_no_english_is_shown(report: Report) -> None:
    words = re.sub(r"E\+17|xlsx?|<b>|</b>|[A-E]级|E列", "", Reader(html_bytes(report)).text)
    assert re.findall(r"[A-Za-z]{2,}", words) == []


def test_a_city_fits_into_one_page(large: Callable[[int, int], Report]) -> None:
    assert len(html_bytes(large(494, 20))) < 5_000_000
