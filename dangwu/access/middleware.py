"""Who is asking: every request has an actor, or none where nobody is signed in."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from dangwu.access.models import Account
from dangwu.access.scoping import AccountActor


class Acting:
    """Gives each request its `actor`; None for somebody unknown."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        account = request.user if isinstance(request.user, Account) else None
        request.actor = AccountActor(account, timezone.localdate()) if account else None  # type: ignore[attr-defined]
        return self.get_response(request)
