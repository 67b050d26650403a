"""Lists of activities: of everything one sees, to filter, print and export, and of one organisation month by month."""

from collections import defaultdict
from datetime import date
from functools import partial
from typing import Any, ClassVar, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from dangwu.foundation.pages.addresses import Choices
from dangwu.foundation.pages.columns import Column
from dangwu.foundation.pages.filters import Choice, Day, Text
from dangwu.foundation.pages.listing import Listing
from dangwu.foundation.pages.parts import EmptyState, Link, Tag
from dangwu.foundation.pages.shell import AsOf, Crumb
from dangwu.foundation.requests import actor_of
from dangwu.foundation.scope import Scope
from dangwu.kernel.tree_path import TreePath
from dangwu.members.listings import Place
from dangwu.organisations.fetching import standing_or_404
from dangwu.organisations.models import standing_in
from dangwu.organisations.queries import last_standing
from dangwu.organisations.trees import found_for
from dangwu.records.models import Activity, Partner
from dangwu.records.policies import KEEP, SEE
from dangwu.records.queries import activities, walked_activities
from dangwu.records.services.telling import export_activities
from dangwu.records.standing import activity_kinds
from dangwu.workbench.recording.fields import key_of
from dangwu.workbench.recording.light import compressed
from dangwu.workbench.recording.queries import named
from dangwu.workbench.years import year_asked

HERE = "activities"
WAITING = "待对方确认"
TONES = {
    Activity.State.PLANNED: "soon",
    Activity.State.CALLED: "soon",
    Activity.State.MINUTED: "warning",
    Activity.State.CONCLUDED: "good",
    Activity.State.CANCELLED: "hint",
}


def kind_words(activity: Activity) -> str:
    """What an activity is called, and what it served for besides."""
    every = activity_kinds()
    names = [kind.name if (kind := every.get(key)) else key for key in activity.kinds if key]
    return "、".join(names) or "未分类"


def state_tag(activity: Activity) -> Tag:
    """How far its record has come."""
    return Tag(activity.get_state_display(), TONES[Activity.State(activity.state)])


def came(activity: Activity) -> str:
    """Who came, as a pair of numbers."""
    if activity.present is None:
        return ""
    return f"{activity.present}/{activity.expected}" if activity.expected is not None else str(activity.present)


def _of_kind(rows: QuerySet[Activity], kind: str) -> QuerySet[Activity]:
    return rows.filter(Q(kind=kind) | Q(besides__contains=kind))


def _below(rows: QuerySet[Activity], key: str) -> QuerySet[Activity]:
    """Those of an organisation and of all below it, where it stands or stood last."""
    today, place = timezone.localdate(), key_of(key)
    standing = last_standing(place, today) if place else None
    if standing is None:
        return rows.none()
    return rows.filter(organisation__in=standing_in(Scope((TreePath(standing.path),), today)))


def _waiting(rows: QuerySet[Activity], _waits: str) -> QuerySet[Activity]:
    """Those of which a partner has not yet said that it took part."""
    waiting = Partner.objects.of(activity=OuterRef("pk")).filter(confirmed_on=None)
    return rows.filter(Exists(waiting), state=Activity.State.CONCLUDED)


def _says(rows: QuerySet[Activity], text: str) -> QuerySet[Activity]:
    return rows.filter(Q(topic__icontains=text) | Q(place__icontains=text) | Q(minutes__icontains=text))


class ActivityListing(Listing):
    """Activities of any kind and state."""

    title, noun = "组织生活", "次活动"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("held_on", "日期", sort=("held_on",)),
        Column(
            "kind",
            "类型",
            value=kind_words,
            link=lambda row: reverse("activity", args=[row.pk]),
            sort=("kind",),
            width=20,
        ),
        Column("organisation", "党组织", value=lambda row: row.place_name, width=28),
        Column("topic", "主题", width=40),
        Column("came", "实到/应到", value=came, number=True),
        Column("state", "办理情况", value=state_tag, sort=("state",)),
        Column("place", "地点", only_exported=True, width=24),
        Column("chair", "主持人", only_exported=True),
        Column("recorder", "记录人", only_exported=True),
        Column("lecturer", "主讲人", only_exported=True),
        Column("hours", "学时", only_exported=True),
        Column("recorded_on", "记录日期", only_exported=True),
        Column("late_reason", "补记原因", only_exported=True, width=24),
    )
    default_sort = "-held_on"
    empty = EmptyState("还没有活动", "在党组织的页面上点“记录活动”，两分钟就能记好一次会议。")

    @staticmethod
    def made(request: HttpRequest, rows: QuerySet[Activity], today: date) -> "ActivityListing":
        """The list with filters that find within what the visitor sees."""
        scope, as_of = actor_of(request).scope(SEE, today), AsOf(today, today, Choices(QueryDict()))
        filters = (
            Text("q", "搜索", by=_says, help="主题、地点、记录"),
            Choice("kind", "类型", by=_of_kind, offered=[(kind.id, kind.name) for kind in activity_kinds()]),
            Choice("state", "办理情况", by="state", offered=tuple(Activity.State.choices)),
            Choice("joint", "联办", by=_waiting, offered=[("waiting", WAITING)]),
            Place("organisation", "党组织", by=_below, find=lambda text: found_for(scope, text, as_of)),
            Day("since", "起始日期", by="held_on__gte"),
            Day("until", "截止日期", by="held_on__lte"),
        )
        kind = type("Activities", (ActivityListing,), {"filters": filters})
        offered = [("url", reverse("organisations-found")), ("name", request.GET.get("organisation", ""))]
        return kind(rows, request.GET, organisation=offered)  # type: ignore[no-any-return] # a class made just now


@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """Everything that organisations in one's scope plan and held."""
    today = timezone.localdate()
    scope = actor_of(request).scope(SEE, today)
    shown = ActivityListing.made(request, named(activities(scope), today), today)
    shown.walked, shown.counted = (lambda: named(walked_activities(scope), today)), partial(activities, scope)
    shown.known_by = scope
    export = partial(_note_export, request, shown, today)
    return shown.answer(
        request,
        context={"here": HERE, "actions": [Link("内容相近的记录", reverse("activities-alike"))]},
        exported=export,
    )


def _note_export(request: HttpRequest, shown: Listing, today: date, rows: int) -> None:
    chosen = "；".join(chip.text for chip in shown.chips())
    export_activities(by=actor_of(request), rows=rows, chosen=chosen, today=today)


class Month(NamedTuple):
    """A month of the year with what was held in it."""

    number: int
    held: list[Activity]


@require_safe
@compressed
def by_month(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What an organisation held in a year, month by month."""
    by, today = actor_of(request), timezone.localdate()
    standing = standing_or_404(by.scope(SEE, today), pk)
    year = year_asked(request.GET.get("year", ""), today, ahead=1)
    joint = dict(Partner.objects.of(organisation=pk).values_list("activity", "confirmed_on"))
    rows = activities(by.scope(SEE, today)).filter(Q(organisation=pk) | Q(pk__in=joint), held_on__year=year)
    months: dict[int, list[Any]] = defaultdict(list)
    for activity in rows.order_by("held_on", "pk"):
        waits = activity.state == Activity.State.CONCLUDED and joint.get(activity.pk, today) is None
        tag = Tag(WAITING, "soon") if waits else state_tag(activity)
        months[activity.held_on.month].append((activity, kind_words(activity), tag))
    context = {
        "here": HERE,
        "heading": f"{year} 年组织生活",
        "lead": standing.called,
        "crumbs": [Crumb(standing.called, reverse("organisation", args=[pk])), Crumb("组织生活")],
        "actions": _ways(by.scope(KEEP, today), standing.path, pk),
        "months": [Month(number, months[number]) for number in range(1, 13)],
        "year": year,
        "earlier": f"?year={year - 1}",
        "later": f"?year={year + 1}" if year < today.year + 1 else "",
        "list_url": f"{reverse('activities')}?organisation={standing.name}&organisation_key={pk}",
    }
    return render(request, "workbench/recording/by_month.html", context)


def _ways(keeps: Scope, path: str, pk: int) -> list[Link]:
    return [Link("记录活动", reverse("record-choose", args=[pk]), main=True)] if keeps.covers(path) else []
