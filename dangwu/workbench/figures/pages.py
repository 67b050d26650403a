"""The year in numbers: all of them, and one with its trend and its records."""

from collections.abc import Callable
from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from dangwu.access.requests import ActingRequest
from dangwu.foundation.audit.checkpoints import audit_footer
from dangwu.foundation.pages.charts import Chart, Series
from dangwu.foundation.pages.parts import Link, Tab, Tabs
from dangwu.foundation.pages.shell import Crumb
from dangwu.foundation.scope import Scope
from dangwu.insights.documents.poster import poster
from dangwu.insights.figures import Figure
from dangwu.insights.services.telling import export_figures
from dangwu.insights.spans import trend
from dangwu.insights.standing import declared_figures
from dangwu.insights.telling import Heading, course, one, told
from dangwu.insights.wording import drawn
from dangwu.kernel.periods import Every
from dangwu.records.policies import SEE
from dangwu.workbench.figures.choosing import Chosen, chosen
from dangwu.workbench.figures.records import counted, exporting, list_of, listing
from dangwu.workbench.figures.workbooks import sheet_of

HERE = "figures"
TRENDS = {Every.MONTH: "按月", Every.QUARTER: "按季度", Every.YEAR: "按年"}
Answer = Callable[[list[Heading], Chosen, ActingRequest], HttpResponseBase]


@require_safe
def figures(request: ActingRequest) -> HttpResponseBase:
    """All figures of a part of the tree and some days; as poster or workbook too. Raises Http404."""
    scope = _scope_or_404(request)
    wanted = chosen(request.GET, scope)
    headings = told(declared_figures(), wanted.part, wanted.days)
    form = request.GET.get("as", "")
    if form in FORMS:
        name, answer = FORMS[form]
        export_figures(
            by=request.actor, standing=wanted.standing, told=wanted.days.called, form=name, today=request.actor.today
        )
        return answer(headings, wanted, request)
    return render(request, "workbench/figures.html", {**_around(wanted), "headings": headings})


def _around(wanted: Chosen) -> dict[str, Any]:
    asked = f"&{wanted.asked}" if wanted.asked else ""
    return {
        "here": HERE,
        "heading": "数读",
        "form": wanted.form,
        "chosen": wanted,
        "days": wanted.days,
        "query": f"?{wanted.asked}" if wanted.asked else "",
        "ways_out": [
            Link("海报（PDF）", f"{reverse('figures')}?as=pdf{asked}", main=True),
            Link("导出表格", f"{reverse('figures')}?as=xlsx{asked}"),
        ],
    }


def _poster(headings: list[Heading], wanted: Chosen, request: ActingRequest) -> HttpResponse:
    made = poster(headings, wanted.standing, wanted.days, today=request.actor.today, checkpoint=audit_footer())
    name = f"数读（{wanted.standing.called}，{wanted.days.name}）.pdf"
    attached = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": attached or ""})


def _workbook(headings: list[Heading], wanted: Chosen, request: ActingRequest) -> FileResponse:
    return sheet_of(headings, wanted, by=request.actor.name, on=request.actor.today)


FORMS: dict[str, tuple[str, Answer]] = {"pdf": ("海报", _poster), "xlsx": ("表格", _workbook)}


@require_safe
def figure(request: ActingRequest, figure: str) -> HttpResponseBase:
    """A figure with its trend, and what was counted. Raises Http404."""
    scope, found = _scope_or_404(request), declared_figures().get(figure)
    if found is None:
        raise Http404
    wanted = chosen(request.GET, scope)
    context = {**_around(wanted), "heading": found.title, "ways_out": []}
    context |= {"crumbs": [Crumb("数读", f"{reverse('figures')}{context['query']}"), Crumb(found.title)]}
    if found.of_activities and not found.confidential:
        rows, others = counted(found, wanted, scope)
        shown = listing(request, found, rows, scope)
        context |= {"listing": shown, "others": others, "printing": shown.printing}
        if shown.wants == "page":
            context |= _one(request, found, wanted)
        return shown.answer(request, "workbench/figure.html", context, exported=exporting(request, found, wanted))
    context |= {**_one(request, found, wanted), "list_link": list_of(found, wanted, request.actor.today)}
    return render(request, "workbench/figure.html", context)


def _one(request: ActingRequest, found: Figure, wanted: Chosen) -> dict[str, Any]:
    every = _every(request, found)
    return {
        "one": one(found, wanted.part, wanted.days),
        "trend": _trend(found, wanted, every, request),
        "ways": _ways(found, wanted, every),
    }


def _every(request: ActingRequest, found: Figure) -> Every:
    asked = request.GET.get("every", "")
    offered = _offered(found)
    return Every(asked) if asked in offered else offered[0]


def _offered(found: Figure) -> list[Every]:
    """A confidential figure is told by quarters at the least."""
    return [every for every in TRENDS if not (found.confidential and every == Every.MONTH)]


def _trend(found: Figure, wanted: Chosen, every: Every, request: ActingRequest) -> Chart:
    periods = trend(every, wanted.days)
    values = course(found, wanted.part, periods, request.actor.today)
    return Chart(
        key="trend",
        title=f"{found.title}，{TRENDS[every]}",
        kind="bar" if found.sums_up else "line",
        labels=[period.name for period in periods],
        series=[Series(found.title, [drawn(value) for value in values])],
        unit=found.unit,
    )


def _ways(found: Figure, wanted: Chosen, here: Every) -> Tabs:
    page, asked = reverse("figure", args=[found.id]), f"&{wanted.asked}" if wanted.asked else ""
    ways = [Tab(TRENDS[every], f"{page}?every={every}{asked}", here=every == here) for every in _offered(found)]
    return Tabs("趋势", ways)


def _scope_or_404(request: ActingRequest) -> Scope:
    """Where whoever asks sees records. Raises Http404 where that is nowhere."""
    scope = request.actor.scope(SEE, request.actor.today)
    if scope.is_nothing:
        raise Http404
    return scope
