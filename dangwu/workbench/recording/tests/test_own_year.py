"""A member's own year: what he was expected at, where he was away, his hours and days."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from dangwu.foundation.actors import CommandLine
from dangwu.kernel.span import Span
from dangwu.organisations.models import Organisation
from dangwu.records.services.minuting import conclude_activity
from dangwu.records.told import Away, Told, Whom
from dangwu.workbench.recording.own_year import OwnYear, own_year
from dangwu.workbench.recording.seeing import concerns
from dangwu.workbench.recording.tests.conftest import TODAY
from tests.cast import COMMITTEE, PERSONNEL, Bureau

pytestmark = pytest.mark.django_db
YEAR = Span(date(2026, 1, 1), date(2027, 1, 1))


def conclude(office: Organisation, kind: str, **more: Any) -> None:  # noqa: ANN401 - whatever is told
    told = Told(kind=kind, held_on=TODAY, topic="学习", **more)
    conclude_activity(by=CommandLine("test"), organisation=office, told=told, today=TODAY)


def whom(place: Bureau, name: str) -> Whom:
    return Whom(name, place.people[name].pk)


def year_of(place: Bureau, name: str) -> OwnYear:
    return own_year(place.people[name], YEAR, TODAY)


def test_he_was_there_unless_he_was_away(place: Bureau, office: Organisation) -> None:
    conclude(office, "general_assembly", hours=Decimal(2), absent=(Away(place.people["谷雨"].pk, "出差"),))
    assert [(one.name, one.away) for one in year_of(place, "谷雨").attended] == [("党员大会", "出差")]
    assert [year_of(place, name).hours for name in ("谷雨", "白露")] == [Decimal(0), Decimal(2)]


def test_a_committee_and_another_group_meet_without_him(place: Bureau, office: Organisation) -> None:
    conclude(office, "committee_meeting")
    conclude(office, "group_meeting", group="第一党小组")
    assert year_of(place, "谷雨").attended == []
    assert [one.name for one in year_of(place, "严明").attended] == ["支部委员会会议", "党小组会"]


def test_those_who_are_named_have_its_hours_and_days(place: Bureau, office: Organisation) -> None:
    gu_yu = whom(place, "谷雨")
    conclude(office, "community_rotation", took_part=(gu_yu,), days=Decimal(2))
    conclude(place.standings[COMMITTEE].organisation, "training", took_part=(gu_yu,), hours=Decimal(8))
    assert (year_of(place, "谷雨").days, year_of(place, "谷雨").hours) == (Decimal(2), Decimal(8))
    assert year_of(place, "白露").attended == []


def test_a_lecture_elsewhere_is_told_and_may_be_read(place: Bureau) -> None:
    """As a leading cadre gives them: not at his own branch, where he would be expected anyway."""
    conclude(
        place.standings[PERSONNEL].organisation, "party_lecture", hours=Decimal("1.5"), lecturer=whom(place, "白露")
    )
    (told,) = year_of(place, "白露").attended
    assert (told.lectured, told.was_there, told.hours) == (True, True, Decimal("1.5"))
    assert [concerns(told.record.activity, place.people[name]) for name in ("白露", "谷雨")] == [True, False]
    assert year_of(place, "谷雨").attended == []


def test_a_talk_is_not_told(place: Bureau) -> None:
    place.held("办公室党支部", "heart_to_heart_talk", "2026-05-09")
    assert year_of(place, "谷雨").attended == []


def test_a_long_year_costs_what_a_short_one_costs(
    place: Bureau, office: Organisation, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(4):
        conclude(office, "theme_day")
    with django_assert_max_num_queries(20):
        assert len(year_of(place, "谷雨").attended) == 4


def test_ones_own_page_tells_the_year(place: Bureau, office: Organisation, page: Client) -> None:
    conclude(office, "general_assembly", hours=Decimal(2))
    assert place.people["钟正"].name == "钟正"
    words = page.get(reverse("mine")).content.decode()
    assert "本年组织生活" in words
    assert "应参加 1 次" in words
    assert "党员大会" in page.get(reverse("my-activities")).content.decode()
