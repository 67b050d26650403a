"""The system administrator binds an account, and lets it go."""

from functools import partial

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from dangwu.access.models import Account
from dangwu.access.policies import keeps_account
from dangwu.access.requests import ActingRequest, confirmed, for_duty, once
from dangwu.access.sso.binding import bind_account, bound_providers, unbind_account
from dangwu.access.sso.sign_on_file import SignOnFileError, configured_entries
from dangwu.foundation.fetching import fetch_or_404
from dangwu.foundation.objections import RefusedError
from dangwu.foundation.pages.forms import SafeForm
from dangwu.foundation.pages.shell import Crumb, tell

METHODS = ["GET", "HEAD", "POST"]


class BindForm(SafeForm):
    provider = forms.ChoiceField(label="登录方式")
    subject = forms.CharField(
        label="编号", max_length=191, help_text="这个人在单位系统里的编号，向管理那个系统的人要，一个字符也不能差。"
    )


class LetGoForm(SafeForm):
    provider = forms.ChoiceField(label="登录方式")


@for_duty("system")
@confirmed
@require_http_methods(METHODS)
@once
def bind(request: ActingRequest, pk: int) -> HttpResponse:
    account = _kept(request, pk)
    form = BindForm(request.POST or None)
    _offer(form, sorted(set(_names()) - bound_providers(account)))
    if form.carried_out(partial(bind_account, by=request.actor, account=account, on=request.actor.today)):
        tell(request, "已绑定。")
        return redirect("account", account.pk)
    return _form_page(request, account, form, "绑定单位身份")


@for_duty("system")
@confirmed
@require_http_methods(METHODS)
@once
def let_go(request: ActingRequest, pk: int) -> HttpResponse:
    account = _kept(request, pk)
    form = LetGoForm(request.POST or None)
    _offer(form, sorted(bound_providers(account)))
    if form.carried_out(partial(unbind_account, by=request.actor, account=account, on=request.actor.today)):
        tell(request, "已解除绑定。")
        return redirect("account", account.pk)
    return _form_page(request, account, form, "解除绑定单位身份")


def offers_bindings() -> bool:
    """Whether there is anything to bind an account to."""
    return bool(_names())


def _kept(request: ActingRequest, pk: int) -> Account:
    account: Account = fetch_or_404(Account.objects.all(), pk)
    if not keeps_account(by=request.actor, account=account, on=request.actor.today):
        raise RefusedError
    return account


def _offer(form: SafeForm, providers: list[str]) -> None:
    field = form.fields["provider"]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [(provider, _names().get(provider, provider)) for provider in providers]


def _names() -> dict[str, str]:
    """What people call the providers; one that was taken out of the file is only known by its id."""
    try:
        return {id_: entry.name for id_, entry in configured_entries().items()}
    except SignOnFileError:
        return {}


def _form_page(request: ActingRequest, account: Account, form: SafeForm, heading: str) -> HttpResponse:
    back = reverse("account", args=[account.pk])
    crumbs = [Crumb("账号", reverse("accounts")), Crumb(account.name, back), Crumb(heading)]
    context = {"heading": f"{heading}：{account.name}", "crumbs": crumbs, "submit": heading, "cancel": back}
    return render(
        request, "foundation/form_page.html", {"here": "accounts", "form": form, **context}, status=form.status
    )
