"""Enrolling the people of a roster."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dangwu.members.models import Affiliation, Membership, Person, Post
from dangwu.members.posts import posts_in
from dangwu.organisations.models import Organisation, OrganisationKind, Unit

BATCH = 2_000


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


def enrol(*, unit: Unit, enrolments: Sequence[Enrolment], organisations: Mapping[int, Organisation]) -> list[Person]:
    """Store people, membership, affiliation and posts; returns the people in the order of the enrolments."""
    people = Person.objects.bulk_create(
        [
            Person(
                unit=unit,
                name=e.name,
                gender=e.gender,
                ethnicity=e.ethnicity,
                birth=e.birth,
                education=e.education,
                in_service=e.in_service,
                infirm=e.infirm,
                unit_post=e.unit_post,
                roster_row=e.row,
            )
            for e in enrolments
        ],
        batch_size=BATCH,
    )
    pairs = list(zip(people, enrolments, strict=True))
    Membership.objects.bulk_create([_membership(unit, person, e) for person, e in pairs], batch_size=BATCH)
    Affiliation.objects.bulk_create(
        [
            Affiliation(unit=unit, person=person, organisation_id=e.organisation, group=e.group)
            for person, e in pairs
            if e.organisation is not None
        ],
        batch_size=BATCH,
    )
    Post.objects.bulk_create(_posts(unit, pairs, organisations), batch_size=BATCH, ignore_conflicts=True)
    return people


def _membership(unit: Unit, person: Person, e: Enrolment) -> Membership:
    return Membership(
        unit=unit,
        person=person,
        kind=e.member_kind,
        joined_on=e.joined_on,
        confirmed_on=e.confirmed_on,
        dues_base=e.dues_base,
        dues_paid=e.dues_paid,
    )


def _posts(
    unit: Unit, pairs: Sequence[tuple[Person, Enrolment]], organisations: Mapping[int, Organisation]
) -> list[Post]:
    single = _only_of_its_kind(organisations)
    posts = []
    for person, e in pairs:
        for kind, above in posts_in(e.post):
            own = e.organisation if above is None or _is_of(organisations.get(e.organisation or 0), above) else None
            place = own or single.get(above)
            if place is not None:
                posts.append(Post(unit=unit, person=person, organisation_id=place, kind=kind))
    return posts


def _is_of(organisation: Organisation | None, kind: OrganisationKind) -> bool:
    return organisation is not None and organisation.kind == kind


def _only_of_its_kind(organisations: Mapping[int, Organisation]) -> dict[OrganisationKind | None, int]:
    """“机关党委书记” says where only if the unit has just one committee."""
    keys: dict[OrganisationKind | None, list[int]] = {}
    for key, organisation in organisations.items():
        keys.setdefault(OrganisationKind(organisation.kind), []).append(key)
    return {kind: found[0] for kind, found in keys.items() if len(found) == 1}
