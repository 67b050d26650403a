"""What the libraries of the sign-in do, told to the audit: all of it here."""

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest
from django.utils import timezone

from dangwu.access.actors import Visitor
from dangwu.access.addresses import client_address
from dangwu.access.models import Account
from dangwu.access.scoping import AccountActor
from dangwu.access.sessions import forget
from dangwu.access.timing import begin, why_ended
from dangwu.foundation.actions import action, anybody
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed

KINDS = {
    Authenticator.Type.TOTP: "验证器",
    Authenticator.Type.WEBAUTHN: "通行密钥",
    Authenticator.Type.RECOVERY_CODES: "恢复码",
}


def _note(by: Actor, account: Account | None, words: str) -> None:  # noqa: ARG001 - every action has it
    if account is not None:
        open_deed().about(account)
    open_deed().reason = words


@action("account.signed_in", allow=anybody)
def note_sign_in(*, by: Actor, account: Account | None, words: str) -> None:
    _note(by, account, words)


@action("account.signed_out", allow=anybody)
def note_sign_out(*, by: Actor, account: Account | None, words: str) -> None:
    _note(by, account, words)


@action("account.sign_in_failed", allow=anybody)
def note_failure(*, by: Actor, account: Account | None, words: str) -> None:
    _note(by, account, words)


@action("account.paused", allow=anybody)
def note_pause(*, by: Actor, account: Account | None, words: str) -> None:
    _note(by, account, words)


@action("account.second_factor_added", allow=anybody)
def note_added(*, by: Actor, account: Account | None, words: str) -> None:
    _note(by, account, words)


@action("account.second_factor_removed", allow=anybody)
def note_removed(*, by: Actor, account: Account | None, words: str) -> None:
    _note(by, account, words)


def signed_in(request: HttpRequest, user: Account, **_: object) -> None:
    begin(request.session, timezone.now())
    note_sign_in(by=_actor(user), account=user, words=_from(request))


def signed_out(request: HttpRequest, user: Account | None, **_: object) -> None:
    if user is None:
        return
    forget([request.session.session_key or ""])
    note_sign_out(by=_actor(user), account=user, words=why_ended(request) or _from(request))


def failed(credentials: dict[str, str], request: HttpRequest | None = None, **_: object) -> None:
    if request is None:
        return
    note_failure(by=_visitor(request), account=_known(credentials.get("username", "")), words=_from(request))


def paused(request: HttpRequest, **_: object) -> None:
    # this signal carries the blinded name only; the one that was typed is with the request
    credentials = getattr(request, "axes_credentials", None) or {}
    note_pause(by=_visitor(request), account=_known(credentials.get("username", "")), words=_from(request))


def wrong_code(request: HttpRequest, user: Account, **_: object) -> None:
    """A wrong second factor counts as a wrong password does."""
    user_login_failed.send(sender=__name__, credentials={"username": user.username}, request=request)


def factor_added(user: Account, authenticator: Authenticator, **_: object) -> None:
    note_added(by=_actor(user), account=user, words=KINDS[authenticator.type])


def factor_removed(user: Account, authenticator: Authenticator, **_: object) -> None:
    note_removed(by=_actor(user), account=user, words=KINDS[authenticator.type])


def watch() -> None:
    """Hear every signal once."""
    for signal, receiver in (
        (user_logged_in, signed_in),
        (user_logged_out, signed_out),
        (user_login_failed, failed),
        (user_locked_out, paused),
        (authentication_failed, wrong_code),
        (authenticator_added, factor_added),
        (authenticator_reset, factor_added),
        (authenticator_removed, factor_removed),
    ):
        signal.connect(receiver, dispatch_uid=f"dangwu.access.{receiver.__name__}")


def _actor(account: Account) -> Actor:
    return AccountActor(account, timezone.localdate())


def _visitor(request: HttpRequest) -> Actor:
    return Visitor(client_address(request))


def _from(request: HttpRequest) -> str:
    return f"来自 {client_address(request)}"


def _known(username: str) -> Account | None:
    return Account.objects.filter(username=username.strip().lower()).first() if username else None
