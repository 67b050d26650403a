"""My account: what I may do and why, my password, my second factors, where I am signed in."""

from datetime import timedelta
from functools import partial
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dangwu.access.account_forms import DelegateForm
from dangwu.access.adapters import SecondFactorAdapter, has_second_factor
from dangwu.access.devices import device_of
from dangwu.access.entrance_forms import ChangePasswordForm
from dangwu.access.finding import chosen_account, people
from dangwu.access.models import Administration, Appointment
from dangwu.access.passkeys import can_have_passkeys
from dangwu.access.queries import delegations_with, my_appointments, my_delegations
from dangwu.access.requests import ActingRequest, confirmed, once
from dangwu.access.services.accounts import end_all_sessions, end_session
from dangwu.access.services.delegating import LONGEST, delegate, end_delegation
from dangwu.access.services.passwords import change_password
from dangwu.access.sessions import sessions_of
from dangwu.access.shown import Given, my_tabs
from dangwu.foundation.fetching import fetch_or_404
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.pages.finding import answers, asked
from dangwu.foundation.pages.forms import ConfirmForm
from dangwu.foundation.pages.shell import Crumb, tell, warn

MINE = Crumb("我的账号", "/account/")


@require_safe
def rights(request: ActingRequest) -> HttpResponse:
    account, today = request.actor.account, request.actor.today
    context = {
        "heading": "我的账号",
        "here": "account",
        "tabs": my_tabs("my-account"),
        "account": account,
        "duties": [Administration.Duty(duty).label for duty in request.actor.duties()],
        "held": [Given(row, today) for row in my_appointments(account, today)],
        "given": [Given(row, today) for row in my_delegations(account, today)],
    }
    return render(request, "access/my_rights.html", context)


@sensitive_post_parameters("old", "password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def password(request: ActingRequest) -> HttpResponse:
    form = ChangePasswordForm(request.POST or None)
    session = request.session.session_key or ""
    if form.carried_out(partial(change_password, by=request.actor, account=request.actor.account, session=session)):
        _stay(request)
        tell(request, "密码已修改，其他地方的登录都已结束。")
        return redirect("my-account")
    context = {"heading": "修改密码", "here": "account", "tabs": my_tabs("my-password"), "form": form, "submit": "修改"}
    return render(request, "access/my_password.html", context, status=form.status)


def _stay(request: ActingRequest) -> None:
    """Keep this session, which the new password would end as well."""
    request.session["_auth_user_hash"] = request.actor.account.get_session_auth_hash()


@require_safe
def factors(request: ActingRequest) -> HttpResponse:
    rows = Authenticator.objects.filter(user=request.actor.account).order_by("created_at")
    kinds = Authenticator.Type
    context = {
        "heading": "第二重验证",
        "here": "account",
        "tabs": my_tabs("mfa_index"),
        "app": rows.filter(type=kinds.TOTP).first(),
        "keys": rows.filter(type=kinds.WEBAUTHN),
        "codes": rows.filter(type=kinds.RECOVERY_CODES).first(),
        "owed": request.actor.needs_second_factor,
        "missing": request.actor.needs_second_factor and not has_second_factor(request.actor.account),
        "passkeys": can_have_passkeys(request),
    }
    return render(request, "access/my_factors.html", context)


class RemoveKey(RemoveWebAuthnView):  # type: ignore[misc] # allauth has no types
    """Removes a passkey, unless a second factor is owed and this is the last."""

    def form_valid(self, form: object) -> HttpResponse:
        adapter = SecondFactorAdapter()
        if adapter.can_delete_authenticator(self.object):
            answer: HttpResponse = super().form_valid(form)
            return answer
        warn(self.request, adapter.error_messages["cannot_delete_authenticator"])
        return redirect("mfa_index")


remove_key = RemoveKey.as_view()


@require_safe
def sessions(request: ActingRequest) -> HttpResponse:
    rows = [(row, device_of(row.user_agent)) for row in sessions_of(request.actor.account)]
    context = {
        "heading": "登录记录",
        "here": "account",
        "tabs": my_tabs("my-sessions"),
        "sessions": rows,
        "current": request.session.session_key,
    }
    return render(request, "access/my_sessions.html", context)


@require_POST
@once
def end_one(request: ActingRequest, session: int) -> HttpResponse:
    try:
        end_session(by=request.actor, account=request.actor.account, session=session)
    except ObjectionError as objection:
        warn(request, objection.message)
    else:
        tell(request, "已结束这处登录。")
    return redirect("my-sessions")


@require_POST
@once
def end_others(request: ActingRequest) -> HttpResponse:
    ended = end_all_sessions(by=request.actor, account=request.actor.account, but=request.session.session_key or "")
    tell(request, f"已结束其他 {ended} 处登录。")
    return redirect("my-sessions")


@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
@once
def hand_over(request: ActingRequest, pk: int) -> HttpResponseBase:
    account, today = request.actor.account, request.actor.today
    appointment: Any = fetch_or_404(my_appointments(account, today).filter(delegated_from=None), pk)
    form = DelegateForm(request.POST or None, initial={"since": today, "until": today + timedelta(days=6)})
    field = form.fields["account"]
    field.find, field.url = partial(people, but=account), reverse("find-colleague")  # type: ignore[attr-defined] # a PickField
    if form.carried_out(partial(_delegate, request=request, appointment=appointment)):
        tell(request, "已委托，到期自动收回，也可以随时收回。")
        return redirect("my-account")
    context = {
        "heading": "委托他人代行",
        "here": "account",
        "crumbs": [MINE, Crumb("委托")],
        "lead": f"{appointment.place}{appointment.get_role_display()}。最多 {LONGEST} 天；"
        "查看完整证件号码和导出名册不随同委托。",
        "form": form,
        "submit": "委托",
        "cancel": reverse("my-account"),
    }
    return render(request, "foundation/form_page.html", context, status=form.status)


def _delegate(*, request: ActingRequest, appointment: Appointment, account: str, **given: object) -> Appointment:
    chosen = chosen_account(account)
    return delegate(by=request.actor, appointment=appointment, account=chosen, on=request.actor.today, **given)  # type: ignore[arg-type] # days


@require_safe
def find_colleague(request: ActingRequest) -> HttpResponse:
    if not request.actor.held():
        return answers([], request)
    return answers(people(asked(request), but=request.actor.account), request)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def take_back(request: ActingRequest, pk: int) -> HttpResponse:
    account, today = request.actor.account, request.actor.today
    delegation = fetch_or_404(delegations_with(account, today), pk)
    form = ConfirmForm(request.POST or None)
    if form.carried_out(partial(end_delegation, by=request.actor, delegation=delegation, on=today)):
        tell(request, "委托已结束。")
        return redirect("my-account")
    context = {
        "heading": "结束委托",
        "here": "account",
        "crumbs": [MINE, Crumb("结束委托")],
        "consequences": [f"{delegation.account.name}从今天起不再代行，正在进行的登录随即退出。"],
        "form": form,
        "submit": "结束委托",
        "cancel": reverse("my-account"),
    }
    return render(request, "foundation/confirm.html", context, status=form.status)
