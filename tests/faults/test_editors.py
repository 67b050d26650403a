"""Many at the same records: one wins and the other is told, and whatever meets, nobody is lost and the tree holds."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import pytest
from django.db import connection

from dangwu.foundation.actions import action, anybody
from dangwu.foundation.actors import Actor
from dangwu.foundation.history import as_of
from dangwu.foundation.objections import ConflictError, ObjectionError
from dangwu.members.models import Affiliation, Person
from dangwu.members.services.enrolling import Enrolment, enrol
from dangwu.members.services.lines import transfer_person
from dangwu.members.services.registering import describe_person, register_person
from dangwu.members.services.reorganising import dissolve_organisation, merge_organisations
from dangwu.members.tests.test_histories import holds_together
from dangwu.organisations.models import Organisation, Standing
from dangwu.organisations.services.reorganising import found_organisation, move_organisation, rename_organisation
from tests.faults.racing import Outcome, at_once, meeting
from tests.faults.stage import BY, FOUNDED, ON, Stage, audited, founded, registered, set_stage

pytestmark = pytest.mark.django_db(transaction=True)

PAIRS = 50
MOST, STEP = 100, 3  # statements of one service; every third is enough to see what comes in between


@pytest.fixture
def stage() -> Stage:
    return set_stage()


@action("faults.enrol", allow=anybody)
def enrolled(*, by: Actor, stage: Stage, number: int) -> list[Person]:  # noqa: ARG001 - every action has it
    roster = [Enrolment(row, f"党员{row}", stage.office.pk) for row in range(number)]
    return enrol(unit=stage.unit, enrolments=roster, organisations={}, since=FOUNDED)


def describe(key: int, post: str) -> Person:
    person = Person.objects.unscoped("a test").get(pk=key)
    return describe_person(by=BY, person=person, version=1, on=ON, reason="本人申请", told={"unit_post": post})


@pytest.mark.at_length
def test_of_fifty_pairs_of_editors_one_each_wins_and_the_other_sees_both(stage: Stage) -> None:
    people = enrolled(by=BY, stage=stage, number=PAIRS)
    told = audited()
    for person in people:
        outcomes = at_once([partial(describe, person.pk, post) for post in ("处长", "科长")])
        (winner,) = [each for each in outcomes if isinstance(each, Person)]
        (conflict,) = [each for each in outcomes if isinstance(each, ConflictError)]
        assert conflict.theirs["unit_post"] == winner.unit_post
        assert {conflict.yours["unit_post"], winner.unit_post} == {"处长", "科长"}
    assert audited() == told + PAIRS


class Ground(NamedTuple):
    """What a pair meets on: two branches below one committee, with a member each, and a committee elsewhere."""

    stage: Stage
    one: Organisation
    two: Organisation
    people: tuple[Person, Person]

    @classmethod
    def broken(cls, stage: Stage, name: str) -> "Ground":
        one, two = (founded(stage.unit, f"{name}第{n}党支部", "branch", stage.committee) for n in "一二")
        return cls(stage, one, two, (registered(one, f"{name}一"), registered(two, f"{name}二")))


def move(ground: Ground) -> object:
    return move_organisation(by=BY, organisation=ground.one, under=ground.stage.other, on=ON)


def rename(ground: Ground) -> object:
    return rename_organisation(by=BY, organisation=ground.one, name=f"更名{ground.one.pk}党支部", on=ON)


def dissolve(ground: Ground) -> object:
    return dissolve_organisation(by=BY, organisation=ground.one, heir=ground.stage.office, on=ON)


def transfer(ground: Ground) -> object:
    return transfer_person(by=BY, person=ground.people[1], organisation=ground.one, on=ON)


def register(ground: Ground) -> object:
    return register_person(by=BY, organisation=ground.one, name="新来", kind="full", on=ON)


def merge(ground: Ground) -> object:
    return merge_organisations(by=BY, organisations=[ground.one], into=ground.two, on=ON)


def dissolve_heir(ground: Ground) -> object:
    return dissolve_organisation(by=BY, organisation=ground.two, heir=ground.stage.office, on=ON)


def found(ground: Ground) -> object:
    unit, parent = ground.stage.unit, ground.stage.committee
    return found_organisation(by=BY, unit=unit, parent=parent, name=f"同名{ground.one.pk}", kind="branch", on=ON)


def found_below(ground: Ground) -> object:
    unit, parent = ground.stage.unit, ground.one
    return found_organisation(by=BY, unit=unit, parent=parent, name="下级党支部", kind="branch", on=ON)


def under_the_other(ground: Ground) -> object:
    return move_organisation(by=BY, organisation=ground.one, under=ground.two, on=ON)


def and_back(ground: Ground) -> object:
    return move_organisation(by=BY, organisation=ground.two, under=ground.one, on=ON)


Deed = Callable[[Ground], object]
PAIRED: tuple[tuple[Deed, Deed], ...] = (
    (move, rename),
    (dissolve, transfer),
    (dissolve, register),
    (found, found),
    (dissolve, found_below),
    (merge, dissolve_heir),
    (under_the_other, and_back),
    (transfer, transfer),
)


def invariants_hold() -> None:
    """The tree holds together, namesakes are no siblings, and everybody belongs to one organisation that is there."""
    assert holds_together(ON)
    standing = Standing.objects.unscoped("a test").filter(as_of(ON))
    names = list(standing.values_list("parent", "name"))
    assert len(set(names)) == len(names)
    there = set(standing.values_list("organisation", flat=True))
    belonging = list(Affiliation.objects.unscoped("a test").filter(as_of(ON)).values_list("person", "organisation"))
    assert {organisation for _, organisation in belonging} <= there
    assert len(belonging) == Person.objects.unscoped("a test").count()


def are_answers(outcomes: list[Outcome]) -> bool:
    """Whether each was done, or refused in a sentence for people."""
    return all(not isinstance(each, Exception) or isinstance(each, ObjectionError) for each in outcomes)


@pytest.mark.at_length
def test_fifty_pairs_reorganise_the_same_on_the_same_day(stage: Stage) -> None:
    told = audited()
    done = grounds = 0
    for number in range(PAIRS):
        ground = Ground.broken(stage, f"{number}号")
        outcomes = at_once([partial(deed, ground) for deed in PAIRED[number % len(PAIRED)]])
        assert are_answers(outcomes), outcomes
        grounds += 4
        done += sum(not isinstance(each, Exception) for each in outcomes)
    invariants_hold()
    assert audited() == told + grounds + done


@pytest.mark.skipif(connection.vendor == "sqlite", reason="it lets one write at a time: nothing can come in between")
@pytest.mark.parametrize("pair", PAIRED)
def test_wherever_one_comes_into_the_other_the_invariants_hold(stage: Stage, pair: tuple[Deed, Deed]) -> None:
    for before in range(0, MOST, STEP):
        ground = Ground.broken(stage, f"{before}号")
        outcomes, met = meeting(*(partial(deed, ground) for deed in pair), before=before)
        assert are_answers(outcomes), outcomes
        invariants_hold()
        if not met:
            return
    raise AssertionError("a service that never ends")
