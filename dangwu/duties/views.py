"""What we have to do, what we have others do, and how far they are."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import F
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from dangwu.duties.listings import Campaigns, Directives, Handed, Measures, Ours, Row, matrix_of
from dangwu.duties.models import Task
from dangwu.duties.policies import KEEP, SEE, may_keep_campaign, may_keep_task
from dangwu.duties.queries import POSTS, assignments, campaigns, cells, tasks
from dangwu.duties.services.setting import export_duties
from dangwu.foundation.fetching import fetch_or_404
from dangwu.foundation.pages.listing import Exported, Listing
from dangwu.foundation.pages.parts import Datum, DefinitionList, Link, StatTile, StatTiles, Tab, Tabs
from dangwu.foundation.pages.shell import Crumb
from dangwu.foundation.requests import actor_of
from dangwu.foundation.scope import Scope
from dangwu.organisations.views import day_of

HERE = "duties"
OWN, SET, LED = (
    Crumb("要我们做的", "/duties/"),
    Crumb("来文", "/duties/tasks/"),
    Crumb("主题教育", "/duties/campaigns/"),
)


def sees(request: HttpRequest) -> Scope:
    """Where the visitor sees duties. Raises Http404 where that is nowhere."""
    scope = actor_of(request).scope(SEE, day_of(request).today)
    if scope.is_nothing:
        raise Http404
    return scope


def keeps(request: HttpRequest) -> bool:
    """Whether the visitor keeps duties anywhere."""
    return not actor_of(request).scope(KEEP, day_of(request).today).is_nothing


def tabs(here: str) -> Tabs:
    """What we have to do, beside what we have others do."""
    pages = {"duties": "要我们做的", "duty-tasks": "来文", "campaigns": "主题教育"}
    return Tabs("任务落实", [Tab(title, reverse(name), here=name == here) for name, title in pages.items()])


def told(request: HttpRequest, chosen: str) -> Exported:
    """Notes that a list leaves."""
    by, on = actor_of(request), day_of(request).today
    return lambda rows: export_duties(by=by, rows=rows, chosen=chosen, on=on)


@require_safe
def ours(request: HttpRequest) -> HttpResponseBase:
    """What organisations where one is were handed: what is open first."""
    rows = assignments(sees(request)).order_by(F("done_on").desc(nulls_first=True), "due_on", "path", "pk")
    listing = Ours(rows, request.GET)
    context = {"here": HERE, "tabs": tabs("duties")}
    return listing.answer(request, context=context, exported=told(request, "要我们做的"))


@require_safe
def directives(request: HttpRequest) -> HttpResponseBase:
    """The directives that were passed on."""
    rows = tasks(sees(request)).filter(kind=Task.Kind.DIRECTIVE)
    ways = [Link("登记来文", reverse("directive-new"), main=True)] if keeps(request) else []
    context = {"here": HERE, "tabs": tabs("duty-tasks"), "actions": ways}
    return Directives(rows, request.GET).answer(request, context=context, exported=told(request, "来文"))


@require_safe
def task(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A directive or a measure, with how far each organisation is."""
    scope, by, today = sees(request), actor_of(request), day_of(request).today
    one = fetch_or_404(tasks(scope), pk)
    listing = Handed(assignments(scope).filter(task=one), request.GET)
    context = {
        "here": HERE,
        "heading": one.title,
        "crumbs": [*_way_to(one), Crumb(one.title)],
        "task": one,
        "told": DefinitionList(data_of(one, one.place)),
        "tiles": StatTiles(_tiles(one, listing)),
        "actions": _ways(one) if may_keep_task(by=by, task=one, on=today) else [],
    }
    return listing.answer(request, "duties/task.html", context, exported=told(request, one.title))


def data_of(task: Task, place: str) -> list[Datum]:
    """What is told of a task, without what nobody told."""
    entries = [
        Datum("文号", task.document_number),
        Datum("来文单位", task.issued_by),
        Datum("布置党组织", place),
        Datum("收到日期" if task.kind == Task.Kind.DIRECTIVE else "开始日期", task.received_on),
        Datum("完成期限", task.due_on),
        Datum("责任职务", POSTS.get(task.post, "")),
    ]
    return [datum for datum in entries if not datum.is_empty]


def _way_to(task: Task) -> list[Crumb]:
    if task.campaign is None:
        return [SET]
    return [LED, Crumb(task.campaign.name, reverse("campaign", args=[task.campaign_id]))]


def _tiles(one: Any, listing: Handed) -> list[StatTile]:  # noqa: ANN401 - a Task with its counts
    choices = listing.choices
    studied = (
        [] if one.kind == Task.Kind.MEASURE else [("未传达学习", (one.handed or 0) - (one.studied or 0), "unstudied")]
    )
    figures = [("已办结", one.done or 0, "done"), *studied, ("逾期未办", one.overdue or 0, "late")]
    tiles = [StatTile("布置", one.handed or 0, choices.without("standing", "page"), "个党组织")]
    return tiles + [
        StatTile(title, number, choices.with_(standing=key, page=None), "个党组织") for title, number, key in figures
    ]


def _ways(one: Task) -> list[Link]:
    return [
        Link("布置", reverse("duty-hand-on", args=[one.pk]), main=True),
        Link("起草提醒", reverse("duty-remind", args=[one.pk])),
        Link("修改", reverse("duty-task-edit", args=[one.pk])),
    ]


@require_safe
def led(request: HttpRequest) -> HttpResponseBase:
    """The campaigns."""
    ways = [Link("开展主题教育", reverse("campaign-new"), main=True)] if keeps(request) else []
    context = {"here": HERE, "tabs": tabs("campaigns"), "actions": ways}
    listing = Campaigns(campaigns(sees(request)), request.GET)
    return listing.answer(request, context=context, exported=told(request, "主题教育"))


@require_safe
def campaign(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A campaign: its measures, and how far each organisation is with each."""
    scope, by, today = sees(request), actor_of(request), day_of(request).today
    one = fetch_or_404(campaigns(scope), pk)
    measures = list(tasks(scope).filter(campaign=one).order_by("number"))
    by_measure = request.GET.get("by") != "organisation"
    listing: Listing = Measures(measures, request.GET) if by_measure else _matrix(scope, measures, request, today)
    may = may_keep_campaign(by=by, campaign=one, on=today)
    entries = [Datum("组织者", one.place), Datum("时间", f"{one.starts_on} 至 {one.ends_on}"), Datum("依据", one.basis)]
    ways = [("按措施看", "", by_measure), ("按党组织看", "organisation", not by_measure)]
    context = {
        "here": HERE,
        "heading": one.name,
        "crumbs": [LED, Crumb(one.name)],
        "task": {"asks": one.aim},
        "told": DefinitionList([datum for datum in entries if not datum.is_empty]),
        "views": Tabs("看法", [Tab(title, f"?by={key}" if key else "?", here=here) for title, key, here in ways]),
        "measures": [] if by_measure else measures,
        "actions": [Link("增加措施", reverse("measure-new", args=[pk]), main=True)] if may else [],
    }
    return listing.answer(request, "duties/task.html", context, exported=told(request, one.name))


def _matrix(scope: Scope, measures: list[Task], request: HttpRequest, today: date) -> Listing:
    rows = cells(scope, [measure.pk for measure in measures])
    return matrix_of(measures)(_rows(rows, today), request.GET)


def _rows(handed: Iterable[Any], today: date) -> list[Row]:
    rows: dict[int, Row] = {}
    for cell in handed:
        row = rows.setdefault(cell.organisation_id, Row(cell.organisation_id, cell.place, {}, today))
        row.cells[cell.task_id] = cell
    return list(rows.values())
