"""Keeping accounts: the list, an account, and what the system administrator does with it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from dangwu.access.account_forms import OpenForm, RenameForm, WhyForm
from dangwu.access.adapters import has_second_factor
from dangwu.access.handing_over import Slip, hand_over
from dangwu.access.models import Account, Administration
from dangwu.access.policies import keeps_account, keeps_second_factor
from dangwu.access.queries import accounts as every_account
from dangwu.access.queries import entries_about, my_appointments, search_accounts
from dangwu.access.requests import ActingRequest, confirmed, for_duty, once
from dangwu.access.services import accounts as keeping
from dangwu.access.services.exporting import export_accounts
from dangwu.access.services.passwords import lift_second_factor
from dangwu.access.sessions import sessions_of
from dangwu.access.shown import Given, events, state_of
from dangwu.access.sso.binding import bound_providers
from dangwu.access.sso.keeping_pages import offers_bindings
from dangwu.foundation.fetching import fetch_or_404
from dangwu.foundation.pages.columns import Column
from dangwu.foundation.pages.filters import Choice, Text
from dangwu.foundation.pages.forms import ConfirmForm, SafeForm
from dangwu.foundation.pages.listing import Listing
from dangwu.foundation.pages.parts import EmptyState, Link, Timeline
from dangwu.foundation.pages.shell import Crumb, tell

DUTIES = Administration.Duty
EVENTS = 50
Rows = QuerySet[Account]


def _in_state(rows: Rows, state: str) -> Rows:
    return rows.filter(is_active=state == "active")


class AccountListing(Listing):
    title, noun = "账号", "个账号"
    columns = (
        Column("name", "姓名", sort=("name",), link=lambda row: reverse("account", args=[row.pk])),
        Column("username", "账号", sort=("username",)),
        Column("kind", "类别", value=lambda row: row.get_kind_display()),
        Column("state", "状态", value=state_of, sort=("is_active",)),
        Column("duty", "职责", value=lambda row: DUTIES(row.duty).label if row.duty else ""),
        Column("held", "任用", sort=("held",)),
        Column("created_on", "开通日期", sort=("created_on",)),
    )
    filters = (
        Text("q", "搜索", by=search_accounts, help="姓名或者账号"),
        Choice("state", "状态", by=_in_state, offered=(("active", "启用"), ("disabled", "停用"))),
        Choice("kind", "类别", by="kind", offered=Account.Kind.choices),
        Choice("duty", "职责", by="duty", offered=DUTIES.choices),
    )
    default_sort = "name"
    empty = EmptyState("还没有账号", "开通第一个账号，把口令交给本人。")


@for_duty("system", "security")
@require_safe
def accounts(request: ActingRequest) -> HttpResponseBase:
    listing = AccountListing(every_account(request.actor.today), request.GET)
    opening = [Link("开通账号", reverse("open-account"), main=True)] if request.actor.holds("system") else []
    context = {"here": "accounts", "actions": opening}
    return listing.answer(request, context=context, exported=lambda rows: export_accounts(by=request.actor, rows=rows))


@for_duty("system", "security")
@require_safe
def account(request: ActingRequest, pk: int) -> HttpResponse:
    row: Any = fetch_or_404(every_account(request.actor.today), pk)
    today = request.actor.today
    context = {
        "heading": row.name,
        "here": "accounts",
        "crumbs": [Crumb("账号", reverse("accounts")), Crumb(row.name)],
        "actions": _actions(request, row),
        "account": row,
        "state": state_of(row),
        "duty": DUTIES(row.duty).label if row.duty else "",
        "second_factor": has_second_factor(row),
        "sessions": sessions_of(row).count(),
        "held": [Given(each, today) for each in my_appointments(row, today)],
        "timeline": Timeline(events(list(entries_about(row)[:EVENTS]))),
    }
    return render(request, "access/account.html", context)


def _actions(request: ActingRequest, row: Account) -> list[Link]:
    """What the actor may do with the account."""
    keeps = keeps_account(by=request.actor, account=row, on=request.actor.today)
    lifts = keeps_second_factor(by=request.actor, account=row, on=request.actor.today)
    offered = {
        "reset-account": ("重置密码", keeps and row.is_active),
        "rename-account": ("改名", keeps),
        "bind-account": ("绑定单位身份", keeps and offers_bindings()),
        "let-account-go": ("解除绑定单位身份", keeps and bool(bound_providers(row))),
        "end-sessions": ("结束登录", request.actor.holds("system")),
        "disable-account": ("停用", keeps and row.is_active),
        "enable-account": ("启用", keeps and not row.is_active),
        "lift-second-factor": ("解除第二重验证", lifts and has_second_factor(row)),
    }
    return [Link(title, reverse(name, args=[row.pk])) for name, (title, may) in offered.items() if may]


@for_duty("system")
@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
@once
def open_new(request: ActingRequest) -> HttpResponse:
    form = OpenForm(request.POST or None)
    now = timezone.now()
    if form.carried_out(partial(keeping.open_account, by=request.actor, now=now, on=request.actor.today)):
        return _slip(request, form.result.account, form.result.code)
    crumbs = [Crumb("账号", reverse("accounts")), Crumb("开通账号")]
    context = {"heading": "开通账号", "crumbs": crumbs, "submit": "开通", "cancel": reverse("accounts")}
    return render(
        request, "foundation/form_page.html", {"here": "accounts", "form": form, **context}, status=form.status
    )


def _slip(request: ActingRequest, row: Account, code: str) -> HttpResponse:
    return hand_over(
        request,
        Slip(
            heading=f"{row.name}的一次性口令",
            code=code,
            username=row.username,
            path=reverse("new-password"),
            hints=("请打印或者抄写后当面交给本人，不要用短信、微信转发。", "24 小时内有效，只能用一次。用后请销毁。"),
            back=reverse("account", args=[row.pk]),
        ),
    )


@for_duty("system")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def rename(request: ActingRequest, pk: int) -> HttpResponse:
    row = _kept_or_404(request, pk)
    form = RenameForm(request.POST or None, initial={"name": row.name, "email": row.email}, of=row)
    service = partial(keeping.rename_account, by=request.actor, account=row, on=request.actor.today)
    return _answer(request, row, form, service, heading="改名", done="已改名。")


@for_duty("system")
@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
@once
def disable(request: ActingRequest, pk: int) -> HttpResponse:
    row = _kept_or_404(request, pk)
    service = partial(keeping.disable_account, by=request.actor, account=row, on=request.actor.today)
    consequences = ["不能再登录，现有的登录随即退出。", "任用记录保留，启用后恢复。"]
    return _answer(
        request, row, WhyForm(request.POST or None), service, heading="停用", done="已停用。", consequences=consequences
    )


@for_duty("system")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def enable(request: ActingRequest, pk: int) -> HttpResponse:
    row = _kept_or_404(request, pk)
    service = partial(keeping.enable_account, by=request.actor, account=row, on=request.actor.today)
    consequences = ["可以用原来的密码登录，原有的任用恢复。"]
    return _answer(
        request, row, WhyForm(request.POST or None), service, heading="启用", done="已启用。", consequences=consequences
    )


@for_duty("system")
@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
@once
def reset(request: ActingRequest, pk: int) -> HttpResponse:
    row = _kept_or_404(request, pk)
    form = ConfirmForm(request.POST or None)
    service = partial(keeping.issue_reset_code, by=request.actor, account=row, now=timezone.now())
    if form.carried_out(partial(service, on=request.actor.today)):
        return _slip(request, row, form.result)
    consequences = [
        "生成一张一次性口令，本人用它设置新密码。",
        "之前没有用过的口令作废；设置新密码之前，原密码仍然有效。",
    ]
    return _form_page(request, row, form, "重置密码", consequences)


@for_duty("system")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def end_sessions(request: ActingRequest, pk: int) -> HttpResponse:
    row = fetch_or_404(Account.objects.all(), pk)
    service = partial(keeping.end_all_sessions, by=request.actor, account=row)
    consequences = ["这个账号在所有地方的登录随即退出，本人可以重新登录。"]
    return _answer(
        request,
        row,
        ConfirmForm(request.POST or None),
        service,
        heading="结束登录",
        done="已结束全部登录。",
        consequences=consequences,
    )


@for_duty("security")
@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
@once
def lift(request: ActingRequest, pk: int) -> HttpResponse:
    row = fetch_or_404(Account.objects.all(), pk)
    service = partial(lift_second_factor, by=request.actor, account=row, on=request.actor.today)
    consequences = ["验证器、通行密钥和恢复码全部作废，现有的登录随即退出。", "请先当面核对是不是本人。"]
    form = WhyForm(request.POST or None)
    return _answer(
        request,
        row,
        form,
        service,
        heading="解除第二重验证",
        done="已解除，请本人登录后重新设置。",
        consequences=consequences,
    )


def _kept_or_404(request: ActingRequest, pk: int) -> Account:
    """An account that the actor keeps: for those of administrators there are no such pages."""
    today = request.actor.today
    administrators = Administration.objects.filter(valid_until__gt=today).values("account")
    kept: Rows = Account.objects.exclude(pk__in=administrators)
    return fetch_or_404(kept, pk)


def _answer(  # noqa: PLR0913 - what pages of this kind differ in
    request: ActingRequest,
    row: Account,
    form: SafeForm,
    service: Callable[..., Any],
    *,
    heading: str,
    done: str,
    consequences: list[str] | None = None,
) -> HttpResponse:
    """Carry the form out and go back to the account, or show the form."""
    if form.carried_out(service):
        tell(request, done)
        return redirect("account", row.pk)
    return _form_page(request, row, form, heading, consequences)


def _form_page(
    request: ActingRequest, row: Account, form: SafeForm, heading: str, consequences: list[str] | None = None
) -> HttpResponse:
    back = reverse("account", args=[row.pk])
    context = {
        "heading": f"{heading}：{row.name}",
        "here": "accounts",
        "crumbs": [Crumb("账号", reverse("accounts")), Crumb(row.name, back), Crumb(heading)],
        "consequences": consequences,
        "form": form,
        "submit": heading,
        "cancel": back,
    }
    template = "foundation/confirm.html" if consequences else "foundation/form_page.html"
    return render(request, template, context, status=form.status)
