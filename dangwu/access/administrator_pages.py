"""The three administrators, and how they change: pages for all three."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from dangwu.access.account_forms import ProposeForm, WhyForm
from dangwu.access.handing_over import Slip, hand_over
from dangwu.access.models import Administration, Proposal
from dangwu.access.queries import administrators as everybody
from dangwu.access.queries import open_proposals
from dangwu.access.requests import ActingRequest, confirmed, for_duty, once
from dangwu.access.services import administrators as services
from dangwu.foundation.fetching import fetch_or_404
from dangwu.foundation.history import as_of
from dangwu.foundation.pages.forms import ConfirmForm, SafeForm
from dangwu.foundation.pages.parts import Link
from dangwu.foundation.pages.shell import Crumb, tell

HERE = "administrators"
EVERY_DUTY = tuple(Administration.Duty.values)


@for_duty(*EVERY_DUTY)
@require_safe
def administrators(request: ActingRequest) -> HttpResponse:
    actor = request.actor
    context = {
        "heading": "管理员",
        "here": HERE,
        "lead": "三类管理员互相制约：增设、免去任何一名，须由另外两类管理员各一人办理。",
        "actions": [Link("提出增设", reverse("propose-administrator"))],
        "rows": [(row, services.may_propose(by=actor, duty=row.duty)) for row in everybody(actor.today)],
        "proposals": [(row, services.may_agree(by=actor, proposal=row)) for row in open_proposals()],
    }
    return render(request, "access/administrators.html", context)


@for_duty(*EVERY_DUTY)
@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
@once
def propose_new(request: ActingRequest) -> HttpResponse:
    actor = request.actor
    duties = [duty for duty in EVERY_DUTY if not actor.holds(duty)]
    form = ProposeForm(request.POST or None, duties=duties)
    service = partial(services.propose, by=actor, proposer=actor.account, on=actor.today)
    if form.carried_out(service):
        return hand_over(request, _half(form.result.proposal, form.result.half, "前半"))
    consequences = [
        "您保管口令的前半，另一类管理员同意后保管后半。",
        "两半分别当面交给新任管理员，由本人用它开通一个新账号。任何一人都不能单独使用。",
    ]
    return _page(request, form, "提出增设管理员", "提出", consequences)


@for_duty(*EVERY_DUTY)
@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
@once
def propose_to_end(request: ActingRequest, pk: int) -> HttpResponse:
    actor = request.actor
    rows = Administration.objects.filter(as_of(actor.today)).exclude(duty__in=actor.duties())
    row = fetch_or_404(rows, pk)
    service = partial(services.propose_end, administration=row, proposer=actor.account)
    heading = f"提出免去{row.get_duty_display()}{row.account.name}"
    consequences = ["另一类管理员同意后生效，本人现有的登录随即退出。", "账号保留，可以另行停用。"]
    return _carry_out(request, WhyForm(request.POST or None), service, heading, "提出", consequences)


@for_duty(*EVERY_DUTY)
@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
@once
def agree_to(request: ActingRequest, pk: int) -> HttpResponse:
    actor = request.actor
    proposal = fetch_or_404(open_proposals(), pk)
    if not services.may_agree(by=actor, proposal=proposal):
        raise Http404
    form = ConfirmForm(request.POST or None)
    service = partial(services.agree, by=actor, proposal=proposal, decider=actor.account, now=timezone.now())
    if form.carried_out(partial(service, on=actor.today)):
        if form.result:
            return hand_over(request, _half(proposal, form.result, "后半"))
        tell(request, "已免去。")
        return redirect(HERE)
    consequences = [f"{proposal.proposed_by.name}提出：{proposal.reason}"]
    return _page(request, form, f"同意：{proposal}", "同意", consequences)


@for_duty(*EVERY_DUTY)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def withdraw_one(request: ActingRequest, pk: int) -> HttpResponse:
    proposal = fetch_or_404(open_proposals(), pk)
    service = partial(services.withdraw, proposal=proposal, decider=request.actor.account)
    consequences = [f"{proposal.proposed_by.name}提出：{proposal.reason}", "不再办理。以后可以重新提出。"]
    return _carry_out(
        request, ConfirmForm(request.POST or None), service, f"不同意：{proposal}", "不同意", consequences
    )


def _half(proposal: Proposal, half: str, which: str) -> Slip:
    return Slip(
        heading=f"{proposal.get_duty_display()}口令（{which}）",
        code=half,
        path=reverse("begin"),
        hints=(
            "请打印或者抄写后当面交给新任管理员本人，不要给其他人看。",
            "另一半由另一名管理员保管。同意之后 24 小时内有效，只能用一次。",
        ),
        back=reverse(HERE),
    )


def _carry_out(
    request: ActingRequest,
    form: SafeForm,
    service: Callable[..., Any],
    heading: str,
    submit: str,
    consequences: list[str],
) -> HttpResponse:
    if form.carried_out(partial(service, by=request.actor, on=request.actor.today)):
        tell(request, "已办理。")
        return redirect(HERE)
    return _page(request, form, heading, submit, consequences)


def _page(request: ActingRequest, form: SafeForm, heading: str, submit: str, consequences: list[str]) -> HttpResponse:
    context = {
        "heading": heading,
        "here": HERE,
        "crumbs": [Crumb("管理员", reverse(HERE)), Crumb(heading)],
        "consequences": consequences,
        "form": form,
        "submit": submit,
        "cancel": reverse(HERE),
    }
    return render(request, "foundation/confirm.html", context, status=form.status)
