"""What falls due soon where somebody has the say: terms that end, probations that end."""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, DateField, Exists, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from dangwu.foundation.history import as_of
from dangwu.foundation.pages.columns import Column
from dangwu.foundation.pages.filters import Text
from dangwu.foundation.pages.listing import Listing
from dangwu.foundation.pages.parts import EmptyState, Tag
from dangwu.foundation.remembering import remembered
from dangwu.foundation.scope import Scope
from dangwu.kernel.months import add_months
from dangwu.kernel.span import DAWN
from dangwu.members.listings import branch_of
from dangwu.members.models import Membership
from dangwu.members.roster import belonging
from dangwu.organisations.models import Standing, Term

TERMS_AHEAD = 6
PROBATIONS_AHEAD = 3
PROBATION = 12
"""Months: how far ahead terms and probations are told, and how long a probation lasts."""
AT_HAND = "told together with organisations that are in the scope"


def ending_terms(scope: Scope) -> QuerySet[Any]:
    """The newest terms that end within six months or are over."""
    return newest_terms(scope).filter(ends_on__lte=add_months(scope.on, TERMS_AHEAD))


def newest_terms(scope: Scope) -> QuerySet[Any]:
    """The newest term of each organisation, with its last day (`ends_on`) and the organisation's name (`place`). Terms
    whose end nobody told are not among them.
    """
    later = Term.objects.unscoped(AT_HAND).filter(
        organisation=OuterRef("organisation"), started_on__gt=OuterRef("started_on")
    )
    stands = Standing.objects.unscoped(AT_HAND).filter(as_of(scope.on), organisation=OuterRef("organisation"))
    rows = Term.objects.within(scope).annotate(
        ends_on=Coalesce("postponed_until", "until"), place=Subquery(stands.values("name")[:1]), today=today(scope)
    )
    return rows.filter(~Exists(later), ends_on__isnull=False).order_by("ends_on", "pk")


def ending_probations(scope: Scope) -> QuerySet[Any]:
    """Who is on probation and has been for nine months or longer."""
    return probations(scope).filter(begun__lte=add_months(scope.on, PROBATIONS_AHEAD - PROBATION))


def probations(scope: Scope) -> QuerySet[Any]:
    """Who is on probation, with the day it began (`begun`) where somebody told."""
    told = Coalesce("membership__joined_on", "membership__valid_from")
    begun = Case(When(membership__valid_from=DAWN, membership__joined_on=None, then=None), default=told)
    rows = belonging(scope, [Membership.Kind.PROBATIONARY])
    return rows.annotate(begun=begun, today=today(scope)).order_by("begun", "pk")


class Coming(NamedTuple):
    """What ends: the key of the organisation or person, the name, the day."""

    key: int
    name: str
    on: date


class FirstOf(NamedTuple):
    """How many there are, and the first of them."""

    number: int
    first: tuple[Coming, ...]


def first_terms(scope: Scope, most: int) -> FirstOf:
    """The terms that end soon: how many, and so many of them."""

    def find() -> FirstOf:
        rows = ending_terms(scope)
        first = (Coming(row.organisation_id, row.place, row.ends_on) for row in rows[:most])
        return FirstOf(rows.count(), tuple(first))

    return remembered(("first terms", scope, most), find)


def first_probations(scope: Scope, most: int) -> FirstOf:
    """The probations that end soon, likewise."""

    def find() -> FirstOf:
        rows = ending_probations(scope)
        first = (Coming(row.person_id, row.person.name, probation_ends(row)) for row in rows[:most])
        return FirstOf(rows.count(), tuple(first))

    return remembered(("first probations", scope, most), find)


def today(scope: Scope) -> Value:
    """The scope's day, for cells that say how far off another is."""
    return Value(scope.on, DateField())


def probation_ends(row: Any) -> date:  # noqa: ANN401 - an Affiliation with its `begun`
    """The day on which somebody has been on probation for a year."""
    return add_months(row.begun, PROBATION)


def told_due(day: date, today: date) -> Tag:
    """How far off a day is."""
    days = (day - today).days
    if days < 0:
        return Tag(f"已过 {-days} 天", "overdue")
    return Tag("今天" if days == 0 else f"还有 {days} 天", "soon")


class EndingTerms(Listing):
    """The terms that end soon."""

    title, noun = "届期将满", "个党组织"
    columns = (
        Column("place", "党组织", sort=("place",), link=lambda row: address_of(row.organisation_id), width=36),
        Column("ends_on", "届满日期", sort=("ends_on",)),
        Column("due", "期限", value=lambda row: told_due(row.ends_on, row.today)),
        Column("postponed_until", "批准延期至"),
        Column("started_on", "本届选举日期", sort=("started_on",)),
    )
    filters = (Text("q", "搜索", by="place__icontains", help="党组织名称"),)
    empty = EmptyState("六个月内没有届满的党组织", "没有登记届满日期的不在内，可以在党组织的页面登记。")


class EndingProbations(Listing):
    """The probations that end soon."""

    title, noun = "预备期将满", "名预备党员"
    columns = (
        Column(
            "name",
            "姓名",
            value=lambda row: row.person.name,
            sort=("person__pinyin",),
            link=lambda row: reverse("member", args=[row.person_id]),
        ),
        Column("branch", "党组织", value=branch_of, sort=("place__path",), width=24),
        Column("begun", "成为预备党员日期", sort=("begun",)),
        Column("ends", "预备期满", value=probation_ends),
        Column("due", "期限", value=lambda row: told_due(probation_ends(row), row.today)),
    )
    empty = EmptyState("三个月内没有预备期满的预备党员", "预备期满一年的，要按时讨论能否转正。")


def address_of(organisation: int) -> str:
    """The page of an organisation."""
    return reverse("organisation", args=[organisation])
