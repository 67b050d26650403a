"""Counting the bureau's figures, and the same once more, row by row in Python and by nothing of what is tested."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from dangwu.foundation.scope import Scope
from dangwu.insights.counting import Value, count
from dangwu.insights.figure_shapes import Measure
from dangwu.insights.figures import Figure
from dangwu.insights.parts import Part
from dangwu.insights.queries import part_in
from dangwu.kernel.span import Span
from dangwu.members.models import Membership
from dangwu.organisations.models import Standing
from dangwu.records.models import Activity, Participation, Partner
from dangwu.records.standing import activity_kinds

WHY = "a test"
TODAY = date(2026, 12, 1)
YEAR = Span(date(2026, 1, 1), date(2027, 1, 1))
DEFAULTS: dict[str, Any] = {"title": "一项", "group": "一类", "place": 1, "unit": "次", "sentence": "共 {value}"}


def figure(measure: str, *kinds: str, **more: Any) -> Figure:  # noqa: ANN401 - any column
    """A figure of these kinds."""
    told = {**DEFAULTS, "id": "one", "measure": Measure(measure), "kinds": frozenset(kinds), **more}
    return Figure(**told)


def part(organisation: int) -> Part:
    """The part of the tree below an organisation."""
    found = part_in(Scope.everything(TODAY), organisation)
    assert found
    return found


def value(organisation: int, wanted: Figure, span: Span = YEAR) -> Value:
    """What one figure comes to."""
    return count([wanted], part(organisation), span)[wanted.id]


def number(organisation: int, wanted: Figure, span: Span = YEAR) -> Decimal | int | None:
    """Its number alone."""
    return value(organisation, wanted, span).number


def stood_below(organisation: int, top: int, day: date) -> bool:
    """Whether an organisation stood at or below another on a day, going up level by level."""
    here: int | None = organisation
    while here is not None:
        rows = [row for row in Standing.objects.unscoped(WHY).filter(organisation=here) if row.in_force(day)]
        if not rows:
            return False
        if here == top:
            return True
        here = rows[0].parent_id
    return False


def counted(top: int, wanted: Figure, span: Span) -> Iterator[tuple[Activity, set[int]]]:
    """The activities that count, with the organisations below that held them."""
    kinds = activity_kinds()
    for activity in Activity.objects.unscoped(WHY).filter(state=Activity.State.CONCLUDED):
        if activity.held_on in span and wanted.kinds & set(kinds.served(activity.kinds)):
            others = Partner.objects.unscoped(WHY).filter(activity=activity).values_list("organisation", flat=True)
            held = {key for key in (activity.organisation_id, *others) if stood_below(key, top, activity.held_on)}
            if held:
                yield activity, held


def recount(top: int, wanted: Figure, span: Span) -> Decimal | int:
    """What a figure of activities must come to."""
    rows = list(counted(top, wanted, span))
    named = {a.pk: list(Participation.objects.unscoped(WHY).filter(activity=a)) for a, _ in rows}
    came = {a.pk: a.present if a.present is not None else len(named[a.pk]) for a, _ in rows}
    days = {a.pk: a.days if a.days is not None else Decimal(1) for a, _ in rows}
    found: dict[Measure, Decimal | int] = {
        Measure.ACTIVITIES: len(rows),
        Measure.ORGANISATIONS: len(set[int]().union(*(held for _, held in rows))),
        Measure.ATTENDANCES: sum(came.values()),
        Measure.AUDIENCE: sum(a.audience if a.audience is not None else came[a.pk] for a, _ in rows),
        Measure.PEOPLE: len({row.person_id or row.name for each in named.values() for row in each}),
        Measure.PERSON_DAYS: sum(days[a.pk] * came[a.pk] for a, _ in rows),
        Measure.STUDY_HOURS: sum((a.hours or Decimal(0)) * came[a.pk] for a, _ in rows),
    }
    return found[wanted.measure]


def members_on(top: int, day: date) -> int:
    """How many members belong below an organisation on a day."""
    people = {
        row.person
        for row in Membership.objects.unscoped(WHY).filter(kind__in=("full", "probationary"))
        if row.in_force(day)
    }
    return sum(
        any(
            stay.in_force(day) and stood_below(stay.organisation_id, top, day)
            for stay in person.affiliations.unscoped(WHY)
        )
        for person in people
    )


def day_of(number: int) -> date:
    """A day of the year."""
    return date(2026, 1, 1) + timedelta(days=number)
