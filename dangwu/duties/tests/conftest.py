"""A committee with a clerk, over two branches whose secretaries have accounts; another committee elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import pytest

from dangwu.access.models import Account
from dangwu.duties.models import Assignment, Campaign, Task
from dangwu.duties.services.setting import hand_on, open_campaign, receive_directive, set_measure
from dangwu.foundation.actors import CommandLine
from dangwu.members.models import Person
from dangwu.members.services.posts import take_post
from dangwu.members.services.registering import register_person
from dangwu.organisations.models import Organisation
from dangwu.organisations.services.reorganising import found_organisation
from dangwu.organisations.services.units import register_unit
from dangwu.records.models import Activity
from dangwu.records.services.minuting import conclude_activity
from dangwu.records.told import Told
from tests.accounts import actor, appointed

BY = CommandLine("test")
FOUNDED = date(2025, 1, 1)
ARRIVED, DAY, DUE = date(2026, 11, 2), date(2026, 11, 10), date(2026, 11, 20)


@dataclass
class Bureau:
    committee: Organisation
    office: Organisation
    personnel: Organisation
    elsewhere: Organisation
    clerk: Account
    secretary: Account

    def directive(self, *to: Organisation, **more: Any) -> Task:  # noqa: ANN401 - whatever a directive takes
        """A directive of 2 November, due on the 20th, handed to these."""
        told = {"title": "关于学习贯彻全会精神的通知", "received_on": ARRIVED, "due_on": DUE, "on": ARRIVED, **more}
        by = actor(self.clerk, ARRIVED)
        return self.handed(receive_directive(by=by, organisation=self.committee, **told), to)

    def campaign(self) -> Campaign:
        """A campaign of November and December."""
        until, by = date(2026, 12, 31), actor(self.clerk, ARRIVED)
        opened = partial(open_campaign, by=by, organisation=self.committee, starts_on=ARRIVED, ends_on=until)
        return opened(name="学习教育", on=ARRIVED)

    def measure(self, campaign: Campaign, *to: Organisation, post: str = "") -> Task:
        """A measure of it, due on 20 November, handed to these."""
        by, title = actor(self.clerk, ARRIVED), "查摆问题，列出清单"
        return self.handed(set_measure(by=by, campaign=campaign, title=title, due_on=DUE, post=post, on=ARRIVED), to)

    def handed(self, task: Task, to: Sequence[Organisation]) -> Task:
        if to:
            hand_on(by=actor(self.clerk, ARRIVED), task=task, organisations=[each.pk for each in to], on=ARRIVED)
        return task

    def held(self, on: date = DAY, kind: str = "theme_day", topic: str = "学习全会精神") -> Activity:
        """An activity of the office."""
        told = Told(kind=kind, held_on=on, topic=topic)
        return conclude_activity(by=BY, organisation=self.office, told=told, today=on)

    def officer(self, name: str, since: date, kind: str = "secretary") -> Person:
        """Somebody who takes a post in the office."""
        person = register_person(by=BY, organisation=self.office, name=name, kind="full", on=FOUNDED)
        take_post(by=BY, person=person, organisation=self.office, kind=kind, on=since)
        return person


@pytest.fixture
def bureau(db: None) -> Bureau:  # noqa: ARG001 - it stands in the database
    unit = register_unit(by=BY, name="示例局", kind="organ", on=FOUNDED)

    def founded(name: str, kind: str, parent: Organisation | None) -> Organisation:
        return found_organisation(by=BY, unit=unit, parent=parent, name=name, kind=kind, on=FOUNDED).organisation

    committee = founded("机关党委", "committee", None)
    office, personnel = (founded(name, "branch", committee) for name in ("办公室党支部", "人事处党支部"))
    clerk = appointed(committee, role="clerk", username="clerk")
    secretary = appointed(office, role="secretary", username="secretary")
    return Bureau(committee, office, personnel, founded("别局机关党委", "committee", None), clerk, secretary)


def of(task: Task, organisation: Organisation) -> Assignment:
    """What an organisation was handed of a task."""
    return Assignment.objects.of(task=task).select_related("task").get(organisation=organisation)
