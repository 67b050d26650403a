"""Who should come is what kind and roster say, not what somebody types."""

from datetime import date

import pytest

from dangwu.foundation.actors import CommandLine
from dangwu.foundation.deeds import Deed, doing
from dangwu.foundation.history import change
from dangwu.members.models import Membership
from dangwu.records.attending import attendees, how_many
from dangwu.records.standing import activity_kinds
from tests.cast import COMMITTEE, OFFICE, Bureau

pytestmark = pytest.mark.django_db

ON = date(2026, 5, 9)


def names(place: Bureau, kind: str, where: str = OFFICE, group: str = "") -> list[str]:
    called = attendees(activity_kinds()[kind], place.standings[where], ON, group=group)
    return [someone.name for someone in called]


def test_an_assembly_calls_all_members_those_first_who_lead(place: Bureau) -> None:
    called = names(place, "general_assembly")
    assert set(called[:3]) == {"钟正", "严明", "文清"}
    assert len(called) == 8


def test_a_committee_meeting_calls_the_committee(place: Bureau) -> None:
    assert set(names(place, "committee_meeting")) == {"钟正", "严明", "文清"}


def test_a_group_meeting_calls_its_group(place: Bureau) -> None:
    assert set(names(place, "group_meeting", group="第一党小组")) == {"钟正", "严明", "夏至", "秋分"}


def test_above_branches_all_members_below_are_called(place: Bureau) -> None:
    assert how_many(activity_kinds()["party_lecture"], place.standings[COMMITTEE], ON) == 13


def test_whoever_is_on_probation_has_no_vote(place: Bureau) -> None:
    with doing(Deed("test", CommandLine("test"))):
        row = Membership.objects.of(person=place.people["白露"]).get()
        change(row, on=date(2026, 1, 1), kind=Membership.Kind.PROBATIONARY)
    called = attendees(activity_kinds()["general_assembly"], place.standings[OFFICE], ON)
    voteless = [(someone.name, someone.note) for someone in called if not someone.votes]
    assert voteless == [("白露", "预备党员")]


def test_of_a_talk_nobody_is_called(place: Bureau) -> None:
    assert names(place, "heart_to_heart_talk") == []
