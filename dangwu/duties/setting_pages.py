"""The pages on which tasks are set and handed on."""

from datetime import date
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from dangwu.duties.forms import (
    ALL,
    BRANCHES,
    COMMITTEES,
    CampaignForm,
    DirectiveForm,
    EditForm,
    HandOnForm,
    MeasureForm,
)
from dangwu.duties.models import Task
from dangwu.duties.policies import KEEP, may_keep_campaign, may_keep_task
from dangwu.duties.queries import assignments, campaigns, tasks
from dangwu.duties.services.setting import edit_task, hand_on, open_campaign, receive_directive, set_measure
from dangwu.duties.views import HERE, LED, SET, keeps, sees
from dangwu.foundation.fetching import fetch_or_404
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.pages.forms import SafeForm
from dangwu.foundation.pages.shell import Crumb, tell
from dangwu.foundation.requests import actor_of
from dangwu.foundation.scope import Scope
from dangwu.foundation.submissions import once
from dangwu.foundation.undo.keeping import way_back
from dangwu.kernel.tree_path import TreePath
from dangwu.organisations.models import BRANCH_KINDS, Organisation
from dangwu.organisations.queries import standing_of, standings
from dangwu.organisations.views import day_of

editing = require_http_methods(["GET", "HEAD", "POST"])


@editing
@once
def new_directive(request: HttpRequest) -> HttpResponseBase:
    """Register a directive; one that was handed to us can be handed on with `?from=` its assignment."""
    by, as_of = actor_of(request), day_of(request)
    if not keeps(request):
        raise Http404
    form = DirectiveForm(request.POST or None, initial={"received_on": as_of.today, **_handed_to_us(request)})
    _within(form, "organisation", request)
    if form.carried_out(partial(receive_directive, by=by, on=as_of.today)):
        tell(request, "来文已登记，请布置给下面的党组织。")
        return redirect("duty-hand-on", form.result.pk)
    return _page(request, form, [SET, Crumb("登记来文")], "登记来文", "登记", reverse("duty-tasks"))


def _handed_to_us(request: HttpRequest) -> dict[str, Any]:
    key = request.GET.get("from", "")
    row = assignments(sees(request)).filter(pk=key, task__kind=Task.Kind.DIRECTIVE).first() if key.isdecimal() else None
    if row is None:
        return {}
    kept = ("title", "document_number", "issued_by", "asks", "reports")
    told: dict[str, Any] = {name: getattr(row.task, name) for name in kept}
    return told | {"organisation": (str(row.organisation_id), row.place), "due_on": row.due_on}


@editing
@once
def edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Change what a task asks."""
    task = _own_task(request, pk)
    initial = {name: getattr(task, name) for name in ("title", "asks", "due_on", "post")}
    form = EditForm(request.POST or None, initial=initial, of=task)
    service = partial(edit_task, by=actor_of(request), task=task, on=day_of(request).today)
    if form.carried_out(lambda **given: service(version=task.version, **given)):
        tell(request, "已修改。")
        return redirect("duty-task", pk)
    back = reverse("duty-task", args=[pk])
    return _page(request, form, [SET, Crumb(task.title, back), Crumb("修改")], "修改任务", "保存", back)


@editing
@once
def hand(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand a task to those below."""
    task, today = _own_task(request, pk), day_of(request).today
    form = HandOnForm(request.POST or None)
    _within(form, "place", request)

    def service(to: str, place: Organisation | None) -> Task:
        chosen = _meant(task.organisation, to, place, today)
        return hand_on(by=actor_of(request), task=task, organisations=chosen, on=today)

    if form.carried_out(service):
        tell(request, "已布置。", undo=way_back())
        return redirect("duty-task", pk)
    back = reverse("duty-task", args=[pk])
    return _page(request, form, [SET, Crumb(task.title, back), Crumb("布置")], f"布置：{task.title}", "布置", back)


def _meant(sender: Organisation, to: str, place: Organisation | None, on: date) -> list[int]:
    """The organisations that are meant. ObjectionError where one was to be named and is not."""
    if to not in {BRANCHES, COMMITTEES, ALL}:
        if place is None:
            raise ObjectionError("请选择一个党组织。", field="place")
        return [place.pk]
    here = Scope((TreePath(standing_of(sender, on).path),), on)
    rows = standings(here).exclude(organisation=sender.pk)
    if to == BRANCHES:
        rows = rows.filter(kind__in=BRANCH_KINDS)
    if to == COMMITTEES:
        rows = rows.filter(parent=sender.pk)
    return list(rows.values_list("organisation", flat=True))


@editing
@once
def new_campaign(request: HttpRequest) -> HttpResponseBase:
    """Open a campaign."""
    by, as_of = actor_of(request), day_of(request)
    if not keeps(request):
        raise Http404
    form = CampaignForm(request.POST or None, initial={"starts_on": as_of.today})
    _within(form, "organisation", request)
    if form.carried_out(partial(open_campaign, by=by, on=as_of.today)):
        tell(request, "已登记。下一步，把要做的分解成措施。")
        return redirect("campaign", form.result.pk)
    return _page(request, form, [LED, Crumb("开展主题教育")], "开展主题教育", "登记", reverse("campaigns"))


@editing
@once
def new_measure(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Add a measure to a campaign."""
    today = day_of(request).today
    campaign = fetch_or_404(campaigns(sees(request)), pk)
    if not may_keep_campaign(by=actor_of(request), campaign=campaign, on=today):
        raise Http404
    form = MeasureForm(request.POST or None, initial={"due_on": campaign.ends_on})
    if form.carried_out(partial(set_measure, by=actor_of(request), campaign=campaign, on=today)):
        tell(request, "措施已增加，请布置到党组织。")
        return redirect("duty-hand-on", form.result.pk)
    back = reverse("campaign", args=[pk])
    return _page(request, form, [LED, Crumb(campaign.name, back), Crumb("增加措施")], "增加措施", "增加", back)


def _own_task(request: HttpRequest, pk: int) -> Task:
    """A task that the visitor keeps. Raises Http404."""
    task: Task = fetch_or_404(tasks(sees(request)), pk)
    if not may_keep_task(by=actor_of(request), task=task, on=day_of(request).today):
        raise Http404
    return task


def _within(form: SafeForm, name: str, request: HttpRequest) -> None:
    field: Any = form.fields[name]
    field.within(actor_of(request), KEEP, day_of(request), reverse("organisations-found"))
    if field.required:
        field.begin_with_own(actor_of(request), KEEP, day_of(request))


def _page(
    request: HttpRequest, form: SafeForm, crumbs: list[Crumb], heading: str, submit: str, cancel: str
) -> HttpResponse:
    context: dict[str, object] = {"here": HERE, "heading": heading, "crumbs": crumbs, "form": form}
    context |= {"submit": submit, "cancel": cancel}
    return render(request, "foundation/form_page.html", context, status=form.status)
