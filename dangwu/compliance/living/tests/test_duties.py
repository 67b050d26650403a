"""What one branch has to do, and why it stands as it does."""

from datetime import date

import pytest

from dangwu.compliance.living.duties import Duties, duties_of
from dangwu.compliance.living.explanations import Explanation, explanation
from dangwu.compliance.living.tests.living import TODAY, hold, living
from dangwu.compliance.report import Status
from dangwu.compliance.rulebooks import rulebook_of
from tests.cast import COMMITTEE, OFFICE, PERSONNEL, Bureau

pytestmark = pytest.mark.django_db
BOOK = rulebook_of(())


@pytest.fixture
def place() -> Bureau:
    return living()


def duties(place: Bureau, name: str = OFFICE) -> Duties:
    return duties_of(place.standings[name].organisation, today=TODAY, rulebook=BOOK)


def why(place: Bureau, rule: str, period: str, name: str = OFFICE) -> Explanation:
    found = explanation(place.standings[name].organisation, rule, period, today=TODAY, rulebook=BOOK)
    assert found is not None
    return found


def test_what_is_due_comes_by_its_deadline_and_names_the_activity_that_fulfils_it(place: Bureau) -> None:
    item = next(item for item in duties(place).due if item.rule == "theme-day-each-month")
    assert (item.deadline, item.kinds, item.status) == (date(2026, 8, 31), ("theme_day",), Status.OPEN)
    assert item.period_name == "2026年8月"
    assert duties(place).next == duties(place).due[0]


def test_what_is_missing_says_why_and_what_cures_it(place: Bureau) -> None:
    item = next(item for item in duties(place).missing if item.rule == "general-assembly-each-quarter")
    assert item.period == "2026Q2"
    assert "有 0 次，缺 1 次" in item.text
    assert item.remedy
    assert (item.document, item.article) == ("中国共产党支部工作条例（试行）", "11")


def test_what_was_done_is_told_as_well(place: Bureau) -> None:
    assert [item.period for item in duties(place).done if item.rule == "theme-day-each-month"] == ["2026-01"]


def test_lectures_of_the_secretary_are_lectures(place: Bureau) -> None:
    items = {item.rule: item.kinds for item in (*duties(place).due, *duties(place, PERSONNEL).due)}
    assert items["general-assembly-each-quarter"] == ("general_assembly",)


def test_an_explanation_lists_the_records_that_were_counted(place: Bureau) -> None:
    hold(place, OFFICE, "general_assembly", "2026-05-10", topic="讨论年度计划")
    found = why(place, "general-assembly-each-quarter", "2026Q2")
    assert [(record.held_on, record.kind_name, record.topic) for record in found.records] == [
        (date(2026, 5, 10), "党员大会", "讨论年度计划")
    ]
    assert dict(found.facts)["党员大会次数"] == "1"
    assert dict(found.figures) == {"times": "1"}
    assert found.clauses[0].article == "11"


def test_a_meeting_that_breaks_a_rule_is_named_by_key(place: Bureau) -> None:
    hold(place, OFFICE, "general_assembly", "2026-05-10", expected=8, present=3)
    found = why(place, "general-assembly-quorum", "2026-05")
    assert len(found.failing) == 1
    assert found.item.text == "共 1 项：未完成 1"


def test_of_what_nobody_asked_there_is_nothing_to_explain(place: Bureau) -> None:
    office = place.standings[OFFICE].organisation
    assert explanation(office, "theme-day-each-month", "2031-01", today=TODAY, rulebook=BOOK) is None


def test_lectures_that_the_secretary_gave_elsewhere_are_shown_where_they_count(place: Bureau) -> None:
    hold(place, PERSONNEL, "party_lecture", "2026-05-10", topic="学党章", lecturer="机关党委书记钟正同志")
    hold(place, PERSONNEL, "party_lecture", "2026-06-10", topic="学条例", lecturer="方圆")
    found = why(place, "party-lecture-by-secretary-each-year", "2026", COMMITTEE)
    assert [(record.held_on, record.topic, record.elsewhere) for record in found.records] == [
        (date(2026, 5, 10), "学党章", PERSONNEL)
    ]
    assert dict(found.facts)["书记讲党课次数"] == "1"


def test_of_a_confidential_talk_an_explanation_tells_that_it_took_place_and_no_topic(place: Bureau) -> None:
    hold(place, OFFICE, "heart_to_heart_talk", "2026-05-10", topic="孩子升学的事放心不下")
    found = why(place, "heart-to-heart-talk-each-year", "2026")
    assert [(record.kind_name, record.topic) for record in found.records] == [("谈心谈话", "")]
    assert "升学" not in str(found)
