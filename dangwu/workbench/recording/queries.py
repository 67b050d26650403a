"""What the pages of recording look up."""

from datetime import date
from typing import Any

from django.db.models import F, Max, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from dangwu.organisations.models import Organisation, Standing
from dangwu.records.models import OPEN, Activity, Service
from dangwu.records.standing import activity_kinds
from dangwu.records.told import Told

AT_HAND = "the names of organisations whose activities are at hand"


def same_day(organisation: Organisation, told: Told, activity: Activity | None) -> list[Activity]:
    """Other records of the same kind and group on the same day, which may be of the same activity."""
    rows = Activity.objects.of(organisation=organisation).exclude(state=Activity.State.CANCELLED)
    same = rows.filter(kind=told.kind, group=told.group, held_on=told.held_on)
    others = same.exclude(pk=activity.pk) if activity else same
    return list(others.order_by("pk")[:3])


def named(rows: QuerySet[Activity], today: date) -> QuerySet[Any]:
    """Activities with what their organisations are called in daily use today, or were called last (`place_name`)."""
    stands = Standing.objects.unscoped(AT_HAND).filter(organisation=OuterRef("organisation"), valid_from__lte=today)
    called = stands.annotate(daily=Coalesce(NullIf("short_name", Value("")), "name"))
    return rows.annotate(place_name=Subquery(called.order_by(F("valid_from").desc()).values("daily")[:1]))


def served(activity: Activity) -> list[Service]:
    """The duties that an activity is counted for, of all who held it."""
    return list(Service.objects.of(activity=activity).order_by("pk"))


def times_held(organisation: Organisation) -> dict[str, date]:
    """The last day on which each kind was held."""
    rows = Service.objects.of(organisation=organisation).values_list("kind").annotate(last=Max("held_on"))
    return dict(rows.order_by())


def open_ones(organisation: Organisation) -> list[tuple[Activity, str]]:
    """What an organisation planned or has not concluded, with what it is called."""
    every = activity_kinds()
    rows = Activity.objects.of(organisation=organisation).filter(state__in=OPEN).order_by("held_on", "pk")
    return [(row, kind.name) for row in rows if (kind := every.get(row.kind))]
