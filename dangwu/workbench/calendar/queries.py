"""What lies in a span of days, counted: a row for whatever is alike on a day."""

from collections.abc import Collection
from datetime import date, time
from typing import Any, NamedTuple

from django.db.models import Count, F, Max, Min, Q, QuerySet

from dangwu.compliance.models import DutyState, Word
from dangwu.foundation.scope import Scope
from dangwu.kernel.months import add_months
from dangwu.kernel.span import Span
from dangwu.records.models import Activity
from dangwu.records.queries import activities
from dangwu.workbench.upcoming import PROBATION, newest_terms, probations

SETTLED = (Word.MET, Word.NOT_ASKED)


class Held(NamedTuple):
    """Activities of one kind and state on a day. The key, the organisation, the place and the hours are those of one:
    they say something only where there is one.
    """

    day: date
    kind: str
    state: str
    number: int
    activity: int
    organisation: int
    place: str
    starts_at: time | None
    ends_at: time | None
    until: date | None


def held(scope: Scope, span: Span, kinds: Collection[str], but: Collection[int]) -> list[Held]:
    """Activities of these kinds in a span, those that were called off and those at hand already (`but`) left out. One
    query, however many they are.
    """
    rows = activities(scope).filter(held_on__gte=span.start, held_on__lt=span.end, kind__in=kinds).exclude(pk__in=but)
    alike = rows.exclude(state=Activity.State.CANCELLED).order_by().values_list("held_on", "kind", "state")
    one = {"one": Min("pk"), "whose": Min("organisation"), "where": Min("place")}
    hours = {"begins": Min("starts_at"), "ends": Max("ends_at"), "until": Max("until_on")}
    counted = alike.annotate(number=Count("pk"), **one, **hours)
    return [Held(*row) for row in counted.order_by(F("begins").asc(nulls_last=True), "held_on", "kind", "state")]


class Deadline(NamedTuple):
    """How many organisations have still to fulfil a rule by a day; the organisation is one of them."""

    day: date
    rule: str
    period: str
    number: int
    organisation: int


def deadlines(scope: Scope, span: Span) -> list[Deadline]:
    """What falls due in a span and is not fulfilled, a row for each rule and day. One query."""
    asked = Q(pending__gt=0) | Q(unmet__gt=0)
    rows = DutyState.objects.within(scope).filter(asked, deadline__gte=span.start, deadline__lt=span.end)
    alike = rows.exclude(word__in=SETTLED).order_by().values_list("deadline", "rule", "period")
    counted = alike.annotate(number=Count("pk"), one=Min("organisation"))
    return [Deadline(*row) for row in counted.order_by("deadline", "-number", "rule", "period")]


def terms(scope: Scope, span: Span) -> QuerySet[Any]:
    """The terms that end in a span, as `newest_terms` has them."""
    return newest_terms(scope).filter(ends_on__gte=span.start, ends_on__lt=span.end)


def ending_probations(scope: Scope, span: Span) -> QuerySet[Any]:
    """Those whose year of probation ends in a span, give or take the ends of months, as `probations` has them."""
    begun = {"begun__gte": add_months(span.start, -PROBATION), "begun__lt": add_months(span.end, -PROBATION)}
    return probations(scope).filter(**begun)
