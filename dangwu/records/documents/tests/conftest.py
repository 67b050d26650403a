"""A year of the cast's office as its records tell it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from dangwu.foundation.actors import CommandLine
from dangwu.records.branch_years import BranchYear, branch_year
from dangwu.records.models import Activity
from dangwu.records.services.minuting import conclude_activity
from dangwu.records.services.talks import record_talk
from dangwu.records.told import Away, Matter, Told, Vote, Whom
from tests.cast import OFFICE, Bureau, bureau

BY = CommandLine("test")
TODAY = date(2026, 12, 1)
SECRET = "家中老人病重，近来压力很大"
LATE = "当时记录人出差"


@pytest.fixture
def place() -> Bureau:
    return bureau()


@pytest.fixture
def held(place: Bureau) -> Callable[..., Activity]:
    """Record what the office held."""

    def conclude(kind: str, on: str, **more: object) -> Activity:
        told = Told(kind=kind, held_on=date.fromisoformat(on), **{"topic": "学习讨论", **more})  # type: ignore[arg-type] # as told
        organisation = place.standings[OFFICE].organisation
        return conclude_activity(by=BY, organisation=organisation, told=told, today=TODAY, late_reason=LATE)

    return conclude


@pytest.fixture
def office(place: Bureau, held: Callable[..., Activity]) -> Callable[[], BranchYear]:
    """The year of the office: an assembly, a study of an hour and a half, a week in the community, a talk."""
    people = place.people
    held(
        "general_assembly",
        "2026-05-09",
        chair=Whom("钟正", people["钟正"].pk),
        absent=(Away(people["谷雨"].pk, "出差"), Away(people["冬青"].pk)),
        agenda=(Matter("审议年度计划", "同意"), Matter("换届准备", "下次再议", left_open=True)),
        votes=(Vote("通过年度计划", 5, 1, 0),),
        minutes="一、通报情况。\n\n二、讨论计划。",
    )
    held("theme_day", "2026-03-20", hours=Decimal("1.5"), absent=(Away(people["秋分"].pk, "病假"),))
    held("committee_meeting", "2026-03-05", absent=(Away(people["文清"].pk, "培训"),))
    went = (Whom("夏至", people["夏至"].pk),)
    held(
        "community_rotation", "2026-06-01", until_on=date(2026, 6, 5), days=Decimal(5), took_part=went, topic="社区值守"
    )
    record_talk(
        by=BY,
        organisation=place.standings[OFFICE].organisation,
        kind="heart_to_heart_talk",
        held_on=date(2026, 11, 28),
        talker=people["钟正"],
        partner=people["白露"],
        content=SECRET,
        today=TODAY,
    )

    def year() -> BranchYear:
        told = branch_year(place.standings[OFFICE], 2026, TODAY)
        assert told
        return told

    return year
