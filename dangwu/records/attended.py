"""What the rulebook may know of who was there: at the life of their branch, in talks, on the lecturer's side.

Of talks it is told how many were reached, never who: that is for those concerned (`queries.talks_for`).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import FilteredRelation, Q

from dangwu.kernel.periods import Period
from dangwu.kernel.span import Span
from dangwu.organisations.queries import Only, among
from dangwu.records.facts import HELD_MONTH, MONTH_TEXT, WHOLE, Monthly, Told, by_month, in_month, services
from dangwu.records.models import Absence, Part, Participation, Talk

TALK, LECTURE = "heart_to_heart_talk", "party_lecture"
Pairs = frozenset[tuple[int | None, int]]
"""People, where they are known by key, and activities."""


class Held(NamedTuple):
    """An activity; `named`: it tells who was there instead of who was not, `known`: it tells of everybody."""

    activity: int
    month: int
    named: bool
    known: bool


@dataclass(frozen=True)
class Attended:
    """What each organisation held, and which people were at which activity, or were away from it."""

    held: Mapping[int, list[Held]]
    there: Pairs
    away: Pairs

    def times(self, belongs: Mapping[int, int], period: Period) -> dict[int, int]:
        """How often each of these people was there in a period. Of whom nobody can say it is not told."""
        told: dict[int, int] = {}
        for person, organisation in belongs.items():
            held = self._in(organisation, period)
            number = sum(self._was_there(person, its) for its in held)
            if number or (held and all(its.known for its in held)):
                told[person] = number
        return told

    def reached(self, belongs: Mapping[int, int], period: Period) -> dict[int, int]:
        """How many of the people of each organisation were there at least once in a period."""
        numbers: dict[int, int] = defaultdict(int)
        for person, number in self.times(belongs, period).items():
            numbers[belongs[person]] += number > 0
        return numbers

    def unsure(self, period: Period) -> set[int]:
        """The organisations of which nobody can say who was there at something in a period."""
        return {key for key in self.held if not all(its.known for its in self._in(key, period))}

    def _in(self, organisation: int, period: Period) -> list[Held]:
        return [its for its in self.held.get(organisation, ()) if its.month in period.months]

    def _was_there(self, person: int, its: Held) -> bool:
        pair = person, its.activity
        return pair in self.there if its.named else its.known and pair not in self.away


def attended(unit_id: int, span: Span, kinds: Collection[str], only: Only = None) -> Attended:
    """What organisations held of some kinds in a span, and who was there. Three statements."""
    there, away = (_pairs(rows, unit_id, span, kinds, only) for rows in (Participation, Absence))
    named, missing = {activity for _, activity in there}, Counter(activity for _, activity in away)
    nameless = {activity for person, activity in away if person is None}
    held: dict[int, dict[int, Held]] = defaultdict(dict)
    columns = ("organisation", "activity", MONTH_TEXT, "activity__expected", "activity__present")
    for organisation, activity, text, expected, present in services(unit_id, span, kinds, only).values_list(*columns):
        counted = _counts(expected, present, missing[activity]) and activity not in nameless
        its = Held(activity, in_month(text), activity in named, activity in named or counted)
        held[organisation][activity] = its
    return Attended({key: list(its.values()) for key, its in held.items()}, there, away)


def _pairs(model: Any, unit_id: int, span: Span, kinds: Collection[str], only: Only) -> Pairs:  # noqa: ANN401 - who came, or was away
    rows = model.objects.unscoped(WHOLE).filter(
        among(only, "activity__services__organisation"),
        unit=unit_id,
        activity__services__kind__in=list(kinds),
        activity__held_on__gte=span.start,
        activity__held_on__lt=span.end,
    )
    return frozenset(rows.values_list("person", "activity"))


def _counts(expected: int | None, present: int | None, away: int) -> bool:
    """Whether everybody who was missing is named."""
    return expected is not None and present is not None and expected - present <= away


def talked(unit_id: int, span: Span, people: Collection[int], only: Only = None) -> Mapping[int, set[int]]:
    """Who had a recorded talk, by month, on whichever side; of some organisations only `people` are asked for."""
    rows = Talk.objects.unscoped(WHOLE).filter(unit=unit_id, activity__kind=TALK)
    rows = rows.filter(activity__held_on__gte=span.start, activity__held_on__lt=span.end)
    if only is not None:
        rows = rows.filter(Q(talker__in=list(people)) | Q(partner__in=list(people)))
    table: dict[int, set[int]] = defaultdict(set)
    for text, *pair in rows.values_list(HELD_MONTH, "talker", "partner"):
        table[in_month(text)] |= set(pair)
    return table


def talks_without_names(unit_id: int, span: Span, only: Only = None) -> Told:
    """The organisations that have talks on record of which nobody says between whom, by month."""
    rows = services(unit_id, span, [TALK], only).filter(activity__talk__isnull=True)
    return by_month(rows.values_list("organisation", MONTH_TEXT).distinct())


def reached_by_talks(talks: Mapping[int, set[int]], belongs: Mapping[int, int], period: Period) -> dict[int, int]:
    """How many of the people of each organisation had a talk in a period."""
    numbers: dict[int, int] = defaultdict(int)
    everybody = {person for month in period.months for person in talks.get(month, ())}
    for person, organisation in belongs.items():
        numbers[organisation] += person in everybody
    return numbers


def lectures_given(unit_id: int, span: Span, people: Collection[int], only: Only = None) -> Monthly:
    """How many lectures each member gave, by month: those for which he was chosen from the roster."""
    rows = Part.objects.unscoped(WHOLE).filter(
        Q() if only is None else Q(person__in=list(people)),
        unit=unit_id,
        role=Part.Role.LECTURER,
        person__isnull=False,
        activity__services__kind=LECTURE,
        activity__held_on__gte=span.start,
        activity__held_on__lt=span.end,
    )
    table: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for _, person, text in rows.values_list("activity", "person", HELD_MONTH).distinct():
        table[in_month(text)][person] += 1
    return table


def lectures_without_key(unit_id: int, span: Span, only: Only = None) -> Told:
    """The organisations that have lectures on record whose lecturer was not chosen from the roster, by month."""
    lecturers = FilteredRelation("activity__parts", condition=Q(activity__parts__role=Part.Role.LECTURER))
    rows = services(unit_id, span, [LECTURE], only).annotate(told=lecturers).filter(told__person__isnull=True)
    return by_month(rows.values_list("organisation", MONTH_TEXT).distinct())
