"""Activities are found by what was said there, by those who may read it."""

from collections.abc import Callable

import pytest

from dangwu.foundation.actors import CommandLine
from dangwu.foundation.deeds import Deed, doing
from dangwu.foundation.scope import Scope
from dangwu.foundation.search.cutting import terms_of
from dangwu.foundation.search.sources import register
from dangwu.kernel.tree_path import TreePath
from dangwu.organisations.models import Organisation
from dangwu.records.models import Activity
from dangwu.records.searching import ACTIVITIES
from dangwu.records.services.minuting import conclude_activity
from dangwu.records.services.planning import cancel_activity, plan_activity
from dangwu.records.tests.conftest import TODAY
from dangwu.records.told import Matter, Told, Vote
from tests.cast import CENTRE, COMMITTEE, OFFICE, PERSONNEL, Bureau

pytestmark = pytest.mark.django_db

BY = CommandLine("test")
Tells = Callable[..., Told]


@pytest.fixture(autouse=True)
def indexed() -> None:
    register(ACTIVITIES)


@pytest.fixture
def found(place: Bureau) -> Callable[[str, str], list[int]]:
    """What somebody in an organisation of the cast finds."""

    def finding(text: str, where: str = COMMITTEE) -> list[int]:
        scope = Scope((TreePath(place.standings[where].path),), TODAY)
        return [entry.source for entry in ACTIVITIES.found(scope, terms_of(text))]

    return finding


@pytest.mark.parametrize("asked", ["年度工作", "三楼", "营商环境", "整改清单", "同意推荐"])
def test_by_topic_place_minutes_agenda_and_resolution(
    office: Organisation, assembly: Tells, found: Callable[..., list[int]], asked: str
) -> None:
    told = assembly(
        place="三楼会议室",
        minutes="优化营商环境。",
        agenda=(Matter("研究整改清单"),),
        votes=(Vote("同意推荐两名同志", 8, 0, 0),),
    )
    held = conclude_activity(by=BY, organisation=office, told=told, today=TODAY)
    assert found(asked) == found(asked, OFFICE) == [held.pk]
    assert found(asked, PERSONNEL) == []


def test_who_held_it_with_others_finds_it_too(
    place: Bureau, office: Organisation, assembly: Tells, found: Callable[..., list[int]]
) -> None:
    told = assembly(kind="theme_day", partners=(place.place(PERSONNEL),))
    held = conclude_activity(by=BY, organisation=office, told=told, today=TODAY)
    assert found("年度", PERSONNEL) == [held.pk]
    assert found("年度", CENTRE) == []


def test_what_was_cancelled_is_found_no_more(
    office: Organisation, assembly: Tells, found: Callable[..., list[int]]
) -> None:
    planned = plan_activity(by=BY, organisation=office, told=assembly(held_on=TODAY), today=TODAY)
    assert found("年度") == [planned.pk]
    cancel_activity(by=BY, activity=planned, reason="合并召开", today=TODAY)
    assert found("年度") == []


@pytest.mark.parametrize("kind", ["heart_to_heart_talk", "no_longer_known"])
def test_what_is_confidential_or_unknown_is_not_drafted(office: Organisation, kind: str) -> None:
    held = Activity(unit_id=office.unit_id, organisation=office, kind=kind, held_on=TODAY, topic="家庭困难")
    assert not is_drafted(held)


def is_drafted(activity: Activity) -> bool:
    with doing(Deed("test", BY, trial=True)):
        activity.save()
    return bool(list(ACTIVITIES.drafts([activity.pk])))
