"""An assembly of the office of the stage, step by step: planned, called, attended and minuted, concluded."""

from datetime import date
from typing import Any

from dangwu.members.models import Person
from dangwu.organisations.models import Organisation
from dangwu.records.models import Activity
from dangwu.records.services.minuting import conclude_activity, minute_activity
from dangwu.records.services.planning import call_activity, plan_activity
from dangwu.records.told import Away, Matter, Told, Vote, Whom
from tests.faults.stage import BY, ON, Stage

NOW: dict[str, Any] = {"by": BY, "today": ON}


def assembly(topic: str, away: int, held_on: date = ON) -> Told:
    """What is told of an assembly at which one was away, and which left rows in every table of records."""
    return Told(
        kind="general_assembly",
        held_on=held_on,
        topic=topic,
        chair=Whom("钟正"),
        absent=(Away(away, "出差"),),
        agenda=(Matter("学习计划", "通过"),),
        votes=(Vote("通过计划", 1),),
        minutes=f"{topic}的记录。",
    )


def record(parent: int, topic: str) -> None:
    """Record an assembly of an organisation as held, by its keys alone."""
    organisation = Organisation.objects.unscoped("a test").get(pk=parent)
    away = Person.objects.unscoped("a test").get(name="严明")
    conclude_activity(organisation=organisation, told=assembly(topic, away.pk), **NOW)


def plan(stage: Stage) -> object:
    return plan_activity(organisation=stage.office, told=assembly("年度工作", stage.deputy.pk), **NOW)


def call(_stage: Stage) -> object:
    return call_activity(activity=the_assembly(), **NOW)


def minute(stage: Stage) -> object:
    told = assembly("年度工作", stage.deputy.pk)
    return minute_activity(organisation=stage.office, told=told, activity=the_assembly(), **NOW)


def conclude(stage: Stage) -> object:
    told = assembly("全年工作", stage.deputy.pk)
    return conclude_activity(organisation=stage.office, told=told, activity=the_assembly(), **NOW)


STEPS = (plan, call, minute, conclude)


def the_assembly() -> Activity:
    """The only one."""
    return Activity.objects.unscoped("a test").get()
