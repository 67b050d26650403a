"""Whoever writes or supervises is told which record says the same, within what he sees, and of nothing confidential."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dangwu.foundation.actors import CommandLine
from dangwu.foundation.scope import Scope
from dangwu.kernel.span import Span
from dangwu.kernel.tree_path import TreePath
from dangwu.organisations.models import Organisation
from dangwu.records.models import Activity, Signature
from dangwu.records.resembling import Resemblance, alike_in, similar_to
from dangwu.records.services.minuting import conclude_activity, correct_activity, minute_activity
from dangwu.records.services.planning import cancel_activity
from dangwu.records.signatures import sign_all
from dangwu.records.tests.conftest import TODAY
from dangwu.records.tests.test_likeness import ANEW, CHANGED, ROUTINE, STUDY
from dangwu.records.told import Matter, Told
from tests.cast import COMMITTEE, OFFICE, PERSONNEL, Bureau

pytestmark = pytest.mark.django_db

BY = CommandLine("test")
SPRING = Span(date(2026, 3, 1), date(2026, 6, 1))
Tells = Callable[..., Told]


@pytest.fixture
def held(place: Bureau, assembly: Tells) -> Callable[..., Activity]:
    """What an organisation of the cast concludes."""

    def holding(minutes: str, where: str = OFFICE, **more: Any) -> Activity:  # noqa: ANN401 - whatever is told
        organisation = place.standings[where].organisation
        return conclude_activity(by=BY, organisation=organisation, told=assembly(minutes=minutes, **more), today=TODAY)

    return holding


def within(place: Bureau, where: str) -> Scope:
    return Scope((TreePath(place.standings[where].path),), TODAY)


def like(place: Bureau, text: str, where: str = OFFICE, seen_from: str = OFFICE, **more: Any) -> list[Resemblance]:  # noqa: ANN401 - whatever is asked
    asked: dict[str, Any] = {"organisation": place.place(where), "kinds": ("general_assembly",)} | more
    return similar_to(within(place, seen_from), text, **asked)


def test_a_copy_is_told_with_its_share_and_the_passages(place: Bureau, held: Callable[..., Activity]) -> None:
    first = held(STUDY)
    (found,) = like(place, CHANGED)
    assert (found.other, found.percent >= 90) == (first, True)
    assert "材料清单" in "".join(found.common)
    assert like(place, STUDY, but=first.pk) == []


def test_what_is_written_anew_or_routine_is_not(place: Bureau, held: Callable[..., Activity]) -> None:
    held(STUDY)
    held(ROUTINE.format(month=4, present=6), held_on=date(2026, 5, 8))
    assert like(place, ANEW) == []
    assert like(place, ROUTINE.format(month=5, present=8)) == []


def test_only_within_what_somebody_sees(place: Bureau, held: Callable[..., Activity]) -> None:
    held(STUDY)
    assert like(place, CHANGED, PERSONNEL, PERSONNEL) == []
    assert len(like(place, CHANGED, PERSONNEL, COMMITTEE)) == 1


def test_outcomes_of_the_agenda_are_compared_too(place: Bureau, held: Callable[..., Activity]) -> None:
    held("", agenda=(Matter("作风建设", STUDY),))
    assert len(like(place, CHANGED)) == 1


def test_of_confidential_kinds_there_is_nothing(place: Bureau, held: Callable[..., Activity]) -> None:
    held(STUDY)
    assert like(place, STUDY, kinds=("heart_to_heart_talk",)) == []
    assert like(place, STUDY, kinds=("no_such_kind",)) == []


def test_signatures_follow_what_is_corrected_and_called_off(
    place: Bureau, office: Organisation, assembly: Tells, held: Callable[..., Activity]
) -> None:
    first = held(STUDY)
    correct_activity(by=BY, activity=first, told=assembly(minutes=ANEW), reason="贴错了", today=TODAY)
    assert (like(place, STUDY), len(like(place, ANEW))) == ([], 1)
    waits = minute_activity(by=BY, organisation=office, told=assembly(minutes=STUDY), today=TODAY)
    assert len(like(place, STUDY)) == 1
    cancel_activity(by=BY, activity=waits, reason="没有开成", today=TODAY)
    assert like(place, STUDY) == []


def test_they_can_be_made_anew(place: Bureau, held: Callable[..., Activity]) -> None:
    held(STUDY)
    kept = set(Signature.objects.unscoped("a test").values_list("activity", "band"))
    Signature.objects.unscoped("a test").delete()
    assert (sign_all(), set(Signature.objects.unscoped("a test").values_list("activity", "band"))) == (1, kept)
    assert len(like(place, STUDY)) == 1


def test_a_supervisor_has_them_in_a_list_the_newest_first(place: Bureau, held: Callable[..., Activity]) -> None:
    first = held(STUDY, held_on=date(2026, 5, 6))
    copy = held(CHANGED, PERSONNEL, held_on=date(2026, 5, 7))
    again = held(CHANGED, held_on=date(2026, 5, 8))
    held(ANEW)
    pairs = alike_in(within(place, COMMITTEE), SPRING)
    assert [(pair.activity, pair.like.other) for pair in pairs] == [(again, first), (copy, first)]
    assert [(p.activity, p.like.other) for p in alike_in(within(place, OFFICE), SPRING)] == [(again, first)]
    assert alike_in(within(place, PERSONNEL), SPRING) == []
    assert alike_in(within(place, COMMITTEE), Span(date(2026, 1, 1), date(2026, 5, 1))) == []


def test_many_cost_no_more_questions_than_a_few(place: Bureau, held: Callable[..., Activity]) -> None:
    def questions() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as single:
            like(place, CHANGED)
        with CaptureQueriesContext(connection) as every:
            alike_in(within(place, COMMITTEE), SPRING)
        return len(single), len(every)

    held(STUDY, held_on=date(2026, 5, 6))
    held(CHANGED, held_on=date(2026, 5, 7))
    few = questions()
    for day in range(8, 12):
        held(STUDY, held_on=date(2026, 5, day))
    assert few == questions() == (5, 6)
