"""All facts of a unit, gathered set-wise: a fixed number of queries, however many organisations there are.

Several modules may tell the same fact; the first that knows it for a subject answers.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from dangwu.kernel.periods import Period
from dangwu.kernel.span import Span
from dangwu.members import facts as members
from dangwu.organisations import facts as organisations
from dangwu.organisations.models import Standing
from dangwu.organisations.queries import standings_of_unit
from dangwu.records import facts as records

Table = Mapping[int, Any]
Life = tuple[date | None, date | None]


@dataclass(frozen=True)
class Subjects:
    """One kind of subject with its facts: `ids` gives the order of every column.

    Activities go under the organisations that held them, with their own records in `activities`.
    """

    kind: str
    ids: Sequence[int]
    lasting: dict[str, list[Table]] = field(default_factory=dict)
    monthly: dict[str, records.Monthly] = field(default_factory=dict)
    counted: frozenset[str] = frozenset()
    untold: Mapping[str, Collection[int]] = field(default_factory=dict)

    columns: dict[str, list[Any]] = field(default_factory=dict)
    activities: Sequence[dict[str, Any]] = ()

    def column(self, fact: str, period: Period | None) -> list[Any]:
        """One fact of every subject; None where nobody knows it. What is counted and was never seen counts 0, but for
        those of whom it is `untold`.
        """
        if fact in self.counted:
            assert period is not None
            numbers = records.of_period(self.monthly.get(fact, {}), period)
            untold = self.untold.get(fact, ())
            return [None if key in untold else _exact(numbers.get(key, 0)) for key in self.ids]
        if fact not in self.columns:  # what lasts is asked again for every rule and period
            self.columns[fact] = self._lasting(self.lasting.get(fact, []))
        return self.columns[fact]

    def _lasting(self, tables: list[Table]) -> list[Any]:
        if len(tables) == 1:
            return [tables[0].get(key) for key in self.ids]
        return [next((t[key] for t in tables if t.get(key) is not None), None) for key in self.ids]


@dataclass(frozen=True)
class Gathered:
    """Everything that rules may ask about a unit in a span. `organisations` is how each of them stood on the day."""

    organisations: dict[int, Standing]
    belongs: dict[int, int]
    by_organisation: Subjects
    by_member: Subjects
    held: dict[tuple[str, date], Subjects]

    @cached_property
    def lives(self) -> list[Life]:
        """The first and the last day of every organisation, as far as they are known, in the order of the columns."""
        every = (self.organisations[key].organisation for key in self.by_organisation.ids)
        return [(o.founded_on, o.dissolved_on) for o in every]


def gather(
    unit_id: int, span: Span, *, on: date, activities_told: bool, kinds: Sequence[str], judged: Sequence[str]
) -> Gathered:
    """Gather the facts of a unit: what was held in the span, and who and what was there on the day. Without a ledger
    (`activities_told` false) no activity is known, which is not the same as none; `kinds` are the kinds of activity to
    count, `judged` those to list one by one.
    """
    every = {standing.organisation_id: standing for standing in standings_of_unit(unit_id, on)}
    belongs = members.belongs(unit_id, on)
    return Gathered(
        every,
        belongs,
        _organisations(unit_id, span, on, every, belongs, kinds if activities_told else ()),
        _members(unit_id, span, on, belongs),
        _activities(unit_id, span, judged) if activities_told else {},
    )


@lru_cache(maxsize=10_000)
def _exact(number: int | Decimal) -> int | Fraction:
    """Decimals add fast and fractions compare exactly: sums come as the one and are judged as the other."""
    return Fraction(number) if isinstance(number, Decimal) else number


def _activities(unit_id: int, span: Span, kinds: Sequence[str]) -> dict[tuple[str, date], Subjects]:
    rows = records.activity_facts(unit_id, span, kinds)
    held = {key: list(its) for key, its in groupby(rows, itemgetter("activity", "held_on"))}
    return {
        key: Subjects(
            "activity",
            [row["organisation"] for row in its],
            columns={name: [row[name] for row in its] for name in its[0]},
            activities=its,
        )
        for key, its in held.items()
    }


def _organisations(
    unit_id: int, span: Span, on: date, every: dict[int, Standing], belongs: dict[int, int], kinds: Sequence[str]
) -> Subjects:
    standings = every.values()
    told = organisations.standing_facts(standings)
    told["groups"] = {key: n for key, n in told["groups"].items() if n is not None}
    sources: list[Mapping[str, Table]] = [
        told,
        organisations.term_facts(unit_id),
        members.head_counts(unit_id, on, standings, belongs),
        {"has_committee": dict.fromkeys(records.committees_that_met(unit_id), True)},
        {"groups": members.group_counts(unit_id, on)},
        {"secretary_is_head": members.secretary_heads(unit_id, on, standings)},
        members.post_facts(unit_id, on),
    ]
    named = {s.organisation_id: s.organisation.secretary for s in standings if s.organisation.secretary}
    leads = {**members.secretaries(unit_id, on), **named}
    given = records.lectures(unit_id, span) if kinds else []
    subjects = Subjects(
        "organisation",
        list(every),
        lasting=_merged(sources),
        counted=frozenset(_counted(kinds)),
        untold={"secretary_lectures": records.lectures_untold(given, leads, every)},
    )
    if kinds:
        groups = dict(zip(subjects.ids, subjects.column("groups", None), strict=True))
        subjects.monthly.update(records.counts(unit_id, span, kinds))
        subjects.monthly["groups_met"] = records.groups_met(unit_id, span, groups)
        subjects.monthly["secretary_lectures"] = records.secretary_lectures(given, leads)
    return subjects


def _counted(kinds: Sequence[str]) -> list[str]:
    return [*kinds, "groups_met", "secretary_lectures"] if kinds else []


def _members(unit_id: int, span: Span, on: date, belongs: dict[int, int]) -> Subjects:
    monthly: dict[str, records.Monthly] = {}
    untold: dict[str, set[int]] = {}
    if telling := records.tell_hours(unit_id, span):
        monthly["study_hours"] = records.study_hours(unit_id, span, belongs)
        untold["study_hours"] = _unseen(monthly["study_hours"], belongs, set(belongs.values()) - telling)
    if rotations := records.rotation_days(unit_id, span):
        monthly["rotation_days"] = rotations
        untold["rotation_days"] = _unseen(rotations, belongs, records.rotations_without_names(unit_id, span))
    lasting = {name: [table] for name, table in members.member_facts(unit_id, on, belongs).items()}
    ids = list(belongs)
    return Subjects("member", ids, lasting=lasting, monthly=monthly, counted=frozenset(monthly), untold=untold)


def _unseen(monthly: records.Monthly, belongs: dict[int, int], silent: Collection[int]) -> set[int]:
    """The members of organisations that are silent on something, but for those of whom it is told elsewhere."""
    seen = {person for month in monthly.values() for person in month}
    return {person for person, organisation in belongs.items() if organisation in silent and person not in seen}


def _merged(sources: Sequence[Mapping[str, Table]]) -> dict[str, list[Table]]:
    merged: dict[str, list[Table]] = {}
    for source in sources:
        for name, table in source.items():
            merged.setdefault(name, []).append(table)
    return merged
