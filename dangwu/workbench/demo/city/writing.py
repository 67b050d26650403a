"""Writing the city, a department at a time, many rows with a statement. Part of an action."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from dangwu.foundation.history import Dated, open_lines
from dangwu.foundation.pinyin import spelled
from dangwu.foundation.sealing.sealed import seal
from dangwu.kernel.span import FAR
from dangwu.members.models import Affiliation, Circumstances, GroupPlace, Membership, Person, Post
from dangwu.organisations.models import Group, Organisation, Standing, Term, Unit
from dangwu.workbench.demo.city.reorganising import COMMITTEE_OF_A_BRANCH_FROM, is_branch
from dangwu.workbench.demo.city.shapes import Body, Department, Life, Office, Team

CHUNK = 2_000  # people whose rows are in memory at a time
BATCH = 2_000


class CityWriter:
    """Writes departments, and remembers the keys of what the next may refer to: those of the last, and of what stands
    above all departments.
    """

    def __init__(self) -> None:
        self._unit: Unit | None = None
        self._units: dict[Office, int] = {}
        self._committees: dict[Body, int] = {}
        self._bodies: dict[Body, int] = {}
        self._teams: dict[Team, int] = {}
        self._people: dict[Life, int] = {}

    @property
    def keys(self) -> tuple[int, dict[Body, int], dict[Life, int]]:
        """The keys of the unit that keeps the site, and of the organisations and people of the last department."""
        assert self._unit is not None
        return self._unit.pk, self._bodies, self._people

    def write(self, department: Department) -> None:
        """Write all that is told of a department."""
        self._people = {}
        self._write_offices(department.offices)
        bodies = self._write_bodies(department.bodies)
        if not department.lives:
            self._committees |= bodies
            return
        teams = self._write_teams(department.bodies, bodies)
        self._bodies, self._teams = self._bodies | bodies, self._teams | teams
        lives = iter(department.lives)
        while chunk := list(islice(lives, CHUNK)):
            self._write_lives(chunk)
        self._bodies, self._teams = bodies, teams

    @property
    def _told(self) -> dict[str, Any]:
        """What every row has: the unit that keeps the whole site."""
        assert self._unit is not None
        return {"unit_id": self._unit.pk}

    def _write_offices(self, offices: list[Office]) -> None:
        self._units = {}
        for office in offices:
            above = self._units.get(office.above) if office.above else None
            unit = Unit(name=office.name, short_name=office.short, kind=office.kind, parent_id=above)
            unit.save()
            self._units[office] = unit.pk
            self._unit = self._unit or unit

    def _write_bodies(self, bodies: list[Body]) -> dict[Body, int]:
        rows = [self._organisation(body) for body in bodies]
        Organisation.objects.bulk_create(rows, batch_size=BATCH)
        keys = {body: row.pk for body, row in zip(bodies, rows, strict=True)}
        open_lines([row for body in bodies for row in self._standings(body, self._committees | keys)])
        Term.objects.bulk_create([row for body in bodies for row in self._terms(body, keys[body])], batch_size=BATCH)
        return keys

    def _write_teams(self, bodies: list[Body], keys: dict[Body, int]) -> dict[Team, int]:
        teams = [(body, team) for body in bodies for team in _teams_of(body)]
        groups = open_lines([self._group(keys[body], team) for body, team in teams])
        return {team: group.pk for (_, team), group in zip(teams, groups, strict=True)}

    def _organisation(self, body: Body) -> Organisation:
        return Organisation(
            stands_in_id=self._units[body.office],
            founded_on=body.founded_on,
            dissolved_on=body.dissolved_on,
            parent_known=True,
            has_committee=body.size >= COMMITTEE_OF_A_BRANCH_FROM if is_branch(body) else None,
            units_covered=body.joins if body.joins > 1 else None,
            staff_total=body.staff,
            **self._told,
        )

    def _standings(self, body: Body, keys: dict[Body, int]) -> Iterator[Standing]:
        for stand in body.stands:
            spelling = spelled(stand.name, stand.short_name)
            yield Standing(
                organisation_id=keys[body],
                name=stand.name,
                short_name=stand.short_name,
                kind=stand.kind,
                parent_id=keys[stand.parent] if stand.parent else None,
                path=stand.path,
                pinyin=spelling.whole[:400],
                initials=spelling.initials[:100],
                valid_from=stand.since,
                valid_until=stand.until,
                **self._told,
            )

    def _terms(self, body: Body, key: int) -> Iterator[Term]:
        for term in body.terms:
            days = {"started_on": term.started_on, "until": term.until, "postponed_until": term.postponed_until}
            yield Term(organisation_id=key, **days, **self._told)

    def _group(self, organisation: int, team: Team) -> Group:
        return Group(
            organisation_id=organisation,
            name=team.name,
            party_group=team.party,
            mutual_help_group=team.mutual_help,
            duty_group=team.duty,
            **_span(team.since, team.until),
            **self._told,
        )

    # --- people

    def _write_lives(self, lives: list[Life]) -> None:
        people = Person.objects.bulk_create([self._person(life) for life in lives], batch_size=BATCH)
        self._people |= {life: person.pk for life, person in zip(lives, people, strict=True)}
        keys = [(life, {"person_id": person.pk, **self._told}) for life, person in zip(lives, people, strict=True)]
        for rows_of in (self._memberships, self._affiliations, self._circumstances, self._posts, self._places):
            open_lines([row for life, told in keys for row in rows_of(life, told)])

    def _person(self, life: Life) -> Person:
        spelling = spelled(life.name)
        person = Person(
            uid=life.uid,
            name=life.name,
            pinyin=spelling.whole[:200],
            initials=spelling.initials[:60],
            gender="女" if life.woman else "男",
            ethnicity=life.ethnicity,
            birth=life.born.isoformat(),
            native_place=life.native_place,
            education=life.education,
            degree=life.degree,
            working_since=life.working_since,
            unit_post=life.unit_post,
            **self._told,
        )
        person.identity = seal(life.identity, owner=life.uid, field="members.person.identity")
        person.phone = seal(life.phone, owner=life.uid, field="members.person.phone")
        return person

    def _memberships(self, life: Life, told: dict[str, Any]) -> Iterator[Dated]:
        for step in life.steps:
            dues = {"dues_base": life.dues_base, "dues_paid": life.dues_paid} if step.until == FAR else {}
            yield Membership(
                kind=step.kind,
                ending=step.ending,
                joined_on=step.joined_on,
                confirmed_on=step.confirmed_on,
                **_span(step.since, step.until),
                **dues,
                **told,
            )

    def _affiliations(self, life: Life, told: dict[str, Any]) -> Iterator[Dated]:
        for stay in life.stays:
            places = {"organisation_id": self._bodies[stay.body], "group_id": self._key_of(stay.team)}
            yield Affiliation(**places, **_span(stay.since, stay.until), **told)

    def _circumstances(self, life: Life, told: dict[str, Any]) -> Iterator[Dated]:
        for lot in life.lots:
            where = {"employment": lot.employment, "whereabouts": lot.whereabouts}
            how = {"category": lot.category, "infirm": lot.infirm}
            yield Circumstances(**where, **how, **_span(lot.since, lot.until), **told)

    def _posts(self, life: Life, told: dict[str, Any]) -> Iterator[Dated]:
        for held in life.posts:
            places = {"organisation_id": self._bodies[held.body], "group_id": self._key_of(held.team)}
            span = _span(held.since, held.until)
            yield Post(kind=held.kind, full_time=held.full_time, **places, **span, **told)

    def _places(self, life: Life, told: dict[str, Any]) -> Iterator[Dated]:
        for team, since, until in life.teams:
            yield GroupPlace(group_id=self._teams[team], **_span(since, until), **told)

    def _key_of(self, team: Team | None) -> int | None:
        return self._teams[team] if team else None


def _teams_of(body: Body) -> Iterator[Team]:
    for era in body.eras:
        yield from era.teams
    yield from body.further_teams


def _span(since: date, until: date) -> dict[str, date]:
    return {"valid_from": since, "valid_until": until}
