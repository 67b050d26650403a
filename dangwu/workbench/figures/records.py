"""What is behind a number: the activities that were counted, or the list of the people or organisations."""

from datetime import date
from functools import partial
from typing import ClassVar
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from dangwu.foundation.pages.columns import Column
from dangwu.foundation.pages.parts import EmptyState, Link
from dangwu.foundation.requests import actor_of
from dangwu.foundation.scope import Scope
from dangwu.insights.figure_shapes import Measure
from dangwu.insights.figures import Figure
from dangwu.insights.queries import activities, given_by_leaders, shown_to
from dangwu.records.models import Activity
from dangwu.records.services.telling import export_activities
from dangwu.workbench.figures.choosing import Chosen
from dangwu.workbench.recording.activity_listing import ActivityListing, came, kind_words
from dangwu.workbench.recording.queries import named


class CountedActivities(ActivityListing):
    """The activities that a figure counted."""

    columns: ClassVar[tuple[Column, ...]] = (
        Column("held_on", "日期", sort=("held_on",)),
        Column(
            "kind",
            "类型",
            value=kind_words,
            link=lambda row: reverse("activity", args=[row.pk]) if row.open else "",
            width=20,
        ),
        Column("organisation", "党组织", value=lambda row: row.place_name, width=28),
        Column("topic", "主题", width=40),
        Column("came", "实到/应到", value=came, number=True),
        Column("audience", "听众人数", number=True, only_exported=True),
        Column("hours", "学时", number=True, only_exported=True),
        Column("days", "天数", number=True, only_exported=True),
    )
    filters = ()
    rows_per_page = 30
    empty = EmptyState("没有可以逐条列出的记录")


def counted(figure: Figure, chosen: Chosen, scope: Scope) -> tuple[QuerySet[Activity], int]:
    """The activities behind a figure that may be listed, and how many more were counted."""
    rows = activities(chosen.part, chosen.days.span, figure.kinds)
    if figure.given_by:
        rows = given_by_leaders(rows)
    shown = shown_to(scope, rows)
    return shown, rows.count() - shown.count()


def listing(request: HttpRequest, figure: Figure, rows: QuerySet[Activity], scope: Scope) -> CountedActivities:
    """Them as a list."""
    made = CountedActivities(named(rows, scope.on), request.GET)
    made.title = figure.title  # type: ignore[misc] # the title of this list alone
    return made


def exporting(request: HttpRequest, figure: Figure, chosen: Chosen) -> partial[None]:
    """What tells the audit when the list leaves."""
    told = f"{figure.title}，{chosen.standing.name}，{chosen.days.called}"
    return partial(_note, request, told)


def _note(request: HttpRequest, told: str, rows: int) -> None:
    by = actor_of(request)
    export_activities(by=by, rows=rows, chosen=told, today=by.today)  # type: ignore[attr-defined] # an account's


def list_of(figure: Figure, chosen: Chosen, today: date) -> Link | None:
    """The list on which the members or organisations of a figure stand; none where activities were counted."""
    span = chosen.days.span
    on = {"on": span.last.isoformat()} if span.last != today else {}
    match figure.measure:
        case Measure.STANDING:
            one = {"kind": figure.organisations[0]} if len(figure.organisations) == 1 else {}
            return Link("查看党组织", _list("organisations-list", on | one))
        case Measure.MEMBERS:
            told = {"kind": figure.members[0]} if len(figure.members) == 1 else {}
        case Measure.ADMITTED:
            told = {"since": span.start.isoformat(), "until": span.last.isoformat()}
        case Measure.CONFIRMED:
            told = {"kind": "full"}
        case _:
            return None
    key = chosen.form.data.get("organisation_key", "")
    return Link("查看名册", _list("members", ({"organisation_key": key} if key else {}) | on | told))


def _list(name: str, asked: dict[str, str]) -> str:
    return f"{reverse(name)}?{urlencode(asked)}" if asked else reverse(name)
