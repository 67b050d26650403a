"""The sessions of an account: where it is signed in, and ending that."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from dangwu.access.models import Account


def sessions_of(account: Account) -> QuerySet[UserSession]:
    """Where an account is signed in, the latest first."""
    alive = Session.objects.values("session_key")
    rows: QuerySet[UserSession] = UserSession.objects.filter(user=account, session_key__in=alive)
    return rows.order_by("-created_at")


def end_sessions(account: Account, *, but: str = "") -> int:
    """End every session of an account, or all but the one with this key; how many they were. Part of an action."""
    keys = list(UserSession.objects.filter(user=account).exclude(session_key=but).values_list("session_key", flat=True))
    return forget(keys)


def forget(keys: list[str]) -> int:
    """Delete the sessions with these keys."""
    UserSession.objects.filter(session_key__in=keys).delete()
    return Session.objects.filter(session_key__in=keys).delete()[0]
