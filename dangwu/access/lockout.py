"""Pausing the sign-in after wrong passwords. The counts are django-axes' and lie in the database, for all workers.

An account pauses after five failures in a row, of the password or the second factor; an address after thirty, because
whole offices share one. Names are kept blinded: what somebody types there by mistake may be his password.
"""

import hmac
from datetime import datetime
from hashlib import sha256
from math import ceil
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

SHARERS = 6  # an address is given this many times the failures of an account
TOO_MANY_REQUESTS = 429
Credentials = dict[str, Any]


def blinded(request: HttpRequest, credentials: Credentials | None = None) -> str:
    """The name that was typed, so that it can be compared but not read."""
    typed = (credentials or {}).get("username") or request.POST.get("login", "")
    return blind(str(typed))


def blind(username: str) -> str:
    """A name as the counts know it."""
    return hmac.new(settings.SECRET_KEY.encode(), username.strip().lower().encode(), sha256).hexdigest()


class Counter(AxesDatabaseHandler):  # type: ignore[misc] # axes has no types
    """Counts by account and by address, each by its own measure."""

    def get_failures(self, request: HttpRequest, credentials: Credentials | None = None) -> int:
        by_account, by_address = (
            attempts.aggregate(sum=Sum("failures_since_start"))["sum"] or 0
            for attempts in self.get_user_attempts(request, credentials)
        )
        return max(by_account, by_address // SHARERS)

    def reset_user_attempts(self, request: HttpRequest, credentials: Credentials | None = None) -> int:
        """Forget the failures of whoever signed in; those of others at his address stay."""
        mine: QuerySet[AccessAttempt] = self.filter_user_attempts(request, credentials)[0]
        return mine.delete()[0]


def is_paused(request: HttpRequest, username: str) -> bool:
    """Whether nobody can sign in by this name from this address just now. Marks the request: its answer will say so."""
    credentials = {"username": username}
    if AxesProxyHandler.is_allowed(request, credentials):
        return False
    request.axes_locked_out = True  # type: ignore[attr-defined] # read by axes' middleware
    request.axes_credentials = credentials  # type: ignore[attr-defined]
    return True


def paused_page(request: HttpRequest, _response: HttpResponse | None, credentials: Credentials | None) -> HttpResponse:
    """What is said instead of any other answer: how long the pause lasts, and what to do."""
    minutes = minutes_left(request, credentials, timezone.now())
    words = {"minutes": minutes, "limit": settings.AXES_FAILURE_LIMIT}
    return render(request, "account/paused.html", words, status=TOO_MANY_REQUESTS)


def minutes_left(request: HttpRequest, credentials: Credentials | None, now: datetime) -> int:
    """How long the pause lasts, in minutes begun; the longest where account and address both pause."""
    attempts = AxesProxyHandler.get_implementation().get_user_attempts(request, credentials)
    times = [rows.aggregate(last=Max("attempt_time"))["last"] for rows in attempts]
    last = max(filter(None, times), default=now)
    return max(1, ceil((last + settings.AXES_COOLOFF_TIME - now).total_seconds() / 60))


def resume(username: str) -> int:
    """Let an account sign in again at once; how many counts were forgotten."""
    mine: QuerySet[AccessAttempt] = AccessAttempt.objects.filter(username=blind(username))
    return mine.delete()[0]
