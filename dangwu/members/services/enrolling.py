"""Enrolling the people of a roster."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from dangwu.foundation.history import as_of, open_lines
from dangwu.kernel.span import DAWN
from dangwu.members.models import Affiliation, Circumstances, Membership, Person, Post
from dangwu.members.posts import posts_in
from dangwu.organisations.models import Group, OrganisationKind, Standing, Unit

BATCH = 2_000
LINE = ("pk", "organisation", "name")


@dataclass(frozen=True, slots=True)
class Enrolment:
    """One person of a roster. `row` is the line there; `organisation` the key of his organisation, if known."""

    row: int
    name: str
    organisation: int | None
    group: str = ""
    gender: str = ""
    ethnicity: str = ""
    birth: str = ""
    education: str = ""
    in_service: bool | None = None
    infirm: bool = False
    unit_post: str = ""
    post: str = ""
    member_kind: str = ""
    joined_on: date | None = None
    confirmed_on: date | None = None
    dues_base: Decimal | None = None
    dues_paid: Decimal | None = None


def enrol(
    *, unit: Unit, enrolments: Sequence[Enrolment], organisations: Mapping[int, Standing], since: date = DAWN
) -> list[Person]:
    """Store people with membership, affiliation, circumstances and posts as they have been since a day; returns the
    people in the order of the enrolments. Part of an action. `organisations` are those of the unit by key.
    """
    people = Person.objects.bulk_create([_person(unit, e) for e in enrolments], batch_size=BATCH)
    pairs = list(zip(people, enrolments, strict=True))
    groups = _groups(unit, enrolments, since)
    told = {"unit_id": unit.pk, "valid_from": since}  # keys are much cheaper than objects where rows are many
    open_lines([_membership(person, e, told) for person, e in pairs])
    open_lines(
        [
            Affiliation(
                person_id=person.pk,
                organisation_id=e.organisation,
                group_id=groups.get((e.organisation, e.group)),
                **told,
            )
            for person, e in pairs
            if e.organisation is not None
        ]
    )
    open_lines([_circumstances(person, e, told) for person, e in pairs if e.infirm or e.in_service is not None])
    open_lines(
        [
            Post(person_id=person, organisation_id=place, kind=kind, **told)
            for person, place, kind in _posts(pairs, organisations)
        ]
    )
    return people


def _person(unit: Unit, e: Enrolment) -> Person:
    return Person(
        unit_id=unit.pk,
        name=e.name,
        gender=e.gender,
        ethnicity=e.ethnicity,
        birth=e.birth,
        education=e.education,
        unit_post=e.unit_post,
        roster_row=e.row,
    )


def _groups(unit: Unit, enrolments: Iterable[Enrolment], since: date) -> dict[tuple[int | None, str], int]:
    """The groups that the enrolments name, by organisation and name; those that are there already are kept."""
    kept = Group.objects.unscoped("the groups of the unit that is written").filter(as_of(since), unit=unit)
    groups: dict[tuple[int | None, str], int] = {(place, name): key for key, place, name in kept.values_list(*LINE)}
    named = dict.fromkeys((e.organisation, e.group) for e in enrolments if e.organisation is not None and e.group)
    fresh = [(place, name) for place, name in named if (place, name) not in groups]
    opened = open_lines([Group(unit=unit, organisation_id=p, name=name, valid_from=since) for p, name in fresh])
    return {**groups, **{line: group.pk for line, group in zip(fresh, opened, strict=True)}}


def _membership(person: Person, e: Enrolment, told: Mapping[str, Any]) -> Membership:
    return Membership(
        person_id=person.pk,
        kind=e.member_kind,
        joined_on=e.joined_on,
        confirmed_on=e.confirmed_on,
        dues_base=e.dues_base,
        dues_paid=e.dues_paid,
        **told,
    )


def _circumstances(person: Person, e: Enrolment, told: Mapping[str, Any]) -> Circumstances:
    employment = {True: Circumstances.Employment.IN_SERVICE, False: Circumstances.Employment.RETIRED}
    return Circumstances(
        person_id=person.pk,
        employment=employment[e.in_service] if e.in_service is not None else "",
        infirm=e.infirm,
        **told,
    )


def _posts(
    pairs: Iterable[tuple[Person, Enrolment]], organisations: Mapping[int, Standing]
) -> list[tuple[int, int, str]]:
    """Who holds which post where, each once."""
    single = _only_of_its_kind(organisations)
    posts: dict[tuple[int, int, str], None] = {}
    for person, e in pairs:
        for kind, above in posts_in(e.post):
            own = e.organisation if above is None or _is_of(organisations.get(e.organisation or 0), above) else None
            place = own or single.get(above)
            if place is not None:
                posts[person.pk, place, kind] = None
    return list(posts)


def _is_of(standing: Standing | None, kind: OrganisationKind) -> bool:
    return standing is not None and standing.kind == kind


def _only_of_its_kind(organisations: Mapping[int, Standing]) -> dict[OrganisationKind | None, int]:
    """“机关党委书记” says where only if the unit has just one committee."""
    keys: dict[OrganisationKind | None, list[int]] = {}
    for key, standing in organisations.items():
        keys.setdefault(OrganisationKind(standing.kind), []).append(key)
    return {kind: found[0] for kind, found in keys.items() if len(found) == 1}
