"""What rules are asked of, with their facts in columns; and what was held, read once for all of them."""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache, partial
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple, Self, TypeVar

from dangwu.kernel.periods import Period
from dangwu.kernel.span import Span
from dangwu.organisations.queries import Only
from dangwu.records import attended
from dangwu.records import facts as records

Table = Mapping[int, Any]
Result = TypeVar("Result")


class Source(NamedTuple):
    """Facts that are told together, and who tells them."""

    facts: frozenset[str]
    tell: Callable[[], Mapping[str, Table]]


class Counted(NamedTuple):
    """A fact that is counted in a period, and of whom it is not told then; 0 for whoever was never seen."""

    of: Callable[[Period], Mapping[int, Any]]
    untold: Callable[[Period], Collection[int]] = lambda _: ()

    @classmethod
    def monthly(cls, monthly: records.Monthly, untold: Callable[[Period], Collection[int]] = lambda _: ()) -> Self:
        """One that is counted month by month."""
        return cls(partial(records.of_period, monthly), untold)


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
            numbers, untold = counted.of(period), counted.untold(period)
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
    read: dict[Hashable, Any] = field(default_factory=dict, compare=False)

    @cached_property
    def counts(self) -> Mapping[str, records.Monthly]:
        return records.counts(self.unit_id, self.span, self.kinds, self.only)

    @cached_property
    def group_meetings(self) -> Mapping[int, list[Any]]:
        return records.group_meetings(self.unit_id, self.span, self.only)

    def months_named(self, kind: str) -> AbstractSet[int]:
        return self._once(f"months {kind}", lambda: records.months_named(self.unit_id, self.span, kind))

    def without_names(self, kind: str) -> records.Told:
        return self._once(
            f"without names {kind}", lambda: records.without_names(self.unit_id, self.span, kind, self.only)
        )

    def attended(self, kinds: Collection[str], organisations: Collection[int] | None) -> attended.Attended:
        """Who was at what these organisations held of these kinds; None: all that are asked for."""
        only = self.only if organisations is None else organisations
        key = "attended", *kinds, organisations is None or frozenset(organisations)
        return self._once(key, lambda: attended.attended(self.unit_id, self.span, kinds, only))

    def _once(self, key: Hashable, work: Callable[[], Result]) -> Result:
        if key not in self.read:
            self.read[key] = work()
        found: Result = self.read[key]
        return found

    @cached_property
    def talks_without_names(self) -> records.Told:
        return attended.talks_without_names(self.unit_id, self.span, self.only)

    @cached_property
    def lectures_without_key(self) -> records.Told:
        return attended.lectures_without_key(self.unit_id, self.span, self.only)

    @cached_property
    def telling_hours(self) -> records.Told:
        return records.tell_hours(self.unit_id, self.span, self.only)

    @cached_property
    def held(self) -> dict[tuple[str, date], Subjects]:
        """Activities that are judged one by one, by kind and day."""
        rows = records.activity_facts(self.unit_id, self.span, self.judged, self.only)
        held = {key: list(its) for key, its in groupby(rows, itemgetter("activity", "held_on"))}
        return {key: _activities(its) for key, its in held.items()}


def _activities(its: list[dict[str, Any]]) -> Subjects:
    columns = {name: [row[name] for row in its] for name in its[0]}
    return Subjects("activity", [row["organisation"] for row in its], columns=columns, activities=its)


@lru_cache(maxsize=10_000)
def _exact(number: int | Decimal) -> int | Fraction:
    """Decimals add fast and fractions compare exactly: sums come as the one and are judged as the other."""
    return Fraction(number) if isinstance(number, Decimal) else number
