"""A batch is taken back exactly; what somebody built on it since stays, and is named."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.apps import apps

from dangwu.foundation.objections import ObjectionError
from dangwu.members.imports.tests.clinic import DAY, OFFICE, Clinic, number, person
from dangwu.members.models import Affiliation, Membership, Person, Post
from dangwu.members.services.lines import change_circumstances, transfer_person
from dangwu.members.services.posts import take_post
from dangwu.members.services.registering import describe_person
from dangwu.members.tests.conftest import BY, House

pytestmark = pytest.mark.django_db
LATER = DAY + timedelta(days=7)
BORN = {"出生日期": "1980-01"}
TABLES = ("Person", "Membership", "Affiliation", "Circumstances", "Post")
Picture = dict[str, dict[str, Any]]


def picture(*, but: frozenset[int] = frozenset()) -> Picture:
    """Every row about people, but for some of them; versions only count how often a row was written."""
    return {
        f"{name} {row['id']}": {column: value for column, value in row.items() if column != "version"}
        for name in TABLES
        for row in apps.get_model("members", name).objects.unscoped("a test").values()
        if row.get("person_id", row["id"]) not in but
    }


def known(name: str = "文清") -> Person:
    return Person.objects.unscoped("a test").get(name=name)


def test_what_was_new_is_gone(clinic: Clinic) -> None:
    before = picture()
    batch = clinic.writes(person("文清", 身份证号=number(), 党内职务="书记", 党小组="第一党小组", 在职情况="在职"))
    back = clinic.undo(batch)
    assert (picture(), back.obstacles) == (before, [])


def test_what_was_changed_is_as_it_was(clinic: Clinic) -> None:
    clinic.writes(person("文清", **BORN, 学历="本科", 党内职务="书记", 手机="16400000001"))
    before = picture()
    later = replace(clinic, on=LATER)
    changed = person("文清", "人事处党支部", **BORN, 学历="研究生", 党费基数="6000", 手机="16400000002")
    batch = later.writes(changed)
    assert picture() != before
    later.undo(batch)
    assert picture() == before


def test_a_later_edit_stands_in_the_way_and_is_named(clinic: Clinic) -> None:
    batch = clinic.writes(person("文清", **BORN), person("白露"))
    mend(known())
    before = picture()
    back = clinic.undo(batch)
    assert ("members.person", known().pk) in back.obstacles
    assert (picture(), back.rows) == (before, 0)


def test_the_rest_is_taken_back_and_whoever_was_edited_stays_whole(clinic: Clinic) -> None:
    batch = clinic.writes(person("文清", **BORN), person("白露"))
    mend(known())
    clinic.undo(batch, leaving=True)
    kept = known()
    assert list(Person.objects.unscoped("a test")) == [kept]
    assert Membership.objects.unscoped("a test").filter(person=kept).count() == 1
    assert Affiliation.objects.unscoped("a test").filter(person=kept).count() == 1


def test_what_refers_to_somebody_new_stands_in_the_way(clinic: Clinic, house: House) -> None:
    batch = clinic.writes(person("文清"))
    take_post(by=BY, person=known(), organisation=house.office, kind=Post.Kind.SECRETARY, on=LATER)
    assert ("members.person", known().pk) in clinic.undo(batch).obstacles


def test_a_post_that_was_taken_again_is_not_given_back_over_it(clinic: Clinic, house: House) -> None:
    clinic.writes(person("文清", **BORN, 党内职务="书记"))
    later = replace(clinic, on=LATER)
    batch = later.writes(person("文清", **BORN, 党内职务="组织委员"))
    on = LATER + timedelta(days=3)
    take_post(by=BY, person=known(), organisation=house.office, kind=Post.Kind.SECRETARY, on=on)
    assert clinic.undo(batch).obstacles


def test_a_batch_is_taken_back_once(clinic: Clinic) -> None:
    batch = clinic.writes(person("文清"))
    clinic.undo(batch)
    with pytest.raises(ObjectionError, match="已经撤销"):
        clinic.undo(batch)


def test_a_batch_that_was_taken_back_can_be_brought_in_again(clinic: Clinic) -> None:
    rows = [person("文清", 身份证号=number()), person("白露", **BORN)]
    clinic.undo(clinic.writes(*rows))
    assert clinic.states(*rows) == ["new", "new"]


def mend(someone: Person) -> None:
    told = {"native_place": "重庆万州"}
    describe_person(by=BY, person=someone, version=someone.version, on=LATER, reason="本人提供", told=told)


class Office:
    """Whoever goes on working after a file was brought in."""

    def __init__(self, house: House, seed: int) -> None:
        self.house, self.draw = house, Random(seed)  # noqa: S311 - a test may be repeated
        self.touched: set[int] = set()

    def work(self, someone: Person, on: date) -> None:
        """Do something or other about somebody."""
        deeds: list[Callable[[Person, date], object]] = [self._mend, self._move, self._settle, self._post]
        self.draw.choice(deeds)(someone, on)
        self.touched.add(someone.pk)

    def _mend(self, someone: Person, _: date) -> None:
        mend(someone)

    def _move(self, someone: Person, on: date) -> None:
        places = [self.house.office, self.house.personnel]
        now = Affiliation.objects.unscoped("a test").get(person=someone, valid_until__gt=on, valid_from__lte=on)
        where = next(place for place in places if place.pk != now.organisation_id)
        transfer_person(by=BY, person=someone, organisation=where, on=on)

    def _settle(self, someone: Person, on: date) -> None:
        change_circumstances(by=BY, person=someone, on=on, employment="retired")

    def _post(self, someone: Person, on: date) -> None:
        take_post(by=BY, person=someone, organisation=self.house.committee, kind="committee_member", on=on)


def crowd(draw: Random, names: list[str]) -> Iterator[dict[str, Any]]:
    """Rows of a roster that tell something new about some people."""
    for place, name in enumerate(names):
        branch = draw.choice([OFFICE, "人事处党支部"])
        more = {"学历": draw.choice(["本科", "研究生"]), "在职情况": draw.choice(["在职", "退休"])}
        yield person(name, branch, 身份证号=number(sequence=f"{2 * place + 101}"), **more)


@pytest.mark.parametrize("seed", range(8))
def test_after_any_later_work_exactly_those_it_did_not_touch_are_as_they_were(
    clinic: Clinic, house: House, seed: int
) -> None:
    office, names = Office(house, seed), [f"党员{number}" for number in range(8)]
    clinic.writes(*crowd(office.draw, names[:5]))
    before = picture()
    later = replace(clinic, on=LATER)
    batch = later.writes(*crowd(office.draw, names))
    people = list(Person.objects.unscoped("a test"))
    for step in range(office.draw.randrange(4)):
        office.work(office.draw.choice(people), LATER + timedelta(days=step + 1))
    back = later.undo(batch, leaving=True)
    touched = frozenset(office.touched)
    expected = {key: row for key, row in before.items() if row.get("person_id", row["id"]) not in touched}
    assert picture(but=touched) == expected
    assert {pk for label, pk in back.obstacles if label == "members.person"} <= touched
