"""Whatever happens, in whatever order: judged change by change it comes to the same as judged anew as a whole."""

from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

import pytest

from dangwu.compliance.living.catching_up import advance, rebuild
from dangwu.compliance.living.tests.living import BY, TODAY, do, everything, hold, living
from dangwu.compliance.models import DutyYear
from dangwu.compliance.services.speaking import exempt
from dangwu.foundation.objections import ObjectionError
from dangwu.members.models import Person
from dangwu.members.services.lines import change_circumstances, change_membership, leave, transfer_person
from dangwu.members.services.posts import leave_post, take_post
from dangwu.organisations.models import Organisation
from dangwu.organisations.services.keeping import describe_organisation, open_term
from dangwu.organisations.services.reorganising import change_kind, found_organisation, move_organisation
from dangwu.records.models import Activity, Part, Service
from dangwu.records.services.talks import record_talk
from tests.cast import CENTRE, COMMITTEE, OFFICE, PERSONNEL, Bureau

pytestmark = [pytest.mark.django_db, pytest.mark.at_length]
BRANCHES = (OFFICE, PERSONNEL, CENTRE)
KINDS = (
    *("theme_day", "committee_meeting", "general_assembly", "party_lecture", "group_meeting", "training"),
    *("community_rotation", "organ_assembly", "organisational_life_meeting", "warning_education"),
)
CHANGES = 12
EVERY_PACK = ("practice", "tianjin")


class Life:
    """Random things that happen to the bureau."""

    def __init__(self, place: Bureau, seed: int) -> None:
        self.place, self.dice = place, Random(seed)  # noqa: S311 - dice, no secrets
        self.happenings = (
            *(self.hold, self.hold, self.hold, self.erase, self.talk, self.talk, self.lead, self.lecture),
            *(self.transfer, self.leave, self.probation, self.retire, self.take, self.resign),
            *(self.move, self.describe, self.elect, self.found, self.become, self.exempt),
        )

    def happens(self) -> None:
        """One thing happens, unless the services refuse it."""
        with suppress(ObjectionError):
            self.dice.choice(self.happenings)()

    def day(self) -> date:
        return date(2026, 1, 1) + timedelta(days=self.dice.randrange(225))

    def anybody(self) -> Any:  # noqa: ANN401 - a person
        return self.place.people[self.dice.choice(sorted(self.place.people))]

    def branch(self) -> Organisation:
        return Organisation.objects.of(pk=self.place.place(self.dice.choice(BRANCHES))).get()

    def hold(self) -> None:
        kind, names = self.dice.choice(KINDS), sorted(self.place.people)
        told: dict[str, Any] = {"expected": 8, "present": self.dice.randrange(2, 9)}
        if kind == "training":
            told |= {"hours": 4, self.dice.choice(["absent", "took_part"]): self.dice.sample(names, 2)}
        if kind in {"organisational_life_meeting", "warning_education"}:
            told |= {"absent": self.dice.sample(names, 8 - told["present"])}
        if kind == "community_rotation":
            told |= {"days": 2, "took_part": self.dice.sample(names, 2)}
        if kind == "party_lecture":
            told |= {"lecturer": self.dice.choice(["钟正", "党支部书记方圆同志", "王某", ""])}
        if kind == "group_meeting":
            told |= {"group": self.dice.choice(["第一党小组", "第二党小组", ""])}
        hold(self.place, self.dice.choice((*BRANCHES, COMMITTEE)), kind, self.day().isoformat(), **told)

    def talk(self) -> None:
        branch, (one, other) = self.branch(), self.dice.sample(sorted(self.place.people), 2)
        people, on = self.place.people, self.day()
        talk = partial(
            record_talk, by=BY, organisation=branch, kind="heart_to_heart_talk", content="谈工作", late_reason="补记"
        )
        do(lambda: talk(talker=people[one], partner=people[other], held_on=on, today=TODAY))

    def lead(self) -> None:
        person, post = self.anybody(), self.dice.choice(["副局长", "一级科员", ""])
        row = Person.objects.of(pk=person.pk).get()
        row.unit_post = post
        do(row.save)

    def lecture(self) -> None:
        """A lecture whose lecturer was chosen from the roster."""
        person, last = self.anybody(), Service.objects.of(unit=self.place.unit, kind="party_lecture").last()
        if last:
            told = {"unit": self.place.unit, "activity": last.activity, "role": Part.Role.LECTURER}
            do(lambda: Part.objects.create(person=person, name=person.name, **told))

    def erase(self) -> None:
        mine = Activity.objects.of(unit=self.place.unit)
        alone = mine.filter(absences=None, participations=None, parts=None, talk=None)
        activity = self.dice.choice([*alone.order_by("pk"), None])
        if activity:
            do(lambda: (Service.objects.of(activity=activity).delete(), activity.delete()))

    def transfer(self) -> None:
        person, branch, on = self.anybody(), self.branch(), self.day()
        do(lambda: transfer_person(by=BY, person=person, organisation=branch, on=on))

    def leave(self) -> None:
        person, on = self.anybody(), self.day()
        do(lambda: leave(by=BY, person=person, on=on, reason="去世"))

    def probation(self) -> None:
        person, on = self.anybody(), self.day()
        do(lambda: change_membership(by=BY, person=person, kind="probationary", on=on))

    def retire(self) -> None:
        person, on = self.anybody(), self.day()
        do(lambda: change_circumstances(by=BY, person=person, employment="retired", on=on))

    def take(self) -> None:
        person, on, branch = self.anybody(), self.day(), self.branch()
        kind = self.dice.choice(["secretary", "committee_member", "discipline_member"])
        do(lambda: take_post(by=BY, person=person, organisation=branch, kind=kind, on=on))

    def resign(self) -> None:
        post = self.dice.choice(list(self.anybody().posts.of(unit=self.place.unit)) or [None])
        if post and post.is_open:
            do(lambda: leave_post(by=BY, row=post, on=self.day()))

    def move(self) -> None:
        what, under, on = self.branch(), self.branch(), self.day()
        do(lambda: move_organisation(by=BY, organisation=what, under=under, on=on))

    def describe(self) -> None:
        what = self.branch()
        told = {"has_committee": self.dice.choice([True, False, None]), "staff_total": 20}
        do(lambda: describe_organisation(by=BY, organisation=what, version=what.version, on=TODAY, told=told))

    def elect(self) -> None:
        what, on = self.branch(), self.day()
        do(lambda: open_term(by=BY, organisation=what, started_on=on, on=on))

    def found(self) -> None:
        above, on = Organisation.objects.of(pk=self.place.place(COMMITTEE)).get(), self.day()
        told: dict[str, Any] = {
            "name": f"新设党支部{on}",
            "kind": "branch",
            "parent": above,
            "unit": self.place.unit,
            "on": on,
        }
        do(lambda: found_organisation(by=BY, **told))

    def become(self) -> None:
        what, on = self.branch(), self.day()
        kind = self.dice.choice(["joint_branch", "branch"])
        do(lambda: change_kind(by=BY, organisation=what, kind=kind, name=f"改设党支部{what.pk}{on}", on=on))

    def exempt(self) -> None:
        what, since = self.branch(), self.day()
        told: dict[str, Any] = {
            "rule": "",
            "since": since,
            "until": since + timedelta(days=40),
            "basis": "批复",
            "today": TODAY,
        }
        do(lambda: exempt(by=BY, organisation=what, **told))


def years(place: Bureau) -> list[Any]:
    rows = DutyYear.objects.of(unit=place.unit).order_by("organisation", "year")
    return list(rows.values_list("organisation", "year", "failures", "pending", "cells"))


@pytest.mark.parametrize("seed", range(8))
def test_change_by_change_comes_to_the_same_as_all_at_once(seed: int) -> None:
    place = living(packs=EVERY_PACK)
    life = Life(place, seed)
    for _ in range(CHANGES):
        life.happens()
    bit_by_bit, by_year = everything(place), years(place)
    rebuild(place.unit.pk)
    assert everything(place) == bit_by_bit
    assert [row[:4] for row in years(place)] == [row[:4] for row in by_year]


@pytest.mark.parametrize("seed", range(2))
def test_so_it_does_when_days_go_by_and_periods_are_settled(seed: int) -> None:
    place = living(date(2026, 5, 2), EVERY_PACK)
    life = Life(place, seed)
    for week in range(1, 8):
        life.happens()
        advance(place.unit.pk, date(2026, 5, 2) + timedelta(weeks=2 * week))
    bit_by_bit = everything(place)
    rebuild(place.unit.pk)
    assert everything(place) == bit_by_bit
