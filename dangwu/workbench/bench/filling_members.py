"""A large site in the database: a tree of organisations and its people with a long history, the same every time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, pairwise
from random import Random
from typing import Any, TypeVar

from django.db import transaction

from dangwu.foundation.actors import CommandLine
from dangwu.foundation.deeds import Deed, doing
from dangwu.foundation.history import open_lines
from dangwu.foundation.pinyin import spelled
from dangwu.foundation.sealing.sealed import seal
from dangwu.kernel.span import FAR
from dangwu.kernel.tree_path import TreePath
from dangwu.members.models import Affiliation, Circumstances, Membership, Person, Post
from dangwu.organisations.models import Group, Organisation, OrganisationKind, Standing, Unit

BEGIN, TODAY = date(2000, 1, 1), date(2026, 9, 30)
DAYS = (TODAY - BEGIN).days
RENAMED = date(2014, 6, 1)
BRANCHES_BELOW, GENERAL_BELOW = 25, 10
PER_BRANCH = 20  # people, about
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟芳秀英敏静丽强磊军洋艳勇杰娟涛明超霞平刚桂兰红梅建国志华文"
EDUCATION = ("研究生", "大学", "大专", "高中")
CHUNK = 4_000  # rows in memory at a time
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shape:
    """How many people, and how many affiliations they had together from 2000 on."""

    members: int
    affiliations: int

    @property
    def committees(self) -> int:
        """How many committees it takes, of at most 5,000 people or a little more."""
        return max(1, self.members // (PER_BRANCH * BRANCHES_BELOW * GENERAL_BELOW))


@dataclass(frozen=True, slots=True)
class Filled:
    """What there is: the highest organisation, the first committee below it, and the branches."""

    unit: Unit
    top: Standing
    committee: Standing
    branches: tuple[Standing, ...]


def fill_members(shape: Shape) -> Filled:
    """Fill an empty database; nothing of it is audited."""
    with transaction.atomic(), doing(Deed("bench.fill", CommandLine("bench"), trial=True)):
        unit = Unit.objects.create(name="示例市")
        top, committee, branches = _tree(unit, shape.committees)
        groups = _groups(unit, branches)
        people = _people(unit, shape.members)
        _histories(unit, people, branches, groups, shape.affiliations)
        _posts(unit, people, branches)
    return Filled(unit, top, committee, tuple(branches))


# --- organisations


def _tree(unit: Unit, committees: int) -> tuple[Standing, Standing, list[Standing]]:
    top = _level(unit, [(None, "市直机关工委", TreePath("0001"))], OrganisationKind.WORKING_COMMITTEE)
    upper = _level(unit, _below(top, committees, "机关党委"), OrganisationKind.COMMITTEE)
    general = _level(unit, _below(upper, GENERAL_BELOW, "党总支"), OrganisationKind.GENERAL_BRANCH)
    branches = _level(unit, _below(general, BRANCHES_BELOW, "党支部"), OrganisationKind.BRANCH)
    return top[0], upper[0], branches


Place = tuple[Standing | None, str, TreePath]


def _below(level: Sequence[Standing], number: int, word: str) -> list[Place]:
    return [
        (parent, f"{parent.name if parent.kind != 'working_committee' else ''}第{count}{word}", place)
        for parent in level
        for count in range(1, number + 1)
        for place in [TreePath(parent.path).child(count)]
    ]


def _level(unit: Unit, places: Sequence[Place], kind: OrganisationKind) -> list[Standing]:
    """Organisations that were renamed once: as they stand since then."""
    bodies = [Organisation(unit=unit, founded_on=BEGIN, parent_known=True, has_committee=True) for _ in places]
    Organisation.objects.bulk_create(bodies, batch_size=CHUNK)
    rows = [_standing(unit, body, place, kind) for body, place in zip(bodies, places, strict=True)]
    open_lines([_earlier(row) for row in rows])
    return open_lines(rows)


def _standing(unit: Unit, body: Organisation, place: Place, kind: OrganisationKind) -> Standing:
    parent, name, path = place
    above = parent.organisation_id if parent else None
    sound = spelled(name)
    return Standing(
        unit=unit,
        organisation=body,
        name=name,
        kind=kind,
        parent_id=above,
        path=str(path),
        pinyin=sound.whole,
        initials=sound.initials,
        valid_from=RENAMED,
    )


def _earlier(row: Standing) -> Standing:
    """How an organisation stood until it was renamed."""
    columns = ("unit_id", "organisation_id", "kind", "parent_id", "path", "pinyin", "initials")
    kept = {name: getattr(row, name) for name in columns}
    return Standing(name=f"原{row.name}", valid_from=BEGIN, valid_until=RENAMED, **kept)


def _groups(unit: Unit, branches: Sequence[Standing]) -> dict[int, Group]:
    rows = [Group(unit=unit, organisation_id=b.organisation_id, name="第一党小组", valid_from=BEGIN) for b in branches]
    return {group.organisation_id: group for group in open_lines(rows)}


# --- people


def _people(unit: Unit, members: int) -> list[int]:
    """The keys of everybody."""
    people = (_person(unit, number) for number in range(members))
    return [
        person.pk for chunk in _chunks(people) for person in Person.objects.bulk_create(chunk, batch_size=CHUNK // 4)
    ]


def _person(unit: Unit, number: int) -> Person:
    name = SURNAMES[number % 20] + GIVEN[number // 20 % 30] + GIVEN[number // 600 % 30]
    sound = spelled(name)
    born = date(1960, 1, 1) + timedelta(days=number * 7 % 14_000)
    person = Person(
        unit_id=unit.pk,
        uid=f"{number:032x}",
        name=name,
        pinyin=sound.whole,
        initials=sound.initials,
        gender="男" if number % 3 else "女",
        ethnicity="汉族",
        birth=born.isoformat(),
        native_place="示例市",
        education=EDUCATION[number % 4],
        unit_post="科员",
        roster_row=number + 1,
    )
    person.phone = seal(f"139{number:08}", owner=person.uid, field="members.person.phone")
    return person


def _histories(
    unit: Unit, people: Sequence[int], branches: Sequence[Standing], groups: dict[int, Group], affiliations: int
) -> None:
    told = {"unit_id": unit.pk}
    rows: Iterator[Any]
    rows = (row for place, pk in enumerate(people) for row in _memberships(pk, place, told))
    _write(rows)
    rows = (row for place, pk in enumerate(people) for row in _circumstances(pk, place, told))
    _write(rows)
    whole, more = divmod(affiliations, len(people))
    homes = [(branch.organisation_id, groups[branch.organisation_id].pk) for branch in branches]
    rows = (
        Affiliation(person_id=pk, organisation_id=home, group_id=group, valid_from=start, valid_until=end, **told)
        for place, pk in enumerate(people)
        for start, end, (home, group) in stays(place, whole + (place < more), homes)
    )
    _write(rows)


Home = tuple[int, int]


def stays(place: int, number: int, homes: Sequence[Home]) -> list[tuple[date, date, Home]]:
    """Where somebody belonged from day to day: so many stays, the last where he still is."""
    dice = Random(place)  # noqa: S311 - dice, no secrets
    days = [0, *sorted(dice.sample(range(1, DAYS), number - 1)), (FAR - BEGIN).days]
    branches = [homes[dice.randrange(len(homes))] for _ in range(number - 1)] + [homes[place % len(homes)]]
    dates = [BEGIN + timedelta(days=day) for day in days]
    return [(start, end, home) for (start, end), home in zip(pairwise(dates), branches, strict=True)]


def _memberships(person: int, place: int, told: dict[str, Any]) -> list[Membership]:
    """Somebody who was admitted on probation between 2000 and 2025, and confirmed a year later."""
    joined = BEGIN + timedelta(days=place * 11 % 9_400)
    confirmed = joined + timedelta(days=365)
    kept = {"person_id": person, "joined_on": joined, **told}
    probation = Membership(kind="probationary", valid_from=joined, valid_until=confirmed, **kept)
    return [probation, Membership(kind="full", confirmed_on=confirmed, valid_from=confirmed, **kept)]


def _circumstances(person: int, place: int, told: dict[str, Any]) -> list[Circumstances]:
    changed = BEGIN + timedelta(days=1 + place * 13 % (DAYS - 1))
    now = "retired" if place % 4 == 0 else "in_service"
    kept = {"person_id": person, "category": "公务员", **told}
    mobile = "mobile" if place % 40 == 0 else ""
    before = Circumstances(employment="in_service", valid_from=BEGIN, valid_until=changed, **kept)
    return [before, Circumstances(employment=now, whereabouts=mobile, valid_from=changed, **kept)]


def _posts(unit: Unit, people: Sequence[int], branches: Sequence[Standing]) -> None:
    """Three posts in each branch, held by its own people."""
    kinds = ("secretary", "organisation_member", "publicity_member")
    size = len(branches)
    _write(
        Post(person_id=people[place + turn * size], organisation_id=branch.organisation_id, kind=kind, unit=unit)
        for turn, kind in enumerate(kinds)
        for place, branch in enumerate(branches)
    )


def _write(rows: Iterator[Any]) -> None:
    for chunk in _chunks(rows):
        open_lines(chunk)


def _chunks(rows: Iterator[T]) -> Iterator[list[T]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk
