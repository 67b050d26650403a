"""The handbook tells the whole year of a branch, with what is missing and by which clause."""

from datetime import date
from io import BytesIO

import pytest
from docx import Document
from pypdf import PdfReader

from dangwu.compliance.models import Judging
from dangwu.foundation.documents import pdf, word
from dangwu.foundation.documents.paper import Heading, Item, Note, Paper, Sentence, Table
from dangwu.records.branch_years import branch_year
from dangwu.workbench.papers.duties import duties_of_each
from dangwu.workbench.papers.handbook import CHAPTERS, NOT_JUDGED, NOTHING_MISSING, handbook_paper
from dangwu.workbench.papers.tests.conftest import judged
from tests.cast import COMMITTEE, OFFICE, Bureau

pytestmark = pytest.mark.django_db
LAST = date(2026, 12, 31)


@pytest.fixture(autouse=True)
def _judged(place: Bureau) -> None:
    judged(place, LAST)


def handbook(place: Bureau, where: str = OFFICE) -> Paper:
    year = branch_year(place.standings[where], 2026, LAST)
    assert year
    return handbook_paper(year, duties_of_each([year.standing], 2026, LAST).get(year.organisation))


def chapter(paper: Paper, title: str) -> list[object]:
    """The blocks between a heading and the next of its level."""
    heads = [place for place, b in enumerate(paper.blocks) if isinstance(b, Heading) and b.level == 1]
    start = next(place for place in heads if getattr(paper.blocks[place], "text", "").endswith(f"、{title}"))
    return list(paper.blocks[start + 1 : next((place for place in heads if place > start), None)])


def told(blocks: list[object]) -> str:
    words = [getattr(b, "lead", "") + getattr(b, "text", "") for b in blocks if not isinstance(b, Table)]
    return "\n".join(words + ["　".join(line) for b in blocks if isinstance(b, Table) for line in b.lines])


def test_every_chapter_is_there_in_its_order(place: Bureau) -> None:
    heads = [b.text for b in handbook(place).blocks if isinstance(b, Heading) and b.level == 1]
    assert heads[0] == "目录"
    assert [head.split("、")[1] for head in heads[1:]] == list(CHAPTERS.values())


def test_the_cover_says_whose_and_of_which_year(place: Bureau) -> None:
    assert handbook(place).layout.cover == ["2026年度", OFFICE, f"上级党组织：{COMMITTEE}", "（截至2026年12月31日）"]


def test_who_leads_and_who_belongs_is_told(place: Bureau) -> None:
    paper = handbook(place)
    assert "书记　钟正" in told(chapter(paper, "支部委员会"))
    roster = next(b for b in chapter(paper, "党员名册") if isinstance(b, Table))
    assert [line[1] for line in roster.lines[:3]] == ["钟正", "文清", "严明"]
    assert len(roster.lines) == 8


def test_the_roster_has_no_numbers(place: Bureau) -> None:
    columns = {"identity", "phone"} & {head for b in handbook(place).blocks if isinstance(b, Table) for head in b.heads}
    heads = "".join(h for b in chapter(handbook(place), "党员名册") if isinstance(b, Table) for h in b.heads)
    assert columns == set()
    assert "身份证" not in heads
    assert "电话" not in heads


def test_activities_follow_each_other_by_day_and_talks_are_a_number(place: Bureau) -> None:
    blocks = chapter(handbook(place), "组织生活记录")
    assert [b.text for b in blocks if isinstance(b, Heading)] == ["（一）3月20日　主题党日", "（二）5月9日　党员大会"]
    assert blocks[-1] == Sentence("另有谈心谈话1次，人员和内容不列入手册。")
    assert "家中老人病重" not in told(list(handbook(place).blocks))


def test_what_is_missing_has_its_reason_its_clause_and_its_cure(place: Bureau) -> None:
    blocks = chapter(handbook(place), "缺漏和依据")
    (at,) = [n for n, b in enumerate(blocks) if isinstance(b, Item) and b.text == "党员大会每季度召开一次。"]
    assert blocks[at + 1] == Note("2026年第一季度一般应召开党员大会 1 次，台账中有 0 次，缺 1 次。")
    basis = next(b for b in blocks[at:] if isinstance(b, Note) and b.text.startswith("依据"))
    assert "《中国共产党支部工作条例（试行）》第11条" in basis.text
    assert "补救" in basis.text


def test_where_nothing_is_missing_it_says_so(place: Bureau) -> None:
    year = branch_year(place.standings[OFFICE], 2026, LAST)
    assert year
    assert Sentence(NOTHING_MISSING) in handbook_paper(year, ()).blocks


def test_where_nobody_judged_it_says_that_instead(place: Bureau) -> None:
    Judging.objects.all().delete()
    paper = handbook(place)
    assert chapter(paper, "缺漏和依据") == chapter(paper, "全年应办事项") == [Sentence(NOT_JUDGED)]


def test_both_forms_say_the_same(place: Bureau) -> None:
    paper = handbook(place)
    pages = PdfReader(BytesIO(pdf.written(paper))).pages
    read = "".join(page.extract_text() for page in pages).replace("\n", "").replace(" ", "")
    document = Document(BytesIO(word.written(paper)))
    written = [paragraph.text for paragraph in document.paragraphs]
    assert len(document.tables) == sum(isinstance(b, Table) for b in paper.blocks)
    for words in ("党支部工作手册", "讨论年度计划", "（二）5月9日　党员大会", "八、缺漏和依据"):
        assert words.replace("　", "") in read.replace("　", "")
        assert any(words in line for line in written)
