"""Which account a provider's subject belongs to. It is bound once, by the system administrator or by its holder who is
signed in and has just proved to be that subject; signing on never binds, and never by an e-mail address.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from allauth.socialaccount.models import SocialAccount

from dangwu.access.models import Account
from dangwu.access.policies import is_self, keeps_account
from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.audit.changes import Change
from dangwu.foundation.deeds import open_deed
from dangwu.foundation.objections import ObjectionError

TAKEN = "这个身份已经绑定了别的账号。如有疑问，请联系系统管理员。"
BOUND_ALREADY = "账号已经绑定过这种登录方式。需要更换的，请先解除原来的绑定。"
NO_SUBJECT = "请填写这个人在单位系统里的编号。"
NOT_BOUND = "账号没有绑定这种登录方式。"


def _may_unbind(*, by: Actor, account: Account, on: date, **_: object) -> bool:
    return is_self(by=by, account=account) or keeps_account(by=by, account=account, on=on)


@action("account.bind", allow=keeps_account)
def bind_account(*, by: Actor, account: Account, provider: str, subject: str, on: date) -> None:  # noqa: ARG001 - the policy asks for them
    """The system administrator enters what a provider calls the holder of an account; an administrator's own account
    nobody binds for him, which would be a way to become him. Raises ObjectionError.
    """
    _bind(account, provider, subject)


@action("account.connect", allow=is_self)
def connect_account(*, by: Actor, account: Account, provider: str, subject: str) -> None:  # noqa: ARG001 - the policy asks for it
    """The holder of an account binds the subject that the provider has just confirmed. Raises ObjectionError."""
    _bind(account, provider, subject)


@action("account.unbind", allow=_may_unbind)
def unbind_account(*, by: Actor, account: Account, provider: str, on: date) -> None:  # noqa: ARG001 - the policy asks for them
    """End a binding. Raises ObjectionError."""
    bound = SocialAccount.objects.select_for_update().filter(user=account, provider=provider).first()
    if bound is None:
        raise ObjectionError(NOT_BOUND)
    _tell(account, Change(LABEL, bound.pk, _row(bound), None, PRIVATE))
    bound.delete()


def account_of(provider: str, subject: str, username: str) -> Account | None:
    """The account that may be signed on to: the one bound to the subject or, where the operator lets usernames count,
    the one of that name unless it is bound to somebody else. None where there is none, or where it is disabled.
    """
    bound = SocialAccount.objects.filter(provider=provider, uid=subject).values("user")
    found = Account.objects.filter(pk__in=bound).first()
    if found is None and username:
        elsewhere = SocialAccount.objects.filter(provider=provider).values("user")
        found = Account.objects.filter(username=username).exclude(pk__in=elsewhere).first()
    return found if found is not None and found.is_active else None


def bound_providers(account: Account) -> frozenset[str]:
    """The ids of the providers that an account is bound to."""
    return frozenset(SocialAccount.objects.filter(user=account).values_list("provider", flat=True))


LABEL = "socialaccount.socialaccount"
PRIVATE = frozenset({"uid"})


def _bind(account: Account, provider: str, subject: str) -> None:
    if not subject.strip():
        raise ObjectionError(NO_SUBJECT, field="subject")
    Account.objects.select_for_update().get(pk=account.pk)  # one binding of an account at a time
    if SocialAccount.objects.filter(provider=provider, uid=subject).exclude(user=account).exists():
        raise ObjectionError(TAKEN, field="subject")
    if SocialAccount.objects.filter(provider=provider, user=account).exists():
        raise ObjectionError(BOUND_ALREADY, field="provider")
    bound = SocialAccount.objects.create(user=account, provider=provider, uid=subject)
    _tell(account, Change(LABEL, bound.pk, None, _row(bound), PRIVATE))


def _row(bound: SocialAccount) -> Mapping[str, Any]:
    return {"user_id": bound.user_id, "provider": bound.provider, "uid": bound.uid}


def _tell(account: Account, change: Change) -> None:
    deed = open_deed()
    deed.about(account)
    deed.changes.append(change)
