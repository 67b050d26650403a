"""What was just done to an activity can be taken back whole."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dangwu.foundation.actors import CommandLine
from dangwu.organisations.models import Organisation
from dangwu.records.models import Activity, Partner
from dangwu.records.services.minuting import conclude_activity, correct_activity, minute_activity
from dangwu.records.services.planning import call_activity, cancel_activity, plan_activity
from dangwu.records.services.sharing import confirm_partner, decline_partner
from dangwu.records.tests.conftest import TODAY
from dangwu.records.told import Matter, Told, Vote, Whom
from tests.accounts import actor, appointed
from tests.cast import PERSONNEL, Bureau
from tests.undoing import assert_taken_back

pytestmark = pytest.mark.django_db

TOLD = Told(
    kind="general_assembly",
    held_on=date(2026, 5, 9),
    topic="讨论年度工作",
    chair=Whom("钟正"),
    agenda=(Matter("学习计划", "通过"),),
    votes=(Vote("通过计划", 8),),
)
AHEAD = Told(kind="theme_day", held_on=date(2026, 5, 20), topic="志愿服务")
OTHERWISE = Told(kind="general_assembly", held_on=TOLD.held_on, topic="另议一项工作")
ON: dict[str, Any] = {"by": CommandLine("test"), "today": TODAY}

TOGETHER = replace(OTHERWISE, kind="theme_day")


def named(held: Activity) -> Partner:
    """Who was named as a partner and has not answered."""
    return Partner.objects.of(activity=held).get()


DEEDS: dict[str, Callable[[Organisation, Activity, Activity], object]] = {
    "activity.call": lambda _office, planned, _held: call_activity(activity=planned, **ON),
    "activity.cancel": lambda _office, planned, _held: cancel_activity(activity=planned, reason="场地冲突", **ON),
    "activity.conclude": lambda office, _planned, _held: conclude_activity(organisation=office, told=TOLD, **ON),
    "activity.confirm": lambda _office, _planned, held: confirm_partner(partner=named(held), **ON),
    "activity.decline": lambda _office, _planned, held: decline_partner(partner=named(held), **ON),
    "activity.correct": lambda _office, _planned, held: correct_activity(
        activity=held, told=OTHERWISE, reason="写错", **ON
    ),
    "activity.minute": lambda office, _planned, _held: minute_activity(organisation=office, told=TOLD, **ON),
    "activity.plan": lambda office, _planned, _held: plan_activity(organisation=office, told=AHEAD, **ON),
}


@pytest.mark.parametrize("verb", DEEDS)
def test_every_row_is_again_what_it_was(place: Bureau, office: Organisation, verb: str) -> None:
    planned = plan_activity(organisation=office, told=AHEAD, **ON)
    told, by = replace(TOGETHER, partners=(place.place(PERSONNEL),)), actor(appointed(office, role="secretary"))
    held = conclude_activity(by=by, organisation=office, told=told, today=TODAY)
    assert_taken_back(lambda: DEEDS[verb](office, planned, held), verb)
