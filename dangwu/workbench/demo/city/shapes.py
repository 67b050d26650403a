"""The plain values of the city: organisations with all that they were, people with all that they went through."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from dangwu.kernel.span import FAR
from dangwu.members.models import Circumstances, Membership, Post
from dangwu.organisations.models import OrganisationKind


@dataclass(slots=True, eq=False)
class Office:
    """An administrative unit, under the unit `above`. `former` is what it was called until `renamed_on`."""

    name: str
    short: str
    kind: str
    above: "Office | None" = None
    former: tuple[str, str] = ("", "")
    renamed_on: date | None = None

    def called(self, day: date) -> tuple[str, str]:
        """Name and short name on a day, those of the unit above included where it is called after that."""
        if self.renamed_on and day < self.renamed_on:
            return self.former
        return self.name, self.short


class Place(NamedTuple):
    """Below which organisation one stood since a day, and as which number there."""

    since: date
    parent: "Body | None"
    number: int


class Stand(NamedTuple):
    """How an organisation stood from one day to another."""

    since: date
    until: date
    name: str
    short_name: str
    kind: OrganisationKind
    parent: "Body | None"
    path: str


class Term(NamedTuple):
    """A term of office."""

    started_on: date
    until: date
    postponed_until: date | None = None


@dataclass(slots=True, eq=False)
class Team:
    """A group in a branch, from one day to another."""

    name: str
    since: date
    until: date = FAR
    party: bool = True
    mutual_help: bool = False
    duty: bool = False


class Era(NamedTuple):
    """The party groups into which a branch was divided from one day to another."""

    since: date
    until: date
    teams: tuple[Team, ...]


class Merger(NamedTuple):
    """Another branch that went into this one on a day; so many of those who are here came from it."""

    on: date
    other: "Body"
    members: int


class Detachment(NamedTuple):
    """A temporary branch in which some of a branch's members were for a time."""

    since: date
    until: date
    other: "Body"
    members: int


@dataclass(slots=True, eq=False)
class Body:
    """A party organisation with its history. `size` is how many members it has today.

    Its first members came from `origins`, if it was founded in the years that are remembered.
    """

    office: Office
    kinds: list[tuple[date, OrganisationKind]]
    sites: list[tuple[date, str]]
    places: list[Place]
    founded_on: date
    dissolved_on: date | None = None
    size: int = 0
    of_retired: bool = False
    joins: int = 1
    origins: tuple["Body", ...] = ()
    is_origin: bool = False
    merged: list[Merger] = field(default_factory=list)
    detached: list[Detachment] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    eras: list[Era] = field(default_factory=list)
    further_teams: list[Team] = field(default_factory=list)
    stands: list[Stand] = field(default_factory=list)
    staff: int | None = None
    given: int = 0  # numbers that have been given to organisations below it

    @property
    def kind(self) -> OrganisationKind:
        """What it is now, or was at last."""
        return self.kinds[-1][1]

    @property
    def until(self) -> date:
        """Its end, or FAR."""
        return self.dissolved_on or FAR

    def next_number(self) -> int:
        """A number for something below it that nothing else ever had."""
        self.given += 1
        return self.given


class Step(NamedTuple):
    """A stage of membership."""

    since: date
    until: date
    kind: Membership.Kind
    ending: str = ""
    joined_on: date | None = None
    confirmed_on: date | None = None


class Stay(NamedTuple):
    """Where somebody belonged from one day to another."""

    body: Body
    since: date
    until: date
    team: Team | None = None


class Lot(NamedTuple):
    """Somebody's circumstances from one day to another."""

    since: date
    until: date
    employment: Circumstances.Employment
    whereabouts: str = ""
    category: str = ""
    infirm: bool = False


@dataclass(slots=True)
class Held:
    """A post that somebody held."""

    body: Body
    kind: Post.Kind
    since: date
    until: date
    team: Team | None = None
    full_time: bool | None = None


@dataclass(slots=True, eq=False)
class Life:
    """Somebody, with all that is remembered of him."""

    name: str
    woman: bool
    ethnicity: str
    native_place: str
    born: date
    education: str
    degree: str
    working_since: date
    unit_post: str
    category: str
    retires_on: date
    identity: str
    phone: str
    uid: str
    joined_on: date
    steps: list[Step] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    lots: list[Lot] = field(default_factory=list)
    posts: list[Held] = field(default_factory=list)
    teams: list[tuple[Team, date, date]] = field(default_factory=list)
    dues_base: Decimal | None = None
    dues_paid: Decimal | None = None


@dataclass(slots=True)
class Department:
    """What is told of the city at a time: new units, organisations (the higher first), and people."""

    name: str
    offices: list[Office]
    bodies: list[Body]
    lives: list[Life]

    @property
    def leaves(self) -> list[Body]:
        """The branches that there are today."""
        return [body for body in self.bodies if body.size]
