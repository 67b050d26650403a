"""Who was there, who lectured, who was talked with, who was trained: judged as it is recorded."""

from typing import Any

import pytest

from dangwu.compliance.living.drafting import Numbers
from dangwu.compliance.living.tests.living import BY, TODAY, do, hold, living, numbers
from dangwu.compliance.models import DutyState
from dangwu.members.models import Person
from dangwu.organisations.models import Organisation
from dangwu.records.models import Part, Service
from dangwu.records.services.talks import record_talk
from tests.cast import COMMITTEE, OFFICE, PERSONNEL, Bureau

pytestmark = pytest.mark.django_db
LIFE_MEETING, LECTURE = "leading-cadre-in-branch-life-meeting", "leading-cadre-lecture-each-year"
TALKS, WARNING, TRAINING = (
    "heart-to-heart-talk-with-every-member",
    "warning-education-for-every-member",
    "secretary-training-each-year",
)
MET, PENDING = Numbers(met=1), Numbers(pending=1)


@pytest.fixture
def place() -> Bureau:
    """The bureau with all packs on; 白露 of the office is one of the heads of the unit."""
    place = living(packs=("practice",))
    for name, post in (("白露", "副局长"), ("谷雨", "一级科员")):
        row = Person.objects.of(pk=place.people[name].pk).get()
        row.unit_post = post
        do(row.save)
    return place


def lectured(place: Bureau, name: str, where: str, written: str = "") -> None:
    """Somebody lectured who was chosen from the roster, whatever name is written."""
    hold(place, where, "party_lecture", "2026-06-10", lecturer=written or name)
    activity = Service.objects.of(organisation=place.place(where), kind="party_lecture").latest("pk").activity
    told: dict[str, Any] = {"unit": place.unit, "activity": activity, "role": Part.Role.LECTURER}
    do(lambda: Part.objects.create(person=place.people[name], name=written or name, **told))


def talk(place: Bureau, one: str, other: str) -> None:
    branch, people = Organisation.objects.of(pk=place.place(OFFICE)).get(), place.people
    told: dict[str, Any] = {"kind": "heart_to_heart_talk", "content": "谈工作", "held_on": TODAY, "today": TODAY}
    do(lambda: record_talk(by=BY, organisation=branch, talker=people[one], partner=people[other], **told))


@pytest.mark.parametrize(("away", "found"), [("谷雨", MET), ("白露", PENDING)])
def test_a_leading_cadre_is_at_the_life_meeting_of_his_branch_or_is_told_to_be_away(
    place: Bureau, away: str, found: Numbers
) -> None:
    assert numbers(place, OFFICE, LIFE_MEETING, "2026") is None
    hold(place, OFFICE, "organisational_life_meeting", "2026-01-20", expected=8, present=7, absent=[away])
    assert numbers(place, OFFICE, LIFE_MEETING, "2026") == found


def test_where_nobody_says_who_was_away_nobody_is_judged(place: Bureau) -> None:
    hold(place, OFFICE, "organisational_life_meeting", "2026-01-20", expected=8, present=6, absent=["谷雨"])
    assert numbers(place, OFFICE, LIFE_MEETING, "2026") is None


def test_a_leading_cadre_lectures_anywhere_by_his_key_not_by_his_name(place: Bureau) -> None:
    hold(place, PERSONNEL, "party_lecture", "2026-05-10", lecturer="白露")
    assert numbers(place, OFFICE, LECTURE, "2026") == PENDING
    lectured(place, "白露", PERSONNEL)
    assert numbers(place, OFFICE, LECTURE, "2026") == MET


def test_a_lecture_counts_for_the_secretary_who_gave_it_and_not_for_his_namesake(place: Bureau) -> None:
    rule = "branch-secretary-lecture-each-year"
    lectured(place, "谷雨", PERSONNEL, written="钟正")
    assert numbers(place, OFFICE, rule, "2026") == PENDING
    lectured(place, "钟正", PERSONNEL)
    assert numbers(place, OFFICE, rule, "2026") == MET


def test_talks_are_told_by_how_many_they_reached_and_never_by_whom(place: Bureau) -> None:
    talk(place, "钟正", "白露")
    assert numbers(place, OFFICE, TALKS, "2026") == PENDING
    state = DutyState.objects.of(organisation=place.place(OFFICE)).get(rule=TALKS)
    assert '"members_talked_with":2' in state.facts
    for one, other in (("钟正", "谷雨"), ("严明", "夏至"), ("文清", "秋分"), ("文清", "冬青")):
        talk(place, one, other)
    assert numbers(place, OFFICE, TALKS, "2026") == MET


def test_a_talk_without_the_two_leaves_open_who_was_reached(place: Bureau) -> None:
    talk(place, "钟正", "白露")
    hold(place, OFFICE, "heart_to_heart_talk", "2026-03-10")
    assert numbers(place, OFFICE, TALKS, "2026") is None


def test_whoever_missed_one_warning_education_may_come_to_the_next(place: Bureau) -> None:
    hold(place, OFFICE, "warning_education", "2026-04-10", expected=8, present=7, absent=["谷雨"])
    assert numbers(place, OFFICE, WARNING, "2026") == PENDING
    hold(place, OFFICE, "warning_education", "2026-07-10", expected=8, present=7, absent=["冬青"])
    assert numbers(place, OFFICE, WARNING, "2026") == MET


def test_secretaries_and_committee_members_are_trained_by_name(place: Bureau) -> None:
    hold(place, COMMITTEE, "training", "2026-04-15", took_part=["钟正", "方圆"])
    assert numbers(place, OFFICE, TRAINING, "2026") == Numbers(met=1, pending=2)
    assert numbers(place, PERSONNEL, TRAINING, "2026") == MET
    assert numbers(place, COMMITTEE, "committee-training-each-year", "2026") == MET


def test_where_nobody_of_the_unit_is_named_nobody_knows_who_was_trained(place: Bureau) -> None:
    hold(place, COMMITTEE, "training", "2026-04-15", expected=3, present=3)
    assert numbers(place, OFFICE, TRAINING, "2026") is None
