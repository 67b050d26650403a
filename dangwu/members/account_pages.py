"""Reading a number in full, and the account with which somebody signs in."""

from functools import partial

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dangwu.access.models import Account
from dangwu.foundation.pages.finding import answers, asked
from dangwu.foundation.pages.shell import Crumb, tell
from dangwu.foundation.requests import actor_of
from dangwu.foundation.submissions import once
from dangwu.members.changing import carry, editing, keeps
from dangwu.members.fetching import person_or_404
from dangwu.members.forms import LinkForm, RevealForm, UnlinkForm, found_accounts
from dangwu.members.models import Person
from dangwu.members.policies import REVEAL, may_link
from dangwu.members.services.accounts import link_account, unlink_account
from dangwu.members.services.registering import reveal
from dangwu.members.views import HERE
from dangwu.organisations.views import day_of

SEALED_TITLES = {"identity": "公民身份号码", "phone": "手机号码"}


@editing
@never_cache
def show(request: HttpRequest, pk: int, column: str) -> HttpResponseBase:
    """Ask what for, then show the number once. Sent again it shows and is logged again: nothing is changed by it."""
    by, on = actor_of(request), day_of(request).today
    person = person_or_404(by.scope(REVEAL, on), pk)
    if column not in SEALED_TITLES:
        raise Http404
    title = SEALED_TITLES[column]
    back = reverse("member", args=[pk])
    crumbs = [Crumb("党员名册", reverse("members")), Crumb(person.name, back), Crumb(title)]
    context: dict[str, object] = {
        "here": HERE,
        "crumbs": crumbs,
        "heading": f"查看完整的{title}",
        "lead": person.name,
        "cancel": back,
    }
    form = RevealForm(request.POST or None)
    if form.carried_out(partial(reveal, by=by, person=person, column=column, on=on)):
        return render(request, "members/revealed.html", context | {"title": title, "value": form.result})
    context |= {"form": form, "submit": "查看并记录"}
    return render(request, "foundation/form_page.html", context, status=form.status)


@editing
@once
def link(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say which account is somebody's."""
    person = _to_link(request, pk)
    form = LinkForm(request.POST or None, of=person)
    form.fields["account"].url = reverse("accounts-found-free")  # type: ignore[attr-defined] # a PickField

    def service(account: Account) -> Person:
        by, on = actor_of(request), day_of(request).today
        return link_account(by=by, person=person, version=person.version, account=account, on=on)

    return carry(request, form, person, service, "关联账号", submit="关联")


@editing
@once
def unlink(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Part somebody from his account, after saying what follows."""
    person = _to_link(request, pk)
    if person.account is None:
        raise Http404
    form = UnlinkForm(request.POST or None, of=person)

    def service(reason: str) -> Person:
        by, on = actor_of(request), day_of(request).today
        return unlink_account(by=by, person=person, version=person.version, on=on, reason=reason)

    if form.carried_out(service):
        tell(request, "已解除账号关联。")
        return redirect("member", pk)
    told = [
        f"{person.name}不再能用账号“{person.account.username}”查看自己的记录。",
        "这个账号随党内职务取得的办理权限同时结束；账号本身保留，由系统管理员停用。",
    ]
    context = {"here": HERE, "heading": "解除账号关联", "lead": person.name, "consequences": told, "form": form}
    context |= {"submit": "解除关联", "cancel": reverse("member", args=[pk])}
    return render(request, "foundation/confirm.html", context, status=form.status)


@require_safe
def found(request: HttpRequest) -> HttpResponseBase:
    """Answers to the box in which an account is looked for."""
    if keeps(request).is_nothing:
        raise Http404
    return answers(found_accounts(asked(request)) if asked(request) else [], request)


def _to_link(request: HttpRequest, pk: int) -> Person:
    person = person_or_404(keeps(request), pk)
    if not may_link(by=actor_of(request), person=person, on=day_of(request).today):
        raise Http404
    return person
