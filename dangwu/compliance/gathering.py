"""All facts of a unit, gathered set-wise: a fixed number of queries, however many organisations there are.

Several modules may tell the same fact; the first that knows it for a subject answers. Each is asked only once some rule
wants to know. What was held is read once for a span (`Events`), who and what was there as of each day that is judged.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property, lru_cache, partial
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from dangwu.kernel.periods import Period
from dangwu.kernel.span import Span
from dangwu.members import facts as members
from dangwu.organisations import facts as organisations
from dangwu.organisations.models import Standing
from dangwu.organisations.queries import Only, kinds_of, standings_through
from dangwu.records import facts as records

Table = Mapping[int, Any]
Life = tuple[date | None, date | None]
Result = TypeVar("Result")
PER_PERIOD = ("groups_met", "secretary_lectures")
"""Facts of organisations that are asked for a period, but are no count of one kind of activity."""


class Source(NamedTuple):
    """Facts that are told together, and who tells them."""

    facts: frozenset[str]
    tell: Callable[[], Mapping[str, Table]]


class Counted(NamedTuple):
    """A fact that is counted month by month, and of whom it is not told in a period; 0 for whoever was never seen."""

    monthly: records.Monthly
    untold: Callable[[Period], Collection[int]] = lambda _: ()


@dataclass(frozen=True)
class Subjects:
    """One kind of subject with its facts: `ids` gives the order of every column.

    Activities go under the organisations that held them, with their own records in `activities`.
    """

    kind: str
    ids: Sequence[int]
    sources: Sequence[Source] = ()
    counted: Mapping[str, Callable[[], Counted]] = field(default_factory=dict)
    columns: dict[str, list[Any]] = field(default_factory=dict)
    activities: Sequence[dict[str, Any]] = ()

    @property
    def facts(self) -> set[str]:
        """Every fact that somebody may tell."""
        return {*self.counted, *self.columns, *(name for source in self.sources for name in source.facts)}

    def column(self, fact: str, period: Period | None) -> list[Any]:
        """One fact of every subject; None where nobody knows it."""
        if fact in self.counted:
            assert period is not None
            counted = self.counted[fact]()
            numbers, untold = records.of_period(counted.monthly, period), counted.untold(period)
            return [None if key in untold else _exact(numbers.get(key, 0)) for key in self.ids]
        if fact not in self.columns:  # what lasts is asked again for every rule and period
            self.columns[fact] = self._lasting([s.tell()[fact] for s in self.sources if fact in s.facts])
        return self.columns[fact]

    def _lasting(self, tables: list[Table]) -> list[Any]:
        if len(tables) == 1:
            return [tables[0].get(key) for key in self.ids]
        return [next((t[key] for t in tables if t.get(key) is not None), None) for key in self.ids]


@dataclass(frozen=True)
class Events:
    """What was held in a span by a unit, or by some of its organisations, read when first asked for.

    `kinds` are the kinds of activity to count, `judged` those to list one by one.
    """

    unit_id: int
    span: Span
    kinds: Sequence[str]
    judged: Sequence[str]
    only: Only = None

    @cached_property
    def counts(self) -> Mapping[str, records.Monthly]:
        return records.counts(self.unit_id, self.span, self.kinds, self.only)

    @cached_property
    def group_meetings(self) -> Mapping[int, list[Any]]:
        return records.group_meetings(self.unit_id, self.span, self.only)

    @cached_property
    def months_of_rotation(self) -> AbstractSet[int]:
        return records.months_of_rotation(self.unit_id, self.span)

    @cached_property
    def telling_hours(self) -> records.Told:
        return records.tell_hours(self.unit_id, self.span, self.only)

    @cached_property
    def rotations_without_names(self) -> records.Told:
        return records.rotations_without_names(self.unit_id, self.span, self.only)

    @cached_property
    def held(self) -> dict[tuple[str, date], Subjects]:
        """Activities that are judged one by one, by kind and day."""
        rows = records.activity_facts(self.unit_id, self.span, self.judged, self.only)
        held = {key: list(its) for key, its in groupby(rows, itemgetter("activity", "held_on"))}
        return {key: _activities(its) for key, its in held.items()}


@dataclass(frozen=True)
class Gathered:
    """Everything that rules may ask about a unit in a span. `organisations` is how each of them stood on the day."""

    organisations: dict[int, Standing]
    by_organisation: Subjects
    by_member: Subjects
    tell_belongs: Callable[[], dict[int, int]]
    events: Events | None

    @property
    def belongs(self) -> dict[int, int]:
        """The organisation of every member."""
        return self.tell_belongs()

    @property
    def held(self) -> dict[tuple[str, date], Subjects]:
        """Activities by kind and day."""
        return self.events.held if self.events else {}

    @cached_property
    def lives(self) -> list[Life]:
        """The first and the last day of every organisation, as far as they are known, in the order of the columns."""
        every = (self.organisations[key].organisation for key in self.by_organisation.ids)
        return [(o.founded_on, o.dissolved_on) for o in every]


class Stood:
    """How the organisations of a unit stood through a span, read once for all days as of which it is judged, and what
    follows from that: on most days it is the same as on the one before.
    """

    def __init__(self, unit_id: int, span: Span, only: Only = None) -> None:
        self._rows = standings_through(unit_id, span, only)
        self._last: tuple[list[Standing], Mapping[int, str], Mapping[str, Table]] = [], {}, {}

    def on(self, day: date) -> list[Standing]:
        """How they stood on a day."""
        return [standing for standing in self._rows if standing.in_force(day)]

    def facts(self, standings: list[Standing], above: Mapping[int, str]) -> Mapping[str, Table]:
        """What the standings tell."""
        if self._last[:2] != (standings, above) or not self._last[2]:
            told = organisations.standing_facts(standings, above)
            groups = {key: n for key, n in told["groups"].items() if n is not None}
            self._last = standings, above, {**told, "groups": groups}
        return self._last[2]


class _PerMonth(Mapping[int, Mapping[int, Any]]):
    """Numbers by month that are counted only where somebody asks for the month."""

    def __init__(self, rows: Mapping[int, list[Any]], count: Callable[[list[Any]], records.Monthly]) -> None:
        self._rows, self._count = rows, count
        self._done: dict[int, Mapping[int, Any]] = {}

    def __getitem__(self, month: int) -> Mapping[int, Any]:
        if month not in self._done:
            self._done[month] = self._count(self._rows[month])[month]
        return self._done[month]

    def __iter__(self) -> Iterator[int]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, month: object) -> bool:
        return month in self._rows


def gather(unit_id: int, *, on: date, events: Events | None, only: Only = None, stood: Stood | None = None) -> Gathered:
    """Gather the facts of a unit as of a day, or of some of its organisations. Without `events` no activity is known,
    which is not the same as none. Whoever judges several days hands over how all `stood`.
    """
    there = _There(unit_id, on, only, stood or Stood(unit_id, Span(on, on + timedelta(days=1)), only))
    return Gathered(there.standings, _organisations(there, events), _members(there, events), there.belongs, events)


def _once(work: Callable[[], Result]) -> Callable[[], Result]:
    """The same, done when it is first asked for and then kept."""
    return cache(work)


class _There:
    """Who and what was there on a day."""

    def __init__(self, unit_id: int, on: date, only: Only, stood: Stood) -> None:
        self.unit, self.on, self.only = unit_id, on, only
        self.asked = unit_id, on, only
        self.stood, self.family = stood, stood.on(on)
        self.standings = {s.organisation_id: s for s in self.family if only is None or s.organisation_id in only}
        self.belongs = _once(lambda: members.belongs(unit_id, on, only))
        self.secretaries = _once(self._secretaries)

    @property
    def own(self) -> Collection[Standing]:
        return self.standings.values()

    def standing_facts(self) -> Mapping[str, Table]:
        return self.stood.facts(self.family, self._above())

    def _above(self) -> dict[int, str]:
        kinds: dict[int, str] = {s.organisation_id: s.kind for s in self.family}
        missing = {s.parent_id for s in self.own if s.parent_id} - kinds.keys()
        return kinds | (kinds_of(missing, self.on) if missing else {})

    def _secretaries(self) -> dict[int, records.Leader]:
        return secretaries(self.unit, self.on)


def _organisations(there: _There, events: Events | None) -> Subjects:
    unit, on, only = there.asked
    sources = [
        _source(organisations.STANDING_FACTS, there.standing_facts),
        _source(organisations.TERM_FACTS, lambda: organisations.term_facts(unit, on, only)),
        _source(("members", "full_members"), lambda: members.head_counts(unit, on, there.own, only)),
        _source(
            ("has_committee",),
            lambda: {"has_committee": dict.fromkeys(records.committees_that_met(unit, on, only), True)},
        ),
        _source(("groups",), lambda: {"groups": members.group_counts(unit, on, only)}),
        _source(
            ("secretary_is_head",), lambda: {"secretary_is_head": members.secretary_heads(unit, on, there.own, only)}
        ),
        _source(members.POST_FACTS, lambda: members.post_facts(unit, on, only)),
    ]
    subjects = Subjects("organisation", list(there.standings), sources)
    return subjects if events is None else _with_counts(subjects, there, events)


def secretaries(unit_id: int, on: date, only: Only = None) -> dict[int, records.Leader]:
    """Who leads each organisation of the unit: a lecture may name any of them. What an organisation itself tells
    outweighs the roster, which then gives the key alone.
    """
    roster = members.secretaries(unit_id, on, only)
    leads = {key: records.Leader(*told) for key, told in roster.items()}
    for key, name in organisations.secretaries_told(unit_id, on, only).items():
        if key not in leads or leads[key].name != name:
            leads[key] = records.Leader(name)
    return leads


def _source(facts: Collection[str], tell: Callable[[], Mapping[str, Table]]) -> Source:
    return Source(frozenset(facts), _once(tell))


def _with_counts(subjects: Subjects, there: _There, events: Events) -> Subjects:
    def groups_met() -> Counted:
        groups = dict(zip(subjects.ids, subjects.column("groups", None), strict=True))
        return Counted(_PerMonth(events.group_meetings, lambda rows: records.groups_met(rows, groups)))

    counted: dict[str, Callable[[], Counted]] = {kind: partial(_counted, events, kind) for kind in events.kinds}
    counted["groups_met"] = _once(groups_met)
    counted["secretary_lectures"] = _once(lambda: _secretary_lectures(subjects.ids, there, events))
    return Subjects(subjects.kind, subjects.ids, subjects.sources, counted, subjects.columns)


def _counted(events: Events, kind: str) -> Counted:
    return Counted(events.counts.get(kind, {}))


def _secretary_lectures(ids: Sequence[int], there: _There, events: Events) -> Counted:
    """Nobody can say how often the secretary lectured where nobody knows who that is, or where one of the own lectures
    names nobody.
    """
    leads = there.secretaries()
    own = [leads[key] for key in ids if key in leads] if there.only is not None else ()
    given = records.lectures(there.unit, events.span, there.only, own)
    nameless, unled = records.nameless_lectures(given), [key for key in ids if key not in leads]
    return Counted(
        records.secretary_lectures(given, leads), lambda period: records.in_period(nameless, period).union(unled)
    )


def _members(there: _There, events: Events | None) -> Subjects:
    unit, on, only = there.asked
    source = _source(members.MEMBER_FACTS, lambda: members.member_facts(unit, on, there.belongs(), only))
    counted: dict[str, Callable[[], Counted]] = {}
    if events:
        counted["study_hours"] = _once(lambda: _study_hours(there, events))
        counted["rotation_days"] = _once(lambda: _rotation_days(there, events))
    return Subjects("member", list(there.belongs()), [source], counted)


def _study_hours(there: _There, events: Events) -> Counted:
    belongs, telling = there.belongs(), events.telling_hours
    if not telling and there.only is None:
        return Counted({}, lambda _: belongs)
    monthly = records.study_hours(there.unit, events.span, belongs, there.only)

    def untold(period: Period) -> set[int]:
        return _unseen(monthly, period, belongs, set(belongs.values()) - records.in_period(telling, period))

    return Counted(monthly, untold)


def _rotation_days(there: _There, events: Events) -> Counted:
    belongs = there.belongs()
    monthly = records.rotation_days(there.unit, events.span, belongs, there.only)

    months: AbstractSet[int] = monthly.keys() if there.only is None else events.months_of_rotation

    def untold(period: Period) -> Collection[int]:
        if months.isdisjoint(period.months):
            return belongs
        return _unseen(monthly, period, belongs, records.in_period(events.rotations_without_names, period))

    return Counted(monthly, untold)


def _unseen(monthly: records.Monthly, period: Period, belongs: dict[int, int], silent: Collection[int]) -> set[int]:
    """The members of organisations that are silent on something, but for those of whom it is told elsewhere."""
    seen = {person for month in period.months for person in monthly.get(month, ())}
    return {person for person, organisation in belongs.items() if organisation in silent and person not in seen}


def _activities(its: list[dict[str, Any]]) -> Subjects:
    columns = {name: [row[name] for row in its] for name in its[0]}
    return Subjects("activity", [row["organisation"] for row in its], columns=columns, activities=its)


@lru_cache(maxsize=10_000)
def _exact(number: int | Decimal) -> int | Fraction:
    """Decimals add fast and fractions compare exactly: sums come as the one and are judged as the other."""
    return Fraction(number) if isinstance(number, Decimal) else number
