"""All facts of a unit, gathered set-wise: a fixed number of queries, however many organisations there are.

Several modules may tell the same fact; the first that knows it for a subject answers. Each is asked only once some rule
wants to know. What was held is read once for a span (`Events`), who and what was there as of each day that is judged.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, cached_property, partial
from typing import Any, TypeVar

from dangwu.compliance.subjects import Counted, Events, Source, Subjects
from dangwu.kernel.periods import Period
from dangwu.kernel.span import Span
from dangwu.members import facts as members
from dangwu.organisations import facts as organisations
from dangwu.organisations.models import Standing
from dangwu.organisations.queries import Only, kinds_of, standings_through
from dangwu.records import attended
from dangwu.records import facts as records

Table = Mapping[int, Any]
Life = tuple[date | None, date | None]
Result = TypeVar("Result")
PER_PERIOD = ("groups_met", "secretary_lectures", "members_talked_with", "members_warned")
"""Facts of organisations that are asked for a period, but are no count of one kind of activity."""
ROTATION, TRAINING = "community_rotation", "training"
LIFE_MEETING = ("organisational_life_meeting",)
BRANCH_LIFE = ("general_assembly", "group_meeting", "party_lecture", "theme_day", *LIFE_MEETING)
"""In what leading cadres take part as ordinary members."""


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
        return secretaries(self.unit, self.on, self.only)


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
    """Who leads each organisation of a unit, or some of them. What an organisation itself tells outweighs the roster,
    which then gives the key alone.
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
        return Counted.monthly(_PerMonth(events.group_meetings, lambda rows: records.groups_met(rows, groups)))

    counted: dict[str, Callable[[], Counted]] = {kind: partial(_counted, events, kind) for kind in events.kinds}
    counted["groups_met"] = _once(groups_met)
    counted["secretary_lectures"] = _once(lambda: _secretary_lectures(subjects.ids, there, events))
    counted["members_talked_with"] = _once(lambda: _talked_with(there, events))
    counted["members_warned"] = _once(lambda: _warned(there, events))
    return Subjects(subjects.kind, subjects.ids, subjects.sources, counted, subjects.columns)


def _counted(events: Events, kind: str) -> Counted:
    return Counted.monthly(events.counts.get(kind, {}))


def _secretary_lectures(ids: Sequence[int], there: _There, events: Events) -> Counted:
    """Nobody can say how often the secretary lectured where nobody knows who that is, or where one of the own lectures
    names nobody.
    """
    leads = there.secretaries()
    own = [leads[key] for key in ids if key in leads] if there.only is not None else ()
    given = records.lectures(there.unit, events.span, there.only, own)
    nameless, unled = records.nameless_lectures(given), [key for key in ids if key not in leads]
    return Counted.monthly(
        records.secretary_lectures(given, leads), lambda period: records.in_period(nameless, period).union(unled)
    )


def _talked_with(there: _There, events: Events) -> Counted:
    """Nobody can say how many were reached where a talk is on record without the two; where none is, nobody asks."""
    if not events.counts.get(attended.TALK):
        return Counted(lambda _: {})
    belongs = there.belongs()
    talks = attended.talked(there.unit, events.span, belongs, there.only)
    return Counted(
        lambda period: attended.reached_by_talks(talks, belongs, period),
        lambda period: records.in_period(events.talks_without_names, period),
    )


def _warned(there: _There, events: Events) -> Counted:
    belongs, told = there.belongs(), events.attended(("warning_education",), None)
    return Counted(lambda period: told.reached(belongs, period), told.unsure)


def _members(there: _There, events: Events | None) -> Subjects:
    unit, on, only = there.asked
    source = _source(members.MEMBER_FACTS, lambda: members.member_facts(unit, on, there.belongs(), only))
    subjects = Subjects("member", list(there.belongs()), [source])
    return subjects if events is None else replace(subjects, counted=_member_counts(subjects, there, events))


def _member_counts(subjects: Subjects, there: _There, events: Events) -> dict[str, Callable[[], Counted]]:
    def leaders() -> dict[int, int]:
        leads = zip(subjects.ids, subjects.column("leads_unit", None), strict=True)
        return {person: there.belongs()[person] for person, does in leads if does}

    return {
        "study_hours": _once(lambda: _study_hours(there, events)),
        "rotation_days": _once(lambda: _rotation_days(there, events)),
        "trainings": _once(lambda: _trainings(there, events)),
        "lectures_given": _once(lambda: _lectures_given(there, events)),
        "life_meetings": _once(lambda: _at_branch_life(leaders(), there.belongs(), events, LIFE_MEETING)),
        "branch_life": _once(lambda: _at_branch_life(leaders(), there.belongs(), events, BRANCH_LIFE)),
    }


def _at_branch_life(
    leaders: dict[int, int], belongs: dict[int, int], events: Events, kinds: Collection[str]
) -> Counted:
    """How often leading cadres were there as ordinary members; of others it is not asked."""
    told = events.attended(kinds, set(leaders.values()))
    times = cache(lambda period: told.times(leaders, period))
    return Counted(times, lambda period: belongs.keys() - times(period).keys())


def _lectures_given(there: _There, events: Events) -> Counted:
    """Whoever is never named lectured nowhere, unless his own branch does not say by key who did."""
    belongs = there.belongs()
    monthly = attended.lectures_given(there.unit, events.span, belongs, there.only)

    def untold(period: Period) -> set[int]:
        return _unseen(monthly, period, belongs, records.in_period(events.lectures_without_key, period))

    return Counted.monthly(monthly, untold)


def _trainings(there: _There, events: Events) -> Counted:
    monthly = records.times_named(there.unit, events.span, TRAINING, there.belongs(), there.only)
    return _counted_by_name(monthly, TRAINING, there, events)


def _study_hours(there: _There, events: Events) -> Counted:
    belongs, telling = there.belongs(), events.telling_hours
    if not telling and there.only is None:
        return Counted.monthly({}, lambda _: belongs)
    monthly = records.study_hours(there.unit, events.span, belongs, there.only)

    def untold(period: Period) -> set[int]:
        return _unseen(monthly, period, belongs, set(belongs.values()) - records.in_period(telling, period))

    return Counted.monthly(monthly, untold)


def _rotation_days(there: _There, events: Events) -> Counted:
    monthly = records.rotation_days(there.unit, events.span, there.belongs(), there.only)
    return _counted_by_name(monthly, ROTATION, there, events)


def _counted_by_name(monthly: records.Monthly, kind: str, there: _There, events: Events) -> Counted:
    """Nobody knows of it where nobody of the unit is ever named, nor of whom his own branch should have named."""
    belongs = there.belongs()

    def is_known(period: Period) -> bool:
        if not monthly.keys().isdisjoint(period.months):
            return True
        return there.only is not None and not events.months_named(kind).isdisjoint(period.months)

    def untold(period: Period) -> Collection[int]:
        if not is_known(period):
            return belongs
        return _unseen(monthly, period, belongs, records.in_period(events.without_names(kind), period))

    return Counted.monthly(monthly, untold)


def _unseen(monthly: records.Monthly, period: Period, belongs: dict[int, int], silent: Collection[int]) -> set[int]:
    """The members of organisations that are silent on something, but for those of whom it is told elsewhere."""
    seen = {person for month in period.months for person in monthly.get(month, ())}
    return {person for person, organisation in belongs.items() if organisation in silent and person not in seen}
