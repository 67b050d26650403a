"""Reminding those who are behind with a task: drafted here with what is missing of each, sent by a person.

Tasks and notices are siblings, so they meet in the workbench.
"""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from dangwu.duties.models import Assignment, Task
from dangwu.duties.policies import SEE, may_keep_task
from dangwu.duties.queries import OPEN, late, tasks
from dangwu.foundation.fetching import fetch_or_404
from dangwu.foundation.pages.forms import SafeForm
from dangwu.foundation.pages.shell import Crumb, tell
from dangwu.foundation.requests import actor_of
from dangwu.foundation.scope import Scope
from dangwu.foundation.submissions import once
from dangwu.notices.models import Notice
from dangwu.notices.policies import may_send_from
from dangwu.notices.services.drafting import Recipient, draft_reminders
from dangwu.organisations.views import day_of

LATE, UNSTUDIED, UNDONE = "late", "unstudied", "open"
WHOM = ((LATE, "逾期未办的"), (UNSTUDIED, "还没有传达学习的"), (UNDONE, "全部没有办结的"))


class RemindForm(SafeForm):
    """Whom to remind."""

    whom = forms.ChoiceField(label="提醒谁", choices=WHOM, initial=LATE, widget=forms.RadioSelect)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def remind(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Draft a reminder."""
    by, today = actor_of(request), day_of(request).today
    scope = by.scope(SEE, today)
    task: Task = fetch_or_404(tasks(scope), pk)
    if not (
        may_keep_task(by=by, task=task, on=today) and may_send_from(by=by, organisation=task.organisation, on=today)
    ):
        raise Http404
    form = RemindForm(request.POST or None)

    def service(whom: str) -> Notice:
        return draft_reminders(
            by=by,
            organisation=task.organisation,
            about=f"请抓紧落实：{task.title}"[:100],
            recipients=behind(scope, task, whom),
            text=_text(task),
            basis=_basis(task),
            url=reverse("duty-task", args=[task.pk]),
            on=today,
        )

    if form.carried_out(service):
        tell(request, "提醒已起草，还没有发出。请核对内容和对象，再点“发送”。")
        return redirect("notice", form.result.pk)
    back = reverse("duty-task", args=[pk])
    crumbs = [Crumb(task.title, back), Crumb("起草提醒")]
    context: dict[str, object] = {"here": "duties", "heading": "起草提醒", "crumbs": crumbs}
    context |= {"form": form, "submit": "起草", "cancel": back}
    return render(request, "foundation/form_page.html", context, status=form.status)


def behind(scope: Scope, task: Task, whom: str) -> list[Recipient]:
    """Those who are behind with a task, each with what is missing of him. One query."""
    meant = {LATE: late(scope.on), UNSTUDIED: OPEN & Q(studied_on=None), UNDONE: OPEN}
    rows = Assignment.objects.within(scope).filter(meant[whom], task=task).order_by("pk")
    return [Recipient(row.organisation_id, why=_why(row, scope.on)) for row in rows]


def _why(row: Assignment, on: date) -> str:
    missing = "还没有办结" if row.studied_on else "还没有传达学习、没有办结"
    if row.state == Assignment.State.RETURNED:
        missing = f"已退回，还没有重新报告（{row.return_reason[:60]}）"
    days = (on - row.due_on).days
    return f"期限 {row.due_on}，{f'已过 {days} 天，' if days > 0 else ''}{missing}"


def _text(task: Task) -> str:
    asked = f"要求：{task.asks}\n" if task.asks else ""
    return f"“{task.title}”要求在 {task.due_on} 前完成。\n{asked}请抓紧办理；已经办理的请登记，有困难的请说明情况。"


def _basis(task: Any) -> str:  # noqa: ANN401 - a Task with its campaign
    if task.campaign:
        return str(task.campaign.name)
    return "，".join(filter(None, [task.issued_by, task.document_number]))
