"""What people say to a verdict: the organisation why, the level above that it finds otherwise, or asks it no longer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Self

from django import forms
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from dangwu.compliance.living.explanations import Explanation
from dangwu.compliance.models import Word
from dangwu.compliance.policies import ANSWER, DECIDE, may_decide
from dangwu.compliance.services.speaking import answer, exempt, overrule, withdraw_overruling
from dangwu.foundation.actors import Actor
from dangwu.foundation.pages.forms import ReasonField, SafeForm
from dangwu.foundation.pages.shell import Crumb, tell
from dangwu.foundation.requests import actor_of
from dangwu.foundation.submissions import once
from dangwu.kernel.span import FAR
from dangwu.organisations.fetching import standing_or_404
from dangwu.organisations.models import Organisation, Standing
from dangwu.workbench.branch.duty_page import crumbs, explained
from dangwu.workbench.branch.items import address
from dangwu.workbench.glance.pages import HERE


class AnswerForm(SafeForm):
    text = forms.CharField(
        label="情况说明",
        max_length=1000,
        widget=forms.Textarea({"rows": 4, "class": "form-control"}),
        help_text="写给上级党组织看：为什么没有做到，准备怎样补上。说明不改变评判，由上级认定。",
    )


class OverruleForm(SafeForm):
    word = forms.ChoiceField(label="认定为", choices=Word.choices, widget=forms.RadioSelect)
    reason = ReasonField()


class ExemptForm(SafeForm):
    since = forms.DateField(label="自", widget=forms.DateInput({"type": "date", "class": "form-control"}, "%Y-%m-%d"))
    until = forms.DateField(
        label="至（含当日）",
        required=False,
        widget=forms.DateInput({"type": "date", "class": "form-control"}, "%Y-%m-%d"),
        help_text="不填为长期，以后可以提前结束。",
    )
    everything = forms.BooleanField(label="连同其他各项要求一并免除", required=False)
    basis = forms.CharField(
        label="依据",
        max_length=300,
        widget=forms.TextInput({"class": "form-control"}),
        help_text="批准的文件和文号，例如“×党发〔2026〕3号”。",
    )


class WithdrawForm(SafeForm):
    reason = ReasonField()


@dataclass(frozen=True)
class Saying:
    """The duty of which something is said, and by whom."""

    request: HttpRequest
    standing: Standing
    why: Explanation

    @classmethod
    def of(cls, request: HttpRequest, right: str, pk: int, rule_id: str, period: str) -> Self:
        """What is addressed. Raises Http404, and where somebody would decide for himself."""
        standing = standing_or_404(actor_of(request).scope(right, timezone.localdate()), pk)
        saying = cls(request, standing, explained(standing, rule_id, period))
        if right == DECIDE and not may_decide(by=saying.by, organisation=saying.organisation, today=saying.today):
            raise Http404
        return saying

    @property
    def by(self) -> Actor:
        return actor_of(self.request)

    @property
    def today(self) -> date:
        return timezone.localdate()

    @property
    def organisation(self) -> Organisation:
        return self.standing.organisation

    def page(self, form: SafeForm, act: Callable[..., Any], heading: str, submit: str) -> HttpResponseBase:
        """The form, or the way back to the duty once it is done."""
        item = self.why.item
        back = address(self.standing.organisation_id, item.rule, item.period)
        if form.carried_out(act):
            tell(self.request, f"已办理：{heading}。")
            return redirect(back)
        context = {
            "here": HERE,
            "heading": heading,
            "lead": f"{self.standing.called}：{item.title}",
            "crumbs": [*crumbs(self.standing, self.why)[:-1], Crumb(item.title, back), Crumb(heading)],
            "form": form,
            "submit": submit,
            "cancel": back,
        }
        return render(self.request, "foundation/form_page.html", context, status=form.status)


@once
def answered(request: HttpRequest, pk: int, rule_id: str, period: str) -> HttpResponseBase:
    """The organisation says why."""
    say = Saying.of(request, ANSWER, pk, rule_id, period)
    said = say.why.answer
    form = AnswerForm(request.POST or None, initial={"text": said.text if said else ""}, of=said)

    def act(*, text: str) -> object:
        about = say.why.item.period
        return answer(by=say.by, organisation=say.organisation, rule=rule_id, period=about, text=text, today=say.today)

    return say.page(form, act, "情况说明", "保存说明")


@once
def overruled(request: HttpRequest, pk: int, rule_id: str, period: str) -> HttpResponseBase:
    """The level above finds otherwise."""
    say = Saying.of(request, DECIDE, pk, rule_id, period)
    form = OverruleForm(request.POST or None, of=say.why.overruling)

    def act(*, word: str, reason: str) -> object:
        told = {"rule": rule_id, "period": say.why.item.period, "word": word, "reason": reason}
        return overrule(by=say.by, organisation=say.organisation, today=say.today, **told)

    return say.page(form, act, "作出认定", "认定")


@once
def exempted(request: HttpRequest, pk: int, rule_id: str, period: str) -> HttpResponseBase:
    """The level above asks this no longer."""
    say = Saying.of(request, DECIDE, pk, rule_id, period)
    form = ExemptForm(request.POST or None, initial={"since": say.today})

    def act(*, since: date, until: date | None, everything: bool, basis: str) -> object:
        rule = "" if everything else rule_id
        ground = {"rule": rule, "basis": basis}
        return exempt(
            by=say.by, organisation=say.organisation, since=since, until=until or FAR, today=say.today, **ground
        )

    return say.page(form, act, "免除这项要求", "免除")


@once
def withdrawn(request: HttpRequest, pk: int, rule_id: str, period: str) -> HttpResponseBase:
    """The verdict of the rule stands again. Raises Http404."""
    say = Saying.of(request, DECIDE, pk, rule_id, period)
    if say.why.overruling is None:
        raise Http404
    form = WithdrawForm(request.POST or None, of=say.why.overruling)
    act = partial(withdraw_overruling, by=say.by, row=say.why.overruling, today=say.today)
    return say.page(form, act, "撤回认定", "撤回")
