"""The pages of one check: its progress, its matrix, its findings, the problems of its workbooks, its report."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, NamedTuple, TypeVar

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRefresh

from dangwu.compliance.documents import report_bytes
from dangwu.compliance.documents.wording import HOW_JUDGED, SEVERITY_MEANINGS, figures_of, legend, title_of
from dangwu.compliance.models import Check
from dangwu.compliance.queries import checks_for
from dangwu.compliance.report import Report
from dangwu.foundation.audit.checkpoints import audit_footer
from dangwu.foundation.requests import actor_of
from dangwu.workbench import selecting
from dangwu.workbench.columns import column_heads, understood
from dangwu.workbench.forms import DueChoices, FindingChoices, MatrixChoices, ProblemChoices
from dangwu.workbench.queries import report_on

ROWS, FINDINGS, DUE, PROBLEMS = 40, 50, 100, 100  # on one page
CONTENT_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
}
Item = TypeVar("Item")


class Group(NamedTuple):
    """The part of a list under one heading that is on this page; `total` counts the other pages too."""

    title: str
    total: int
    items: list[Any]


@require_safe
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the check is, why it was refused, or its matrix."""
    check = get_object_or_404(checks_for(actor_of(request)), pk=pk)
    polled = "HX-Request" in request.headers and request.headers.get("HX-Target") == "check-progress"
    if check.state in {Check.State.WAITING, Check.State.RUNNING}:
        page = "workbench/components/check_progress.html" if polled else "workbench/progress.html"
    elif polled:
        return HttpResponseClientRefresh()
    elif check.state == Check.State.REFUSED:
        page = "workbench/refused.html"
    else:
        return _matrix(request, check)
    return render(request, page, {"here": "checks", "check": check})


def _matrix(request: HttpRequest, check: Check) -> HttpResponse:
    report = report_on(check)
    form = MatrixChoices(request.GET, **selecting.matrix_choices(report))
    matrix = selecting.matrix(report, form.wanted)
    page = _page(request, matrix.rows, ROWS)
    more = {"page": page, "matrix": matrix, "legend": legend(), "how_judged": HOW_JUDGED}
    return _answer(request, check, report, "overview", {"form": form, **more})


@require_safe
def findings(request: HttpRequest, pk: int) -> HttpResponse:
    """What is missing: clause, reason, evidence and remedy."""
    check, report = _done(request, pk)
    form = FindingChoices(request.GET, **selecting.finding_choices(report))
    wanted = form.wanted
    found = selecting.findings(report, wanted)
    page = _page(request, found, FINDINGS)
    groups = _grouped(list(page.object_list), found, selecting.group_of(wanted))
    more = {"page": page, "groups": groups, "square": selecting.square(report, wanted)}
    return _answer(request, check, report, "findings", {"form": form, **more})


@require_safe
def due(request: HttpRequest, pk: int) -> HttpResponse:
    """What is still to be done, and by when."""
    check, report = _done(request, pk)
    form = DueChoices(request.GET, **selecting.due_choices(report))
    page = _page(request, selecting.due(report, form.wanted), DUE)
    return _answer(request, check, report, "due", {"form": form, "page": page})


@require_safe
def problems(request: HttpRequest, pk: int) -> HttpResponse:
    """What in the workbooks should be put right, by what repairs it."""
    check, report = _done(request, pk)
    form = ProblemChoices(request.GET, **selecting.problem_choices(report))
    found = selecting.problems(report, form.wanted)
    page = _page(request, found, PROBLEMS)
    groups = _grouped(list(page.object_list), found, lambda problem: problem.remedy)
    more = {"page": page, "groups": groups, "heads": column_heads(check), "severities": SEVERITY_MEANINGS}
    return _answer(request, check, report, "problems", {"form": form, **more})


@require_safe
def workbooks(request: HttpRequest, pk: int) -> HttpResponse:
    """How the workbooks were understood, and what could therefore not be judged."""
    check, report = _done(request, pk)
    return _answer(request, check, report, "workbooks", {"understood": understood(check)})


@require_safe
def report(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    """The whole report as a file."""
    _check, done = _done(request, pk)
    told = replace(done, checkpoint=audit_footer())
    name = f"{title_of(told)}（{told.on}）{suffix}"
    return HttpResponse(
        report_bytes(told, suffix),
        content_type=CONTENT_TYPES[suffix],
        headers={"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or ""},
    )


def _done(request: HttpRequest, pk: int) -> tuple[Check, Report]:
    check = get_object_or_404(checks_for(actor_of(request)), pk=pk, state=Check.State.DONE)
    return check, report_on(check)


def _answer(request: HttpRequest, check: Check, report: Report, tab: str, content: Mapping[str, Any]) -> HttpResponse:
    around = {"here": "checks", "check": check, "report": report, "figures": figures_of(report).told(), "tab": tab}
    return render(request, f"workbench/{tab}.html", {**around, **content})


def _page(request: HttpRequest, items: Sequence[Item], size: int) -> Page[Item]:
    return Paginator(items, size).get_page(request.GET.get("page"))


def _grouped(shown: Sequence[Item], everything: Sequence[Item], key: Callable[[Item], str]) -> list[Group]:
    totals = Counter(map(key, everything))
    return [Group(title, totals[title], list(items)) for title, items in groupby(shown, key)]
