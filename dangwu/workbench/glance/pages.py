"""The pages of the matrix: branches × duties, the levels above them, one duty through the year."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from dangwu.access.requests import ActingRequest
from dangwu.compliance.documents.wording import legend
from dangwu.compliance.living.matrix import Line, Matrix, Wanted, duty_of, matrix, places
from dangwu.compliance.living.months import months
from dangwu.compliance.models import Judging
from dangwu.compliance.report import ORDER, Cell, Duty, Status
from dangwu.compliance.rulebooks import every_rule
from dangwu.foundation.audit.checkpoints import audit_footer
from dangwu.foundation.pages.parts import Link, Tab, Tabs
from dangwu.foundation.pages.shell import Crumb
from dangwu.foundation.scope import Scope
from dangwu.kernel.tree_path import WIDTH, TreePath
from dangwu.notices.policies import SEND
from dangwu.records.policies import SEE
from dangwu.workbench.glance import workbooks
from dangwu.workbench.glance.choosing import GlanceChoices
from dangwu.workbench.glance.squares import duties_address, firsts, squares
from dangwu.workbench.selecting import together

HERE = "overview"
PER_PAGE = 50
MOST_ABOVE = 400  # organisations to choose from
LOUD = ORDER[Status.HINT]


class Row(NamedTuple):
    """A line as the page writes it."""

    line: Line
    url: str
    squares: SafeString
    quiet: int


@require_safe
def overview(request: ActingRequest) -> HttpResponseBase:
    """Branches × duties, worst first; the same for paper, and as a workbook."""
    actor = request.actor
    scope = _scope_or_404(request)
    form = _form(request, scope)
    wants = request.GET.get("as", "")
    page = None if wants in {"xlsx", "print"} else _page_asked(request)
    found = matrix(scope, form.shown_year, today=actor.today, rulebook=every_rule(), wanted=form.part, page=page)
    if wants == "xlsx":
        return workbooks.answer(found, chosen=_chosen(form), by=actor.name, on=actor.today)
    loud = _loud(found, everything="all" in form.wanted or "rule" in form.wanted)
    context = {
        **_around(request, form, found, "branches"),
        "duties": [(duty, _head(duty)) for duty in loud.duties],
        "documents": _documents(loud.duties),
        "rows": list(_rows(loud, form)),
        "hidden": len(found.duties) - len(loud.duties),
        "page": _pages(found),
        "printing": wants == "print",
        "printed_by": actor.name,
        "checkpoint": audit_footer() if wants == "print" else "",
    }
    return render(request, "workbench/glance.html", context)


@require_safe
def levels(request: ActingRequest) -> HttpResponse:
    """The five figures of every organisation above branches, each with all below it."""
    actor = request.actor
    scope = _scope_or_404(request)
    form = _form(request, scope)
    part = Wanted(rules=form.part.rules, under=form.part.under)
    found = matrix(scope, form.shown_year, today=actor.today, rulebook=every_rule(), wanted=part, page=1)
    least = min((len(line.place.path) for line in found.bodies), default=0)
    rows = [
        (line, workbooks.five(line.figures), (len(line.place.path) - least) // WIDTH, _narrowed(request, line))
        for line in found.bodies
    ]
    context = {**_around(request, form, found, "levels"), "rows": rows, "overview_url": reverse("overview")}
    return render(request, "workbench/glance_levels.html", context)


@require_safe
def one_duty(request: ActingRequest, rule_id: str) -> HttpResponse:
    """A duty through the year: who did it when. Raises Http404."""
    actor, rule = request.actor, every_rule().rules.get(rule_id)
    if rule is None or rule.shape.each is None:
        raise Http404
    scope = _scope_or_404(request)
    form = _form(request, scope)
    for other in ("kind", "status", "rule", "all"):
        del form.fields[other]
    found = months(_narrow(scope, form), form.shown_year, duty_of(rule), rule.shape.each, today=actor.today)
    page = Paginator(found.lines, PER_PAGE).get_page(request.GET.get("page"))
    rows = [(line, duties_address(line.place.organisation, found.year, actor.today.year)) for line in page]
    crumbs = [Crumb("组织生活总览", reverse("overview")), Crumb(rule.title)]
    context = {"here": HERE, "heading": rule.title, "crumbs": crumbs, "form": form, "found": found, "rows": rows}
    return render(request, "workbench/glance_months.html", {**context, "page": page, "legend": legend()})


# --- what was asked for


def _scope_or_404(request: ActingRequest) -> Scope:
    """Where whoever asks sees records. Raises Http404 where that is nowhere."""
    scope = request.actor.scope(SEE, request.actor.today)
    if scope.is_nothing:
        raise Http404
    return scope


def _form(request: HttpRequest, scope: Scope) -> GlanceChoices:
    above = [place for place in places(scope) if not place.is_branch]
    since = Judging.objects.order_by("since").values_list("since", flat=True).first()
    return GlanceChoices(
        request.GET,
        today=scope.on,
        since=since.year if since else scope.on.year,
        under=[(str(place.organisation), place.name) for place in above[:MOST_ABOVE]],
        rules=[(rule.id, rule.title) for rule in every_rule().rules.values()],
    )


def _page_asked(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return max(int(asked), 1) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1  # noqa: PLR2004 - pages


def _chosen(form: GlanceChoices) -> list[str]:
    named = {name: dict(field.choices) for name, field in form.fields.items() if hasattr(field, "choices")}
    return [f"{form.fields[n].label}：{named[n].get(v, v)}" for n, v in form.wanted.items() if n in named]


def _narrow(scope: Scope, form: GlanceChoices) -> Scope:
    """The part of the scope below an organisation of it."""
    under = form.part.under
    path = next((place.path for place in places(scope) if place.organisation == under), None)
    return Scope((TreePath(path),), scope.on) if path else scope


# --- what is shown


def _around(request: ActingRequest, form: GlanceChoices, found: Matrix, tab: str) -> dict[str, object]:
    asked = f"?{request.GET.urlencode()}" if request.GET else ""
    tabs = [
        Tab("各支部", reverse("overview") + asked, here=tab == "branches"),
        Tab("各级汇总", reverse("overview-levels") + asked, here=tab == "levels"),
    ]
    return {
        "here": HERE,
        "heading": "组织生活总览",
        "actions": [Link("拟提醒", reverse("remind"))] if _may_remind(request) else [],
        "tabs": Tabs("组织生活总览", tabs),
        "form": form,
        "found": found,
        "figures": workbooks.five(found.figures),
        "legend": legend(),
    }


def _may_remind(request: ActingRequest) -> bool:
    return not request.actor.scope(SEND, request.actor.today).is_nothing


def _loud(found: Matrix, *, everything: bool) -> Matrix:
    """The matrix without the columns in which nobody on this page needs attention, those of one document together."""
    worst = [
        min((ORDER[line.cells[place].status] for line in found.lines), default=LOUD)
        for place in range(len(found.duties))
    ]
    loud = [place for place, order in enumerate(worst) if everything or order <= LOUD]
    kept = together(loud, lambda place: found.duties[place].document, worst.__getitem__)
    lines = tuple(line._replace(cells=tuple(line.cells[place] for place in kept)) for line in found.lines)
    return replace(found, duties=tuple(found.duties[place] for place in kept), lines=lines)


def _head(duty: Duty) -> str:
    """Where the head of a column leads: through the year where the duty comes again and again, else to the rule."""
    rule = every_rule().rules[duty.rule]
    return reverse("overview-duty" if rule.shape.each else "rule", args=[duty.rule])


def _documents(duties: Iterable[Duty]) -> list[tuple[str, int]]:
    return [(title, len(list(group))) for title, group in groupby(duty.document for duty in duties)]


def _rows(found: Matrix, form: GlanceChoices) -> Iterable[Row]:
    begins = firsts(found.duties)
    for line in found.lines:
        url = duties_address(line.place.organisation, found.year, form.today.year)
        yield Row(line, url, squares(line.cells, found.duties, url, begins), _quiet(line.cells))


def _quiet(cells: Sequence[Cell]) -> int:
    return sum(cell.status in {Status.GOOD, Status.OPEN} for cell in cells)


def _narrowed(request: HttpRequest, line: Line) -> str:
    asked = request.GET.copy()
    asked["under"] = str(line.place.organisation)
    return f"{reverse('overview')}?{asked.urlencode()}"


class _Numbered:
    """Page links over what the matrix has cut into pages itself."""

    def __init__(self, found: Matrix) -> None:
        self.number, self.num_pages = found.page, found.pages
        self.paginator = self

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_next(self) -> bool:
        return self.number < self.num_pages

    @property
    def previous_page_number(self) -> int:
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        return self.number + 1


def _pages(found: Matrix) -> _Numbered:
    return _Numbered(found)
