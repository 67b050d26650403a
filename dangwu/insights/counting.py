"""Values of figures, for a part of the tree and a span: all at once, or one figure period by period."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dangwu.insights import queries
from dangwu.insights.figure_shapes import Measure
from dangwu.insights.figures import Figure
from dangwu.insights.parts import Part
from dangwu.insights.queries import Sort, Tally
from dangwu.kernel.periods import Every, Period, month_index, periods_starting_in
from dangwu.kernel.span import Span
from dangwu.records.kinds import ActivityKinds
from dangwu.records.standing import activity_kinds

STEP = 5  # of a confidential figure only multiples are told, so that no two of them give away a single talk


@dataclass(frozen=True, slots=True)
class Value:
    """What a figure came to; None where nothing can be said. `of` is the whole that a share is of. A `rough` number is
    the multiple of five below, and 0 says only that it is less than five.
    """

    number: Decimal | int | None
    of: int | None = None
    rough: bool = False


Values = Mapping[str, Value]


def count(figures: Iterable[Figure], part: Part, span: Span) -> dict[str, Value]:
    """All figures of a span that is over or goes up to today. Nine queries at most, however many figures there are."""
    wanted = list(figures)
    return _Counted(wanted, part, span).values()


def count_by(figure: Figure, part: Part, periods: Sequence[Period], today: date) -> list[Value]:
    """One figure, period by period; None for what is still to come. What adds up costs one query or two, anything else
    as many for each period.
    """
    begun = [period for period in periods if period.span.start <= today]
    if not begun:
        return [Value(None)] * len(periods)
    whole = Span(begun[0].span.start, min(begun[-1].span.end, date.fromordinal(today.toordinal() + 1)))
    if figure.sums_up:
        counted = _Counted([figure], part, whole)
        values = [counted.value(figure, period.span.intersection(whole) or whole) for period in begun]
    else:
        spans = [period.span.intersection(whole) or whole for period in begun]
        values = [count([figure], part, span)[figure.id] for span in spans]
    return [*values, *[Value(None)] * (len(periods) - len(begun))]


def sorts_of(figure: Figure, sorts: Iterable[Sort], kinds: ActivityKinds) -> set[Sort]:
    """The sorts of activity that count for a figure: those that serve one of its kinds."""
    return {sort for sort in sorts if figure.kinds & set(kinds.served(known_kinds(sort, kinds)))}


def known_kinds(sort: Sort, kinds: ActivityKinds) -> list[str]:
    """The kinds of a sort that the rulebook still knows."""
    return [kind for kind in sort.kinds if kinds.get(kind)]


class _Counted:
    """What the rows of a span say, read for these figures and no others."""

    def __init__(self, figures: Sequence[Figure], part: Part, span: Span) -> None:
        self._figures, self._part, self._span = figures, part, span
        self._kinds = activity_kinds()
        kinds = frozenset[str]().union(*(figure.kinds for figure in figures))
        self._rows = queries.activities(part, span, kinds)
        measures = {figure.measure for figure in figures}
        self._read_activities(measures)
        self._read_organisations(measures)
        scope = part.scope(span.last)
        self._members = queries.members(scope) if Measure.MEMBERS in measures else {}
        self._admitted = queries.became(part, span, "joined_on") if Measure.ADMITTED in measures else {}
        self._confirmed = queries.became(part, span, "confirmed_on") if Measure.CONFIRMED in measures else {}

    def _read_activities(self, measures: Collection[Measure]) -> None:
        counted = {Measure.ACTIVITIES, Measure.ATTENDANCES, Measure.AUDIENCE, Measure.PEOPLE, *BY_NAME}
        self._tallies = queries.tallies(self._rows) if counted & set(measures) else []
        by_name = set(BY_NAME) & set(measures)
        self._by_name = queries.tallies_by_name(self._rows) if by_name else []
        led = any(figure.given_by for figure in self._figures)
        self._led = queries.tallies(queries.given_by_leaders(self._rows)) if led else []
        people = [figure for figure in self._figures if figure.measure == Measure.PEOPLE]
        self._people = queries.people(self._rows, {figure.id: self._sorts(figure) for figure in people})

    def _read_organisations(self, measures: Collection[Measure]) -> None:
        asked = [f for f in self._figures if f.measure in {Measure.ORGANISATIONS, Measure.SHARE}]
        kinds = frozenset[str]().union(*(figure.kinds for figure in asked))
        self._holders = queries.holders(self._part, self._span, kinds) if asked else []
        stand = {Measure.SHARE, Measure.STANDING} & set(measures)
        self._standing = queries.standing(self._part.scope(self._span.last)) if stand else []

    def values(self) -> dict[str, Value]:
        return {figure.id: self.value(figure, self._span) for figure in self._figures}

    def value(self, figure: Figure, span: Span) -> Value:
        """What a figure came to in a span, whose months are whole unless it is the whole span."""
        if figure.confidential:
            return self._roughly(figure, span)
        if figure.measure in AMOUNTS:
            return Value(self._sum(figure, span))
        if figure.measure == Measure.SHARE:
            return self._share(figure)
        return Value(self._number(figure, span))

    def _number(self, figure: Figure, span: Span) -> int:
        match figure.measure:
            case Measure.PEOPLE:
                return self._people[figure.id]
            case Measure.ORGANISATIONS:
                return len({key for key, kind in self._holders if kind in figure.kinds})
            case Measure.MEMBERS:
                return sum(self._members.get(kind, 0) for kind in figure.members)
            case Measure.STANDING:
                return sum(kind in figure.organisations for _, kind in self._standing)
        return _within(self._admitted if figure.measure == Measure.ADMITTED else self._confirmed, span)

    def _sum(self, figure: Figure, span: Span) -> Decimal | int:
        sorts, amount = self._sorts(figure), AMOUNTS[figure.measure]
        rows = self._led if figure.given_by else [*self._tallies, *self._by_name]
        months = range(month_index(span.start), month_index(span.last) + 1)
        return sum(amount(row) for row in rows if row.sort in sorts and row.month in months)

    def _sorts(self, figure: Figure) -> set[Sort]:
        return sorts_of(figure, {row.sort for row in (*self._tallies, *self._by_name)}, self._kinds)

    def _share(self, figure: Figure) -> Value:
        whole = {key for key, kind in self._standing if kind in figure.organisations}
        part = {key for key, kind in self._holders if kind in figure.kinds}
        return Value(len(whole & part), len(whole))

    def _roughly(self, figure: Figure, span: Span) -> Value:
        quarters = [period.span for period in periods_starting_in(Every.QUARTER, span) if span.covers(period.span)]
        if not quarters:
            return Value(None, rough=True)
        number = int(self._sum(figure, Span(quarters[0].start, quarters[-1].end)))
        return Value(number - number % STEP, rough=True)


BY_NAME = (Measure.ATTENDANCES, Measure.AUDIENCE, Measure.PERSON_DAYS, Measure.STUDY_HOURS)
AMOUNTS: Mapping[Measure, Callable[[Tally], Decimal | int]] = {
    Measure.ACTIVITIES: lambda row: row.number,
    Measure.ATTENDANCES: lambda row: row.attendances,
    Measure.AUDIENCE: lambda row: row.audience,
    Measure.PERSON_DAYS: lambda row: row.days,
    Measure.STUDY_HOURS: lambda row: row.hours,
}


def _within(by_month: Mapping[int, int], span: Span) -> int:
    return sum(by_month.get(month, 0) for month in range(month_index(span.start), month_index(span.last) + 1))
