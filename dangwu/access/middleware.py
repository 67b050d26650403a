"""Who is asking: every request has an actor, or none where nobody is signed in; and what holds for all who are."""

from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from dangwu.access.adapters import has_second_factor
from dangwu.access.models import Account
from dangwu.access.requests import ActingRequest
from dangwu.access.scoping import AccountActor
from dangwu.access.timing import end_of, keep
from dangwu.foundation.remembering import one_look

OPEN_TO_ALL = frozenset({"appearance", "live", "ready", "rules", "rule"})
"""Pages that anybody may ask for, beside those of the entrance, which say so themselves. The rulebook is no secret."""

OPEN_WITHOUT_SECOND_FACTOR = frozenset(
    {
        *OPEN_TO_ALL,
        "sign-out",
        "account_logout",
        "account_reauthenticate",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
    }
)


class Acting:
    """Gives each request its `actor`, None for somebody unknown; ends sessions whose time is over."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:  # noqa: ANN401 - it becomes an ActingRequest here
        with one_look():
            return self._answer(request)

    def _answer(self, request: Any) -> HttpResponse:  # noqa: ANN401 - likewise
        now = timezone.now()
        account = request.user if isinstance(request.user, Account) else None
        request.actor = AccountActor(account, timezone.localdate(now)) if account else None
        if request.actor:
            self._see_to_session(request)
        response = self.get_response(request)
        if request.actor:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def _see_to_session(self, request: Any) -> None:  # noqa: ANN401 - it becomes an ActingRequest here
        now = timezone.now()
        request.ended_because = end_of(request.session, request.actor, now)
        if request.ended_because:
            logout(request)
            request.actor = None
            messages.warning(request, request.ended_because)
        else:
            keep(request.session, request.actor, now)


class SignedIn(LoginRequiredMiddleware):
    """Sends whoever is not signed in to the entrance."""

    def process_view(self, request: HttpRequest, *called: Any) -> HttpResponseBase | None:  # noqa: ANN401 - Django's own signature
        name = _name_of(request)
        return None if name in OPEN_TO_ALL else super().process_view(request, *called)


class SecondFactor:
    """Leads whoever needs a second factor, and has none yet, to setting it up before anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: ActingRequest, _view: object, _args: object, _kwargs: object
    ) -> HttpResponse | None:
        actor = request.actor
        if actor is None or _name_of(request) in OPEN_WITHOUT_SECOND_FACTOR or not actor.needs_second_factor:
            return None
        return None if _proved(request) else redirect("mfa_index")


def _proved(request: ActingRequest) -> bool:
    """Whether the sign-in took two factors, or a second one was set up since."""
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" for record in records) or has_second_factor(request.actor.account)


def _name_of(request: HttpRequest) -> str:
    return (request.resolver_match and request.resolver_match.url_name) or ""
