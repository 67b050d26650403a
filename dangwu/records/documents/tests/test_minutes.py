"""Minutes say what was recorded, each thing under its word, and nothing that was not."""

from collections.abc import Callable
from datetime import date, time
from io import BytesIO

import pytest
from docx import Document

from dangwu.foundation.documents import word
from dangwu.foundation.documents.paper import Item, Note, Sentence
from dangwu.records.branch_years import BranchYear
from dangwu.records.documents.minutes import minutes_blocks, minutes_paper
from dangwu.records.documents.words import heading_of, when_told
from dangwu.records.models import Activity
from dangwu.records.queries import record_of
from dangwu.records.standing import activity_kinds
from dangwu.records.told import Whom
from tests.cast import OFFICE, PERSONNEL, Bureau

pytestmark = pytest.mark.django_db
KINDS = activity_kinds()
Year = Callable[[], BranchYear]


def facts(year: BranchYear, place: int) -> dict[str, str]:
    blocks = minutes_blocks(year.records[place], year.kinds, year.names)
    return {block.lead.replace("　", ""): block.text for block in blocks if isinstance(block, Item)}


def test_who_came_and_who_did_not_is_told(office: Year) -> None:
    told = facts(office(), 2)
    assert told["时间："] == "2026年5月9日（星期六）"
    assert told["主持人：".replace("主持人", "主 持 人")] == "钟正"
    assert told["应到实到："] == "应到8人，实到6人"
    assert told["缺席及原因："] == "谷雨（出差）、冬青"


def test_matters_have_their_outcome_and_votes_their_counts(office: Year) -> None:
    year = office()
    told = [b.text for b in minutes_blocks(year.records[2], KINDS, {}) if isinstance(b, Sentence)]
    assert told == [
        "1. 审议年度计划。结果：同意。",
        "2. 换届准备。结果：下次再议。（下次继续）",
        "1. 通过年度计划。赞成5票，反对1票，弃权0票。",
        "一、通报情况。",
        "二、讨论计划。",
    ]


def test_what_was_recorded_late_says_so(office: Year) -> None:
    year = office()
    notes = [b.text for b in minutes_blocks(year.records[2], KINDS, {}) if isinstance(b, Note)]
    assert notes == ["补记：2026年12月1日记录。原因：当时记录人出差。"]


def test_who_held_it_together_is_told(place: Bureau, held: Callable[..., Activity]) -> None:
    activity = held("joint_activity", "2026-11-28", partners=(place.place(PERSONNEL),), non_voting=(Whom("来宾"),))
    names = {place.place(name): name for name in (OFFICE, PERSONNEL)}
    told = {b.lead: b.text for b in minutes_blocks(record_of(activity), KINDS, names) if isinstance(b, Item)}
    assert told["共同举办："] == f"{OFFICE}、{PERSONNEL}"
    assert told["列　　席："] == "来宾"


@pytest.mark.parametrize(
    ("kind", "heading"),
    [
        ("general_assembly", "办公室党支部党员大会会议记录"),
        ("committee_meeting", "办公室党支部委员会会议记录"),
        ("leaders_study", "办公室党支部理论学习中心组学习记录"),
        ("theme_day", "办公室党支部主题党日活动记录"),
    ],
)
def test_the_title_is_what_such_a_paper_is_called(kind: str, heading: str) -> None:
    assert heading_of(Activity(kind=kind), KINDS, OFFICE) == heading


def test_days_and_hours_are_told() -> None:
    several = Activity(held_on=date(2026, 6, 1), until_on=date(2026, 6, 5))
    assert when_told(several) == "2026年6月1日（星期一）至2026年6月5日（星期五）"
    hours = Activity(held_on=date(2026, 6, 1), starts_at=time(9, 5), ends_at=time(11))
    assert when_told(hours) == "2026年6月1日（星期一）9:05—11:00"


def test_the_file_opens_and_has_the_margins_of_an_official_paper(office: Year) -> None:
    year = office()
    paper = minutes_paper(year.records[2], KINDS, OFFICE, year.names)
    document = Document(BytesIO(word.written(paper)))
    section = document.sections[0]
    margins = (section.top_margin, section.left_margin, section.bottom_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins if margin is not None] == [37, 28, 35, 26]
    assert document.paragraphs[0].text == "办公室党支部党员大会会议记录"
    assert document.paragraphs[-1].text.startswith("主持人（签名）")
