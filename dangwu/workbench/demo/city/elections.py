"""Who was elected when, who took his place, and who was elected again."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import NamedTuple

from dangwu.kernel.months import add_months
from dangwu.kernel.span import FAR
from dangwu.members.models import Post
from dangwu.organisations.models import OrganisationKind
from dangwu.workbench.demo.city.days import START, on_working_day, somewhere
from dangwu.workbench.demo.city.membership import full_since
from dangwu.workbench.demo.city.reorganising import COMMITTEE_OF_A_BRANCH_FROM
from dangwu.workbench.demo.city.shapes import Body, Held, Life, Term
from dangwu.workbench.demo.people import TODAY

Kind = Post.Kind
_YEARS = {
    OrganisationKind.COMMITTEE: 5,
    OrganisationKind.DISCIPLINE_COMMITTEE: 5,
    OrganisationKind.GENERAL_BRANCH: 3,
    OrganisationKind.BRANCH: 3,
    OrganisationKind.JOINT_BRANCH: 3,
}
_FIRST_TERMS = (date(2017, 3, 1), date(2019, 12, 20))
_ON_TIME, _LATE, _POSTPONED = 0.8, 0.93, 0.98
_ASKED_AHEAD = timedelta(days=45)  # before a term ends, for leave to let it run on
_ELECTED_AGAIN, _STAYS_TO_THE_END = 0.62, 0.9
_ASKED = 40  # as many as are thought of for a post in a large body
_DEPUTY_FROM = 12
_RIPE = timedelta(days=6 * 365)
_OFFICERS = (Kind.ORGANISATION_MEMBER, Kind.PUBLICITY_MEMBER, Kind.DISCIPLINE_MEMBER)
_POSTS = {
    OrganisationKind.PARTY_LEADERSHIP_GROUP: (Kind.SECRETARY, *[Kind.COMMITTEE_MEMBER] * 4),
    OrganisationKind.COMMITTEE: (
        Kind.SECRETARY,
        Kind.DEPUTY_SECRETARY,
        Kind.DISCIPLINE_SECRETARY,
        *_OFFICERS[:2],
        *[Kind.COMMITTEE_MEMBER] * 2,
    ),
    OrganisationKind.DISCIPLINE_COMMITTEE: (Kind.COMMITTEE_MEMBER,) * 3,
    OrganisationKind.GENERAL_BRANCH: (Kind.SECRETARY, Kind.DEPUTY_SECRETARY, *_OFFICERS),
}


class Seat(NamedTuple):
    """Somebody who could be given a post, from one day to another."""

    life: Life
    since: date
    until: date


def hold_elections(body: Body, dice: Random) -> None:
    """Tell the terms of an organisation: most elections on time, some late, some put off, a few still to come."""
    years = _YEARS.get(body.kind)
    if years is None:
        return
    day = body.founded_on
    if day < _FIRST_TERMS[0]:
        day = on_working_day(somewhere(dice, *_FIRST_TERMS))
    while day < min(body.until, TODAY):
        until, postponed, following = _next(day, years, dice)
        asked_for = until < min(body.until, TODAY) + _ASKED_AHEAD
        body.terms.append(Term(day, until, postponed if asked_for else None))
        day = following


def _next(day: date, years: int, dice: Random) -> tuple[date, date | None, date]:
    """When a term ends, until when it was allowed to run on, and when the next election was."""
    until, luck = add_months(day, years * 12), dice.random()
    if luck < _ON_TIME:
        return until, None, on_working_day(until - timedelta(days=dice.randint(0, 25)))
    if luck < _LATE:
        return until, None, on_working_day(until + timedelta(days=dice.randint(15, 150)))
    if luck < _POSTPONED:
        return until, add_months(until, 6), on_working_day(until + timedelta(days=dice.randint(60, 180)))
    return until, None, on_working_day(until + timedelta(days=dice.randint(200, 420)))


class Elections:
    """Who held which posts in a department."""

    def __init__(self, lives: Iterable[Life], dice: Random) -> None:
        self._dice = dice
        self._seats: dict[Body, list[Seat]] = defaultdict(list)
        self._secretaries: dict[Body, list[tuple[Life, Held]]] = defaultdict(list)  # of discipline
        for life in lives:
            for seat_of, seat in _seats(life):
                self._seats[seat_of].append(seat)

    def fill(self, body: Body, leaves: Sequence[Body]) -> None:
        """Fill the posts of an organisation term by term, from its own members or those of its branches."""
        pool = [seat for leaf in leaves for seat in self._seats[leaf]]
        for kind, count in _counted(self._posts_of(body)):
            self._fill(body, kind, count, pool)

    def let_lead(self, discipline: Body, committee: Body) -> None:
        """Let the discipline secretary of a committee be secretary of its discipline committee."""
        for life, held in self._secretaries[committee]:
            since = max(held.since, discipline.founded_on)
            if since < held.until:
                life.posts.append(Held(discipline, Kind.SECRETARY, since, held.until))

    def _posts_of(self, body: Body) -> Sequence[Kind]:
        if body.kind in _POSTS:
            return _POSTS[body.kind]
        full = body.size
        if full < COMMITTEE_OF_A_BRANCH_FROM:
            return (Kind.SECRETARY,)
        return (Kind.SECRETARY, *([Kind.DEPUTY_SECRETARY] if full >= _DEPUTY_FROM else []), *_OFFICERS)

    def _fill(self, body: Body, kind: Kind, count: int, pool: Sequence[Seat]) -> None:
        for _ in range(count):
            held: list[tuple[Life, Held]] = []
            for since, until in _windows(body):
                self._fill_term(body, kind, (since, until), pool, held)
            if kind == Kind.DISCIPLINE_SECRETARY:
                self._secretaries[body] += held

    def _fill_term(
        self, body: Body, kind: Kind, window: tuple[date, date], pool: Sequence[Seat], held: list[tuple[Life, Held]]
    ) -> None:
        day, until = window
        while day < min(until, TODAY):
            seat = self._again(body, pool, day, until, held) or self._choose(body, kind, pool, day, until)
            if seat is None:
                return
            end = min(until, seat.until)
            if held and held[-1][0] is seat.life and held[-1][1].until == day:
                held[-1][1].until = end
            else:
                held.append((seat.life, Held(body, kind, day, end)))
                seat.life.posts.append(held[-1][1])
            if end >= min(until, TODAY):
                return
            day = on_working_day(end + timedelta(days=self._dice.randint(7, 45)))

    def _again(
        self, body: Body, pool: Sequence[Seat], day: date, until: date, held: list[tuple[Life, Held]]
    ) -> Seat | None:
        """Whoever held the post until the election, if he may and will go on."""
        if not held or held[-1][1].until != day or self._dice.random() > _ELECTED_AGAIN:
            return None
        life = held[-1][0]
        again = (seat for seat in pool if seat.life is life and seat.since <= day < seat.until)
        return next(again, None) if _may_hold(life, body, day, until) else None

    def _choose(self, body: Body, kind: Kind, pool: Sequence[Seat], day: date, until: date) -> Seat | None:
        """One of those who are there on the day and hold no other post in the same organisation."""
        dice = self._dice
        asked = dice.sample(pool, _ASKED) if len(pool) > _ASKED else pool
        fit = [seat for seat in asked if seat.since <= day < seat.until and _may_hold(seat.life, body, day, until)]
        if dice.random() < _STAYS_TO_THE_END:
            fit = [seat for seat in fit if seat.until >= min(until, TODAY)] or fit
        if not fit:
            return None
        if kind in {Kind.SECRETARY, Kind.DEPUTY_SECRETARY}:
            fit = [seat for seat in fit if day - seat.life.working_since > _RIPE] or fit
            return min(dice.sample(fit, min(3, len(fit))), key=lambda seat: seat.life.working_since)
        return dice.choice(fit)


def _seats(life: Life) -> Iterator[tuple[Body, Seat]]:
    """Where somebody could hold posts: in touch, a full member, and not yet retired but among the retired."""
    full = full_since(life.steps)
    if full == FAR or any(lot.whereabouts or lot.infirm for lot in life.lots):
        return
    for stay in life.stays:
        until = stay.until
        if not stay.body.of_retired and life.retires_on <= TODAY:
            until = min(until, life.retires_on)
        since = max(stay.since, full)
        if since < until:
            yield stay.body, Seat(life, since, until)


def _may_hold(life: Life, body: Body, day: date, until: date) -> bool:
    """Whether somebody has no other post in the organisation on those days."""
    return not any(held.body is body and held.since < until and held.until > day for held in life.posts)


def _windows(body: Body) -> list[tuple[date, date]]:
    """The terms that reach into the years that are remembered; what has none is appointed at its beginning."""
    if not body.terms:
        since = max(body.founded_on, _FIRST_TERMS[0])
        return [(on_working_day(max(since, START - _RIPE / 2)) if since < START else since, body.until)]
    days = [*(term.started_on for term in body.terms), body.until]
    return [(since, until) for since, until in pairwise(days) if until > START]


def _counted(kinds: Sequence[Kind]) -> list[tuple[Kind, int]]:
    return [(kind, kinds.count(kind)) for kind in dict.fromkeys(kinds)]
