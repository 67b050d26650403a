"""Activities are found by what was said there, by those who may read it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dangwu.foundation.actors import CommandLine
from dangwu.foundation.deeds import Deed, doing
from dangwu.foundation.remembering import one_look
from dangwu.foundation.scope import Scope
from dangwu.foundation.search.cutting import terms_of
from dangwu.foundation.search.sources import register
from dangwu.kernel.tree_path import TreePath
from dangwu.members.services.reorganising import merge_organisations
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
        return ACTIVITIES.newest(scope, terms_of(text), most=100)

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


@pytest.mark.parametrize("few", [0, 100])
def test_who_held_it_with_others_finds_it_too(
    place: Bureau,
    office: Organisation,
    assembly: Tells,
    found: Callable[..., list[int]],
    few: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whether so few places are looked up, or are many and are walked through."""
    monkeypatch.setattr("dangwu.foundation.search.queries.FEW", few)
    told = assembly(kind="theme_day", partners=(place.place(PERSONNEL),))
    held = conclude_activity(by=BY, organisation=office, told=told, today=TODAY)
    assert found("年度", PERSONNEL) == found("年度") == [held.pk]
    assert found("年度", CENTRE) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("whole", [True, False])
def test_what_was_held_by_whoever_was_merged_is_found_as_of_days_on_which_it_stood(
    place: Bureau, office: Organisation, assembly: Tells, whole: bool
) -> None:
    def found(on: date) -> list[int]:
        subtree = Scope((TreePath(place.standings[COMMITTEE].path),), on)
        return ACTIVITIES.newest(Scope.everything(on) if whole else subtree, terms_of("年度"), most=9)

    held = conclude_activity(by=BY, organisation=office, told=assembly(), today=TODAY)
    later, heir = TODAY + timedelta(days=1), place.standings[PERSONNEL].organisation
    assert found(later) == [held.pk]
    merge_organisations(by=BY, organisations=[office], into=heir, on=later)
    assert (found(TODAY), found(later)) == ([held.pk], [])


@pytest.mark.django_db(transaction=True)
def test_another_question_within_a_look_asks_the_index_alone(
    place: Bureau, office: Organisation, assembly: Tells
) -> None:
    held = conclude_activity(by=BY, organisation=office, told=assembly(), today=TODAY)
    scope = Scope((TreePath(place.standings[COMMITTEE].path),), TODAY)
    with one_look():
        ACTIVITIES.newest(scope, terms_of("党费"), most=1)
        with CaptureQueriesContext(connection) as asked:
            assert ACTIVITIES.newest(scope, terms_of("年度"), most=1) == [held.pk]
    assert len(asked) == 1


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
