"""A year of organisations as their ledgers tell it: who belonged and led, what was held. The same queries for one
organisation and for fifty.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, TypeVar

from dangwu.foundation.history import as_of, during
from dangwu.foundation.scope import Scope
from dangwu.kernel.span import Span
from dangwu.kernel.tree_path import TreePath
from dangwu.members.models import MEMBERS, Affiliation, Circumstances, Membership, Person, Post
from dangwu.organisations.models import Group, Standing, Term
from dangwu.organisations.queries import ancestors, last_standing, standings
from dangwu.records.gathered import is_told, records_by_organisation
from dangwu.records.kinds import ActivityKinds
from dangwu.records.queries import Record
from dangwu.records.standing import activity_kinds

AT_ONCE = 40
"""Organisations that are gathered together: more would only cost memory."""
AT_HAND = "they belong to an organisation that is at hand"
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Lines:
    """The dated rows of one person."""

    memberships: Sequence[Membership] = ()
    circumstances: Sequence[Circumstances] = ()
    posts: Sequence[Post] = ()
    stays: Sequence[Affiliation] = ()

    def membership_on(self, day: date) -> Membership | None:
        """Whether and how he was a member on a day."""
        membership: Membership | None = on_day(self.memberships, day)
        return membership

    def is_member(self, day: date) -> bool:
        """Whether he was a member on a day; whoever is told without his kind is one."""
        membership = self.membership_on(day)
        return membership is not None and membership.kind in {*MEMBERS, ""}


@dataclass(frozen=True)
class BranchYear:
    """What an organisation's ledgers of a year are written from, as of its last day or of today."""

    standing: Standing
    above: str
    span: Span
    on: date
    kinds: ActivityKinds
    every: Sequence[Record]
    people: Mapping[int, Person]
    lines: Mapping[int, Lines]
    terms: Sequence[Term]
    groups: Sequence[Group]
    names: Mapping[int, str]

    @property
    def year(self) -> int:
        """Which year."""
        return self.span.start.year

    @property
    def organisation(self) -> int:
        """The key of the organisation."""
        return self.standing.organisation_id

    @cached_property
    def records(self) -> list[Record]:
        """What may be told of, in the order of days."""
        return [record for record in self.every if is_told(record, self.kinds)]

    @cached_property
    def confidential(self) -> dict[str, int]:
        """How many talks there were, by the name of their kind: nothing else of them is told."""
        number: dict[str, int] = defaultdict(int)
        for record in self.every:
            if not is_told(record, self.kinds):
                number[self.kinds.name_of(record.activity.kind)] += 1
        return dict(number)

    def belonging(self, day: date) -> list[Person]:
        """The members who belonged on a day, those first who lead."""
        there = [p for key, p in self.people.items() if on_day(self.lines[key].stays, day)]
        members = [person for person in there if self.lines[person.pk].is_member(day)]
        return sorted(members, key=lambda p: (LEADING.get(self.post_on(p.pk, day), len(LEADING)), p.pinyin, p.pk))

    def post_on(self, person: int, day: date) -> str:
        """The first of the posts that somebody held here on a day, empty for none."""
        held = [post.kind for post in self.lines[person].posts if post.in_force(day)]
        return min(held, key=lambda kind: LEADING[kind], default="")

    def post_on_committee(self, person: int, day: date) -> bool:
        """Whether somebody sat on the committee on a day."""
        return any(post.kind in COMMITTEE and post.in_force(day) for post in self.lines[person].posts)

    def committee(self, day: date) -> list[Post]:
        """Who sat on the committee on a day, the secretary first."""
        posts = [post for lines in self.lines.values() for post in lines.posts if post.in_force(day)]
        return sorted((p for p in posts if p.kind in COMMITTEE), key=lambda p: (LEADING[p.kind], p.pk))

    def term(self) -> Term | None:
        """The term of office in which the year ended."""
        begun = [term for term in self.terms if term.started_on and term.started_on <= self.on]
        return max(begun, key=lambda term: term.started_on or date.min, default=None)

    def name_of(self, kind: str) -> str:
        """What a kind of activity is called; one that the rulebook knows no longer is an activity all the same."""
        known = self.kinds.get(kind)
        return known.name if known else "活动"


LEADING = {kind: place for place, kind in enumerate(Post.Kind.values)}
COMMITTEE = frozenset(Post.Kind.values) - {Post.Kind.GROUP_LEADER, Post.Kind.PARTY_AFFAIRS_STAFF}


def on_day(rows: Iterable[Any], day: date) -> Any:  # noqa: ANN401 - whatever rows they are
    """The row that holds on a day, None where there is none."""
    return next((row for row in rows if row.in_force(day)), None)


def year_span(year: int) -> Span:
    """The days of a year."""
    return Span(date(year, 1, 1), date(year + 1, 1, 1))


def day_for(year: int, today: date) -> date:
    """The day as of which a ledger of a year stands: its last, or today where that is still to come."""
    return min(today, date(year, 12, 31))


def branch_year(standing: Standing, year: int, today: date) -> BranchYear | None:
    """The year of one organisation at hand; None where it was not there in that year. One that was dissolved meanwhile
    is told as it was on its last day.
    """
    last = last_standing(standing.organisation_id, day_for(year, today))
    if last is None or last.valid_until <= date(year, 1, 1):
        return None
    on = min(day_for(year, today), last.valid_until - timedelta(days=1))
    above = next((row.name for row in reversed(list(ancestors(last, on)))), "")
    return _gathered([last], {last.organisation_id: above}, year, on)[0]


def branch_years(scope: Scope, keys: Sequence[int], year: int) -> list[BranchYear]:
    """The years of organisations of a scope, as of its day; take them `AT_ONCE` at a time."""
    rows = list(standings(scope).filter(organisation__in=keys).select_related("organisation__unit"))
    higher = Standing.objects.unscoped("what stands above is told to whoever sees what is below").filter(
        as_of(scope.on)
    )
    names = dict(higher.filter(organisation__in={row.parent_id for row in rows}).values_list("organisation", "name"))
    above = {row.organisation_id: names.get(row.parent_id or 0, "") for row in rows}
    return _gathered(rows, above, year, scope.on)


def _gathered(rows: Sequence[Standing], above: Mapping[int, str], year: int, on: date) -> list[BranchYear]:
    keys, span = [row.organisation_id for row in rows], year_span(year)
    scope = Scope(tuple(TreePath(row.path) for row in rows), on)
    held = records_by_organisation(scope, keys, span)
    stays = _by(_during(Affiliation, span, keys, "group"), lambda row: row.organisation_id)
    posts = _by(_during(Post, span, keys), lambda row: row.organisation_id)
    people = {row.person_id: row.person for rows in (*stays.values(), *posts.values()) for row in rows}
    lines = _Lines(list(people), span)
    terms = _by(Term.objects.of(organisation__in=keys).order_by("started_on"), lambda row: row.organisation_id)
    groups = Group.objects.of(organisation__in=keys).filter(as_of(on)).order_by("name")
    grouped = _by(groups, lambda row: row.organisation_id)
    names = _names(held.values(), on)
    return [
        BranchYear(
            standing=row,
            above=above[row.organisation_id],
            span=span,
            on=on,
            kinds=activity_kinds(),
            every=held[row.organisation_id],
            people={r.person_id: r.person for r in (*stays[row.organisation_id], *posts[row.organisation_id])},
            lines=lines.of(stays[row.organisation_id], posts[row.organisation_id]),
            terms=terms[row.organisation_id],
            groups=grouped[row.organisation_id],
            names=names,
        )
        for row in rows
    ]


def _during(model: Any, span: Span, keys: Sequence[int], *more: str) -> Iterable[Any]:  # noqa: ANN401 - a model of dated rows
    rows = model.objects.of(organisation__in=keys).filter(during(span)).select_related("person", *more)
    return rows.order_by("valid_from", "pk")  # type: ignore[no-any-return]


class _Lines:
    """The dated rows of many people."""

    def __init__(self, people: Sequence[int], span: Span) -> None:
        memberships = Membership.objects.unscoped(AT_HAND).filter(during(span), person__in=people)
        circumstances = Circumstances.objects.unscoped(AT_HAND).filter(during(span), person__in=people)
        self._memberships = _by(memberships.order_by("valid_from"), lambda row: row.person_id)
        self._circumstances = _by(circumstances.order_by("valid_from"), lambda row: row.person_id)

    def of(self, stays: Sequence[Affiliation], posts: Sequence[Post]) -> dict[int, Lines]:
        """Those of the people of one organisation."""
        stayed, held = _by(stays, lambda row: row.person_id), _by(posts, lambda row: row.person_id)
        return {
            person: Lines(self._memberships[person], self._circumstances[person], held[person], stayed[person])
            for person in {*stayed, *held}
        }


def _by(rows: Iterable[Row], key: Callable[[Row], int]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def _names(held: Iterable[Sequence[Record]], on: date) -> dict[int, str]:
    """What the organisations are called that held something together."""
    joined = [record for records in held for record in records if record.partners]
    keys = {row.organisation_id for record in joined for row in record.partners}
    keys |= {record.activity.organisation_id for record in joined}
    if not keys:
        return {}
    rows = Standing.objects.unscoped("with whom something was held is told to who held it").filter(
        organisation__in=keys
    )
    return dict(rows.filter(valid_from__lte=on).order_by("valid_from").values_list("organisation", "name"))
