"""How long a sign-in lasts: until nothing was done for a while, until its day is over, or until a task is given up."""

from datetime import datetime
from typing import Final

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from dangwu.access.scoping import AccountActor

BEGUN: Final = "begun_at"
SEEN: Final = "seen_at"
HELD: Final = "held"
STEP = 60  # seconds between two notes of having been seen

MOVED = "您的任职有变动，请重新登录。"


def begin(session: SessionBase, now: datetime) -> None:
    """Note when a session begins."""
    session[BEGUN] = session[SEEN] = int(now.timestamp())
    session.pop(HELD, None)


def end_of(session: SessionBase, actor: AccountActor, now: datetime) -> str:
    """Why a session is over, in words for whoever had it; empty while it lasts."""
    moment = int(now.timestamp())
    idle, whole = settings.SESSION_IDLE_MINUTES, settings.SESSION_HOURS
    if moment - session.get(SEEN, 0) >= idle * 60:
        return f"您已有 {idle} 分钟没有操作，为安全起见已退出，请重新登录。"
    if moment - session.get(BEGUN, 0) >= whole * 3600:
        return f"这次登录已满 {whole} 小时，请重新登录。"
    return MOVED if _lost_something(session, actor) else ""


def keep(session: SessionBase, actor: AccountActor, now: datetime) -> None:
    """Note that somebody is there, and what he holds; writes at most once a minute."""
    moment = int(now.timestamp())
    if moment - session[SEEN] >= STEP:
        session[SEEN] = moment
    held = sorted(each.pk for each in actor.held())
    if session.get(HELD) != held:
        session[HELD] = held


def _lost_something(session: SessionBase, actor: AccountActor) -> bool:
    """Whether an appointment has ended that was in force when the session last saw."""
    return not set(session.get(HELD, ())) <= {each.pk for each in actor.held()}


def why_ended(request: HttpRequest) -> str:
    """The words with which this request found its session over."""
    return str(getattr(request, "ended_because", ""))
