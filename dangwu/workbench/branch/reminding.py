"""Reminders to those who are late: drafted from the verdicts, read over and sent by a person."""

from collections.abc import Sequence
from typing import NamedTuple

from django import forms
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from dangwu.compliance.living.matrix import LATE, Line, Matrix, Wanted, matrix
from dangwu.compliance.rulebooks import every_rule
from dangwu.foundation.pages.forms import SafeForm
from dangwu.foundation.pages.shell import Crumb, tell
from dangwu.foundation.requests import actor_of
from dangwu.foundation.submissions import once
from dangwu.notices.policies import SEND
from dangwu.notices.services.drafting import Recipient, draft_reminders
from dangwu.organisations.queries import tops
from dangwu.workbench.glance.pages import HERE

ABOUT = "组织生活提醒"
TEXT = "对照党内法规，你支部还有以下事项没有做到，请尽快补上；确有困难的，请在系统中说明情况。"


class Late(NamedTuple):
    """A branch that is late, and with what."""

    line: Line
    why: str


class ReminderForm(SafeForm):
    about = forms.CharField(label="标题", max_length=100, widget=forms.TextInput({"class": "form-control"}))
    text = forms.CharField(label="正文", max_length=1000, widget=forms.Textarea({"rows": 4, "class": "form-control"}))
    to = forms.MultipleChoiceField(
        label="发给",
        widget=forms.CheckboxSelectMultiple({"class": "form-check-input"}),
        help_text="不用催的，去掉勾选。",
    )

    def __init__(self, *args: object, late: Sequence[Late], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type] # what a form takes
        field = self.fields["to"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(one.line.place.organisation), f"{one.line.place.name}：{one.why}") for one in late]
        field.initial = [str(one.line.place.organisation) for one in late]


@once
def remind(request: HttpRequest) -> HttpResponseBase:
    """Draft a reminder to the branches that are late. Raises Http404."""
    by, today = actor_of(request), timezone.localdate()
    scope = by.scope(SEND, today)
    sender = tops(scope).first()
    if sender is None:
        raise Http404
    rule = request.GET.get("rule", "")
    wanted = Wanted(rules=[rule] if rule else None, statuses=[str(status) for status in LATE])
    late = late_in(matrix(scope, today.year, today=today, rulebook=every_rule(), wanted=wanted))
    form = ReminderForm(request.POST or None, initial={"about": ABOUT, "text": TEXT}, late=late)
    reasons = {str(one.line.place.organisation): one.why for one in late}

    def draft(*, about: str, text: str, to: list[str]) -> object:
        recipients = [Recipient(organisation=int(key), why=reasons[key]) for key in to]
        basis = "、".join(_bases(late, to))
        told = {"about": about, "text": text, "basis": basis[:300], "on": today, "url": reverse("overview")}
        notice = draft_reminders(by=by, organisation=sender.organisation, recipients=recipients, **told)  # type: ignore[arg-type] # texts and a day
        drafted.append(notice.pk)
        return notice

    drafted: list[int] = []
    if form.carried_out(draft):
        tell(request, "提醒已经拟好，还没有发出。请看一遍，再点“发出”。")
        return redirect("notice", drafted[0])
    crumbs = [Crumb("组织生活", reverse("overview")), Crumb("拟提醒")]
    context = {"here": HERE, "heading": "提醒没有做到的党支部", "crumbs": crumbs, "form": form, "late": late}
    return render(request, "workbench/branch/remind.html", {**context, "submit": "拟成提醒"}, status=form.status)


def late_in(found: Matrix) -> list[Late]:
    """The branches that are late, each with what it has not done."""
    told = []
    for line in found.lines:
        missing = [
            f"{duty.title}（应办 {cell.due}，已办 {cell.done}）"
            for duty, cell in zip(found.duties, line.cells, strict=True)
            if cell.status in LATE
        ]
        if missing:
            told.append(Late(line, "；".join(missing)))
    return told


def _bases(late: Sequence[Late], chosen: Sequence[str]) -> list[str]:
    titles = [rule for one in late if str(one.line.place.organisation) in chosen for rule in one.why.split("；")]
    return list(dict.fromkeys(title.partition("（应办")[0] for title in titles))
