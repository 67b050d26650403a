"""From an empty page to what counts: who came, what was decided, and what is refused."""

from collections.abc import Callable
from datetime import date

import pytest

from dangwu.foundation.actors import CommandLine
from dangwu.foundation.deeds import Deed, doing
from dangwu.foundation.history import change
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.scope import Scope
from dangwu.kernel.span import Span
from dangwu.kernel.tree_path import TreePath
from dangwu.members.models import Membership
from dangwu.organisations.models import Organisation
from dangwu.records.facts import activity_facts, counts
from dangwu.records.models import Activity, Service
from dangwu.records.queries import activities, left_open, record_of, told_of, walked_activities
from dangwu.records.services.minuting import conclude_activity, correct_activity, minute_activity
from dangwu.records.services.planning import plan_activity
from dangwu.records.tests.conftest import TODAY
from dangwu.records.told import Away, Matter, Told, Vote, Whom
from tests.cast import CENTRE, PERSONNEL, Bureau

pytestmark = pytest.mark.django_db

BY = CommandLine("test")
YEAR = Span(date(2026, 1, 1), date(2027, 1, 1))
Tells = Callable[..., Told]


def conclude(office: Organisation, told: Told, **more: object) -> Activity:
    return conclude_activity(by=BY, organisation=office, told=told, today=TODAY, **more)  # type: ignore[arg-type] # as told


def objection(office: Organisation, told: Told, **more: object) -> tuple[str | None, str]:
    with pytest.raises(ObjectionError) as refused:
        conclude(office, told, **more)
    return refused.value.field, refused.value.message


def test_everybody_is_there_but_those_who_are_told_to_be_away(
    place: Bureau, office: Organisation, assembly: Tells
) -> None:
    away = (Away(place.people["谷雨"].pk, "出差"), Away(place.people["冬青"].pk, "病假"))
    held = conclude(office, assembly(absent=away))
    assert (held.expected, held.present, held.voters, held.voters_present) == (8, 6, 8, 6)
    assert [(row.name, row.reason) for row in record_of(held).absences] == [("谷雨", "出差"), ("冬青", "病假")]


def test_only_what_is_concluded_counts(place: Bureau, office: Organisation, assembly: Tells) -> None:
    waiting = minute_activity(by=BY, organisation=office, told=assembly(), today=TODAY)
    assert counts(place.unit.pk, YEAR, ["general_assembly"]) == {}
    conclude(office, assembly(), activity=waiting)
    assert counts(place.unit.pk, YEAR, ["general_assembly"])["general_assembly"]


def test_one_meeting_serves_several_duties_and_several_organisations(
    place: Bureau, office: Organisation, assembly: Tells
) -> None:
    partner = place.place(PERSONNEL)
    conclude(office, assembly(kind="theme_day", besides=("party_lecture",), partners=(partner,)))
    served = Service.objects.unscoped("a test").values_list("organisation", "kind")
    assert set(served) == {(key, kind) for key in (office.pk, partner) for kind in ("theme_day", "party_lecture")}


@pytest.mark.parametrize("name", [PERSONNEL, CENTRE])
def test_walking_finds_the_same_activities(place: Bureau, office: Organisation, assembly: Tells, name: str) -> None:
    conclude(office, assembly(kind="theme_day", partners=(place.place(PERSONNEL),)))
    conclude(office, assembly(kind="collective_study"))
    scope = Scope((TreePath(place.standings[name].path),), TODAY)
    assert list(walked_activities(scope)) == list(activities(scope))
    assert len(activities(scope)) == (name == PERSONNEL)


def test_the_weakest_resolution_is_the_one_that_is_judged(place: Bureau, office: Organisation, assembly: Tells) -> None:
    conclude(office, assembly(votes=(Vote("通过工作计划", 8), Vote("推荐先进", 4, 3, 1))))
    judged = activity_facts(place.unit.pk, YEAR, ["general_assembly"])
    assert [(row["in_favour"], row["expected"]) for row in judged] == [(4, 8)]


def test_counts_that_do_not_add_up_are_refused(office: Organisation, assembly: Tells) -> None:
    field, message = objection(office, assembly(votes=(Vote("通过工作计划", 6, 1, 0),)))
    assert field == "votes"
    assert "合计 7 票；到会有表决权的是 8 人" in message


def test_votes_of_those_without_one_are_refused_with_the_clause(
    place: Bureau, office: Organisation, assembly: Tells
) -> None:
    with doing(Deed("test", BY)):
        row = Membership.objects.of(person=place.people["白露"]).get()
        change(row, on=date(2026, 1, 1), kind=Membership.Kind.PROBATIONARY)
    _, message = objection(office, assembly(votes=(Vote("通过工作计划", 8),)))
    assert "有表决权的只有 7 人" in message
    assert "《中国共产党章程》第七条" in message


def test_more_present_than_expected_are_refused(place: Bureau) -> None:
    committee = place.standings["机关党委"].organisation
    told = Told(kind="organ_assembly", held_on=date(2026, 5, 9), topic="警示教育", expected=10, present=12)
    assert objection(committee, told)[0] == "present"


def test_what_was_held_before_the_branch_lived_is_refused(place: Bureau, assembly: Tells) -> None:
    centre = place.standings[CENTRE].organisation
    with doing(Deed("test", BY)):
        standing = place.standings[CENTRE]
        standing.valid_from = date(2026, 5, 10)
        standing.save()
    assert objection(centre, assembly())[0] == "held_on"


def test_what_is_still_to_come_is_planned_and_not_recorded(office: Organisation, assembly: Tells) -> None:
    assert objection(office, assembly(held_on=date(2026, 5, 13)))[0] == "held_on"


def test_what_was_held_long_ago_is_recorded_with_a_reason(office: Organisation, assembly: Tells) -> None:
    told = assembly(held_on=date(2026, 4, 1))
    field, message = objection(office, told)
    assert (field, "41 天" in message) == ("late_reason", True)
    late = conclude(office, told, late_reason="当时记录人出差")
    assert (late.held_on, late.recorded_on, late.late_reason) == (date(2026, 4, 1), TODAY, "当时记录人出差")


def test_what_was_left_open_comes_up_until_it_is_taken_up(office: Organisation, assembly: Tells) -> None:
    conclude(office, assembly(agenda=(Matter("换届准备", "下次再议", left_open=True), Matter("学习计划", "通过"))))
    (waiting,) = left_open(office, ["general_assembly"])
    assert waiting.text == "换届准备"
    conclude(office, assembly(held_on=date(2026, 5, 11), agenda=(Matter("换届准备", "已定", carried_from=waiting.pk),)))
    assert left_open(office, ["general_assembly"]) == []


def test_a_correction_keeps_both_days_and_its_reason(office: Organisation, assembly: Tells) -> None:
    held = conclude(office, assembly())
    told = assembly(chair=Whom("钟正"), topic="讨论年度工作要点")
    correct_activity(by=BY, activity=held, told=told, reason="主题写漏了", today=date(2026, 6, 1))
    held.refresh_from_db()
    assert (held.topic, held.chair, held.recorded_on) == ("讨论年度工作要点", "钟正", TODAY)


def test_a_record_read_back_tells_the_same(place: Bureau, office: Organisation, assembly: Tells) -> None:
    told = assembly(
        absent=(Away(place.people["谷雨"].pk, "出差"),),
        chair=Whom("钟正", place.people["钟正"].pk),
        agenda=(Matter("学习计划", "通过"),),
        votes=(Vote("通过计划", 7),),
        minutes="一、学习。\n二、讨论。",
        non_voting=(Whom("来宾"),),
    )
    held = conclude(office, told)
    assert told_of(record_of(held)) == assembly(**{**_fields(told), "expected": 8, "present": 7})


def _fields(told: Told) -> dict[str, object]:
    return {name: getattr(told, name) for name in told.__slots__}


def test_a_plan_becomes_a_record_and_is_not_planned_again(office: Organisation, assembly: Tells) -> None:
    planned = plan_activity(by=BY, organisation=office, told=assembly(held_on=TODAY), today=TODAY)
    assert planned.state == Activity.State.PLANNED
    held = conclude(office, assembly(held_on=TODAY), activity=planned)
    assert (held.pk, held.state) == (planned.pk, Activity.State.CONCLUDED)
    with pytest.raises(ObjectionError):
        plan_activity(by=BY, organisation=office, told=assembly(held_on=TODAY), today=TODAY, activity=held)
