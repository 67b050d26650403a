"""Counting rows set-wise. Whoever asks has been asked whether he sees the part of the tree that is handed in.

What is counted stood in the part on its own day, which no scope of today can say: so nothing here is `within` one.
"""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import CharField, Count, DecimalField, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Cast, Coalesce, Substr

from dangwu.foundation.history import as_of, during
from dangwu.foundation.scope import Scope
from dangwu.insights.parts import Chapters, Part
from dangwu.kernel.span import Span
from dangwu.kernel.tree_path import TreePath
from dangwu.members.models import Membership, Post
from dangwu.organisations.models import OrganisationKind, Standing
from dangwu.organisations.queries import last_standing
from dangwu.records.models import Activity, Participation, Partner, Service

COUNTED = "it is counted in a part of the tree that whoever asks may see"
LEADERS = (Post.Kind.SECRETARY, Post.Kind.DEPUTY_SECRETARY, Post.Kind.DISCIPLINE_SECRETARY)
ZERO, ONE = Decimal(0), Decimal(1)
NUMBER: DecimalField[Any, Any] = DecimalField(max_digits=20, decimal_places=2)


class Sort(NamedTuple):
    """What activities were called: those of one sort count for the same figures."""

    kind: str
    besides: str

    @property
    def kinds(self) -> tuple[str, ...]:
        return (self.kind, *(kind for kind in self.besides.split(",") if kind))


class Tally(NamedTuple):
    """What the activities of a sort came to in a month, told by `periods.month_index`."""

    sort: Sort
    month: int
    number: int = 0
    attendances: int = 0
    audience: int = 0
    hours: Decimal = ZERO
    days: Decimal = ZERO


def held(part: Part, span: Span) -> QuerySet[Service]:
    """The duties that were served by organisations that stood in the part on the day, alone or with others."""
    rows = Service.objects.unscoped(COUNTED).filter(held_on__gte=span.start, held_on__lt=span.end)
    return rows.filter(part.on_the_day("held_on"))


def activities(part: Part, span: Span, kinds: Collection[str]) -> QuerySet[Activity]:
    """What was held there and served one of these kinds, each once."""
    served = held(part, span).filter(kind__in=sorted(kinds))
    rows = Activity.objects.unscoped(COUNTED).filter(pk__in=served.values("activity"))
    return rows.filter(held_on__gte=span.start, held_on__lt=span.end)


def given_by_leaders(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """Those among them whose lecturer led an organisation of the same unit on the day."""
    posts = Post.objects.unscoped(COUNTED).filter(
        unit=OuterRef("unit"),
        person__name=OuterRef("lecturer"),
        kind__in=LEADERS,
        valid_from__lte=OuterRef("held_on"),
        valid_until__gt=OuterRef("held_on"),
    )
    return rows.exclude(lecturer="").filter(Exists(posts))


def tallies(rows: QuerySet[Activity]) -> list[Tally]:
    """What activities came to, by sort and month, by the numbers that were told. One query."""
    came = Coalesce(F("present"), 0)
    found = (
        _by_month(rows, "")
        .values("kind", "besides", "month")
        .annotate(
            number=Count("pk"),
            attendances=Sum(came),
            audience=Sum(Coalesce(F("audience"), F("present"), 0)),
            hours=Sum(Coalesce(F("hours"), ZERO) * came, output_field=NUMBER),
            days=Sum(Coalesce(F("days"), ONE) * came, output_field=NUMBER),
        )
    )
    return [_tally(row, "") for row in found.order_by()]


def tallies_by_name(rows: QuerySet[Activity]) -> list[Tally]:
    """The same of activities of which only the names of those who came were told. One query."""
    named = Participation.objects.unscoped(COUNTED).filter(activity__in=rows.values("pk"), activity__present=None)
    found = (
        _by_month(named, "activity__")
        .values("activity__kind", "activity__besides", "month")
        .annotate(
            attendances=Count("pk"),
            audience=Count("pk", filter=Q(activity__audience=None)),
            hours=Sum(Coalesce(F("activity__hours"), ZERO), output_field=NUMBER),
            days=Sum(Coalesce(F("activity__days"), ONE), output_field=NUMBER),
        )
    )
    return [_tally(row, "activity__") for row in found.order_by()]


def _by_month(rows: Any, path: str) -> Any:  # noqa: ANN401 - querysets of two models
    return rows.annotate(month=_month_of(f"{path}held_on"))


def _month_of(day: str) -> Substr:
    """“2026-07”: a date's text is its ISO form on every engine, and taking the year out of it is slow on SQLite."""
    return Substr(Cast(day, CharField(max_length=10)), 1, 7)


def _index(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1


def _tally(row: Mapping[str, Any], path: str) -> Tally:
    sort = Sort(row[f"{path}kind"], row[f"{path}besides"])
    sums = {name: row[name] for name in ("number", "attendances", "audience", "hours", "days") if name in row}
    return Tally(sort, _index(row["month"]), **sums)


def holders(part: Part, span: Span, kinds: Collection[str]) -> list[tuple[int, str]]:
    """Which organisations of the part served duties of these kinds: the key and the kind, each pair once."""
    rows = held(part, span).filter(kind__in=list(kinds))
    return list(rows.values_list("organisation", "kind").distinct().order_by())


def of_sorts(sorts: Iterable[Sort], lookup: str = "") -> Q:
    """The condition that an activity is of one of these sorts."""
    found: Q = Q(pk__in=())
    for sort in sorts:
        found |= Q((f"{lookup}kind", sort.kind), (f"{lookup}besides", sort.besides))
    return found


def people(rows: QuerySet[Activity], wanted: Mapping[str, Collection[Sort]]) -> dict[str, int]:
    """How many different people are named as having taken part, for several choices of sorts at once. One query.
    Whoever is on no roster is told by the name alone.
    """
    if not wanted:
        return {}
    counts: dict[str, Any] = {}
    for key, sorts in wanted.items():
        meant = of_sorts(sorts, "activity__")
        counts[key] = Count("person", distinct=True, filter=meant)
        counts[f"{key}_by_name"] = Count("name", distinct=True, filter=meant & Q(person=None))
    named = Participation.objects.unscoped(COUNTED).filter(activity__in=rows.values("pk"))
    found = named.aggregate(**counts)
    return {key: found[key] + found[f"{key}_by_name"] for key in wanted}


def standing(scope: Scope) -> list[tuple[int, str]]:
    """The organisations of a scope with their kinds."""
    return list(Standing.objects.within(scope).values_list("organisation", "kind").order_by())


def members(scope: Scope) -> dict[str, int]:
    """How many people of each kind belong to a scope on its day."""
    rows = Membership.objects.within(scope).filter(as_of(scope.on))
    return dict(rows.values_list("kind").annotate(number=Count("person", distinct=True)).order_by())


def became(part: Part, span: Span, column: str) -> dict[int, int]:
    """For how many people of the part the day that a column tells lies in a month of the span, by month."""
    stay = "person__affiliations__"
    there = Q((f"{stay}valid_from__lte", F(column)), (f"{stay}valid_until__gt", F(column)))
    rows = Membership.objects.unscoped(COUNTED).filter(
        there & part.on_the_day(column, f"{stay}organisation__"),
        **{f"{column}__gte": span.start, f"{column}__lt": span.end},
    )
    by_month = rows.annotate(month=_month_of(column)).values("month")
    found = by_month.annotate(number=Count("person", distinct=True)).order_by()
    return {_index(row["month"]): row["number"] for row in found}


def part_in(scope: Scope, organisation: int) -> Part | None:
    """The part of the tree below an organisation that lies in a scope, or lay there last. Three queries."""
    last = last_standing(organisation, scope.on)
    if last is None or not scope.covers(last.path):
        return None
    rows = Standing.objects.of(organisation=organisation).order_by("valid_from")
    chapters = tuple((TreePath(row.path), row.span) for row in rows)
    return Part(organisation, last.name, chapters, _beside(chapters))


def _beside(chapters: Chapters) -> frozenset[int]:
    below = Q(pk__in=())
    for path, span in chapters:
        low, high = path.bounds
        below |= Q(path__gte=low, path__lt=high) & during(span)
    committees = Standing.objects.unscoped(COUNTED).filter(below, kind=OrganisationKind.COMMITTEE)
    groups = Standing.objects.unscoped(COUNTED).filter(
        kind=OrganisationKind.PARTY_LEADERSHIP_GROUP,
        organisation__stands_in__in=committees.values("organisation__stands_in"),
    )
    return frozenset(groups.values_list("organisation", flat=True))


def shown_to(scope: Scope, rows: QuerySet[Activity]) -> QuerySet[Any]:
    """Those among activities that may be told one by one to whoever sees a scope: of what stands in it, or stood there
    last. `open` tells whether the record can still be opened.
    """
    later = Standing.objects.unscoped(COUNTED).filter(
        organisation=OuterRef("organisation"), valid_from__gte=OuterRef("valid_until")
    )
    last = Standing.objects.unscoped(COUNTED).filter(scope.paths("path"), valid_until__lte=scope.on)
    gone = last.exclude(Exists(later)).values("organisation")
    stands = Activity.in_scope(scope)
    reachable = Activity.objects.within(scope).filter(pk=OuterRef("pk"))
    shared = Partner.objects.unscoped(COUNTED).filter(organisation__in=gone).values("activity")
    seen = stands | Q(organisation__in=gone) | Q(pk__in=shared)
    return rows.filter(seen).annotate(open=Exists(reachable))
