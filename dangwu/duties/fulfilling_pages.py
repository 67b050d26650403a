"""An assignment as those who do it see it, with what they can do about it; and what the level above says to it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dangwu.duties.forms import NoteForm, ReportForm, ReturnForm, StudyForm
from dangwu.duties.listings import is_waiting, responsible, tag_of
from dangwu.duties.models import Assignment, Task
from dangwu.duties.policies import KEEP, may_fulfil, may_judge
from dangwu.duties.proving import Record, records
from dangwu.duties.queries import assignments, named, notes_of, proofs_of
from dangwu.duties.services.fulfilling import confirm, note_progress, report, send_back, study
from dangwu.duties.views import HERE, OWN, data_of, sees
from dangwu.foundation.fetching import fetch_or_404
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.pages.forms import ConfirmForm, SafeForm
from dangwu.foundation.pages.parts import Datum, DefinitionList, EmptyState, Event, Link, Timeline
from dangwu.foundation.pages.shell import Crumb, tell, warn
from dangwu.foundation.requests import actor_of
from dangwu.foundation.submissions import once
from dangwu.foundation.undo.keeping import way_back
from dangwu.kernel.workdays import seeded
from dangwu.organisations.models import BRANCH_KINDS
from dangwu.organisations.views import day_of

editing = require_http_methods(["GET", "HEAD", "POST"])
SHOWN = 5


@require_safe
def duty(request: HttpRequest, pk: int) -> HttpResponse:
    """What one organisation was handed, and how far it is."""
    row, by, today = _duty_or_404(request, pk), actor_of(request), day_of(request).today
    mine = may_fulfil(by=by, assignment=row, on=today) and row.done_on is None
    judges = may_judge(by=by, assignment=row, on=today) and is_waiting(row.state, row.done_on)
    directive = row.task.kind == Task.Kind.DIRECTIVE
    passes_on = directive and row.place_kind not in BRANCH_KINDS
    proofs = list(proofs_of(row))
    context = {
        "here": HERE,
        "heading": row.task.title,
        "lead": row.place,
        "crumbs": [OWN, Crumb(row.task.title)],
        "row": row,
        "state": tag_of(row, today),
        "remaining": seeded().describe_remaining(today, row.due_on) if row.done_on is None else "",
        "told": DefinitionList(_told(row)),
        "records": _offered(request, row, {proof.record for proof in proofs}) if mine else [],
        "proofs": [(proof, _url(request, proof.record)) for proof in proofs],
        "directive": directive,
        "mine": mine,
        "studies": mine and directive and row.studied_on is None,
        "reports": mine and (not directive or row.studied_on is not None),
        "judges": judges,
        "timeline": Timeline(_events(row), EmptyState("还没有进展")),
        "actions": [Link("转给下级", f"{reverse('directive-new')}?from={pk}")] if mine and passes_on else [],
    }
    return render(request, "duties/duty.html", context)


def _told(row: Any) -> list[Datum]:  # noqa: ANN401 - an Assignment as `assignments` gives it
    entries = [
        *(datum for datum in data_of(row.task, row.setter) if datum.label not in {"责任职务", "完成期限"}),
        Datum("完成期限", row.due_on),
        Datum("责任人", responsible(row)),
        Datum("传达学习", row.studied_on),
        Datum("登记日期", row.noted_on if row.noted_on != row.studied_on else ""),
        Datum("贯彻落实情况", row.measures_taken),
        Datum("报告日期", row.reported_on),
        Datum("确认日期", row.confirmed_on),
    ]
    return [datum for datum in entries if not datum.is_empty]


def _offered(request: HttpRequest, row: Assignment, named: set[int]) -> list[Record]:
    """The records that may be named and are not yet; none from before the task was there."""
    scope = actor_of(request).scope(KEEP, day_of(request).today)
    every = records().recent(scope, row.organisation_id)
    return [each for each in every if each.key not in named and each.held_on >= row.task.received_on][:SHOWN]


def _url(request: HttpRequest, record: int) -> str:
    found = records().of(sees(request), [record]).get(record)
    return found.url if found else ""


def _events(row: Assignment) -> list[Event]:
    events = [Event(note.on, note.text, f"登记人：{note.noted_by}", kind="进展") for note in notes_of(row)]
    days = [
        (row.confirmed_on, "确认"),
        (row.reported_on, "报告"),
        (row.studied_on, "传达学习"),
        (row.handed_on, "布置"),
    ]
    events += [Event(day, word, kind="办理") for day, word in days if day]
    return sorted(events, key=lambda event: event.day, reverse=True)


@require_POST
@once
def use_record(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Fulfil it by an activity that is recorded already: one tap."""
    row, by, today = _mine_or_404(request, pk), actor_of(request), day_of(request).today
    key = request.POST.get("record", "")
    chosen = int(key) if key.isdecimal() else None
    told = {"by": by, "assignment": row, "version": row.version, "on": today, "record": chosen}
    try:
        if chosen is None:
            warn(request, "请从列出的活动中选择一次。")
        elif row.task.kind == Task.Kind.DIRECTIVE:
            study(**told)
            tell(request, "已登记传达学习。", undo=way_back())
        else:
            words = next(
                (f"{each.held_on} {each.title}" for each in _offered(request, row, set()) if each.key == chosen), ""
            )
            report(**told, measures_taken=words)
            tell(request, "已报告，等待上级确认。", undo=way_back())
    except ObjectionError as objection:
        warn(request, objection.message)
    return redirect("duty", pk)


@editing
@once
def studied(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say on which day it was studied, where no record tells it."""
    row = _mine_or_404(request, pk)
    form = StudyForm(request.POST or None, initial={"studied_on": day_of(request).today}, of=row)
    return _carried_out(request, row, form, study, "登记传达学习", "已登记传达学习。")


@editing
@once
def reported(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Report what was done."""
    row = _mine_or_404(request, pk)
    form = ReportForm(request.POST or None, initial={"measures_taken": row.measures_taken}, of=row)
    return _carried_out(request, row, form, report, "报告贯彻落实情况", "已报告。")


@editing
@once
def noted(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say how far it is."""
    row = _mine_or_404(request, pk)
    form = NoteForm(request.POST or None)
    return _carried_out(request, row, form, note_progress, "登记进展", "进展已登记。")


@editing
@once
def confirmed(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Agree that a measure is done."""
    row = _judged_or_404(request, pk)
    form = ConfirmForm(request.POST or None, of=row)
    return _carried_out(request, row, form, confirm, "确认完成", "已确认。")


@editing
@once
def returned(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Return a report."""
    row = _judged_or_404(request, pk)
    form = ReturnForm(request.POST or None, of=row)
    return _carried_out(request, row, form, send_back, "退回", "已退回，承办党组织可以看到原因。")


def _carried_out(
    request: HttpRequest,
    row: Assignment,
    form: SafeForm,
    service: Callable[..., object],
    heading: str,
    done: str,
) -> HttpResponseBase:
    """Do what a form about an assignment asks, or show it."""
    serve = partial(service, by=actor_of(request), assignment=row, on=day_of(request).today)
    versioned = form.of is not None
    if form.carried_out(lambda **given: serve(version=row.version, **given) if versioned else serve(**given)):
        tell(request, done, undo=way_back())
        return redirect("duty", row.pk)
    back = reverse("duty", args=[row.pk])
    context: dict[str, object] = {"here": HERE, "heading": heading, "lead": f"{row.task.title}（{_place(row)}）"}
    context |= {"crumbs": [OWN, Crumb(row.task.title, back), Crumb(heading)], "form": form}
    context |= {"submit": heading, "cancel": back}
    return render(request, "foundation/form_page.html", context, status=form.status)


def _place(row: Any) -> str:  # noqa: ANN401 - an Assignment as `assignments` gives it
    return str(row.place)


def _duty_or_404(request: HttpRequest, pk: int) -> Any:  # noqa: ANN401 - an Assignment with its annotations
    rows = assignments(sees(request)).select_related("task__campaign", "task__organisation", "organisation")
    return fetch_or_404(rows.annotate(setter=named(day_of(request).today, "task__organisation")), pk)


def _mine_or_404(request: HttpRequest, pk: int) -> Any:  # noqa: ANN401 - an Assignment with its annotations
    row = _duty_or_404(request, pk)
    if not may_fulfil(by=actor_of(request), assignment=row, on=day_of(request).today):
        raise Http404
    return row


def _judged_or_404(request: HttpRequest, pk: int) -> Any:  # noqa: ANN401 - an Assignment with its annotations
    row = _duty_or_404(request, pk)
    if not may_judge(by=actor_of(request), assignment=row, on=day_of(request).today):
        raise Http404
    return row
