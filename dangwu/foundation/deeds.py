"""The deed that is being done: who does what, and which rows it has changed so far.

There is at most one at a time in a thread or task. `dangwu.foundation.actions` opens it; tracked models tell it what
they change.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db.models import Model

from dangwu.foundation.actors import Actor
from dangwu.foundation.audit.bodies import Mass
from dangwu.foundation.audit.changes import Change
from dangwu.foundation.remembering import forget, look_again


class OutsideActionError(RuntimeError):
    """A write to a tracked table that no action answers for: a mistake in the program."""


@dataclass
class Deed:
    """What the audit will tell of an action."""

    verb: str
    by: Actor
    subject: str = ""
    subject_name: str = ""
    place: str = ""
    reason: str = ""
    trial: bool = False
    changes: list[Change] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)
    masses: dict[str, Mass] = field(default_factory=dict)
    salt: str = ""

    def about(self, subject: Model, *, name: str = "", place: str = "") -> None:
        """Say what the action is about, and where in the tree that stands; what is said first holds."""
        if not self.subject:
            self.subject = f"{subject._meta.label_lower}:{subject.pk}"  # noqa: SLF001 - Django's own way
            self.subject_name = name or str(subject)
            self.place = self.place or place


Listener = Callable[[Deed], None]
_listeners: list[Listener] = []


def when_concluded(listener: Listener) -> None:
    """Have every deed told to `listener` when it is done, in its transaction and before the audit is written: for what
    follows from rows and must never lag behind them. A long deed is told in parts. Trials change nothing that counts,
    so their `changes` are empty.
    """
    if listener not in _listeners:
        _listeners.append(listener)


def tell_listeners(deed: Deed) -> None:
    """Tell everybody what the deed has changed so far."""
    for listener in _listeners:
        listener(deed)


_open: ContextVar[Deed | None] = ContextVar("open_deed", default=None)
_announced: ContextVar[bool] = ContextVar("announced", default=False)


def current_deed() -> Deed | None:
    """The deed that is open now."""
    return _open.get()


def open_deed() -> Deed:
    """The deed that is open now; OutsideActionError where there is none."""
    deed = _open.get()
    if deed is None:
        raise OutsideActionError("a tracked model is written outside an action")
    return deed


@contextmanager
def doing(deed: Deed) -> Iterator[Deed]:
    """Hold a deed open."""
    token = _open.set(deed)
    try:
        yield deed
    finally:
        _open.reset(token)


@contextmanager
def announcing() -> Iterator[Deed]:
    """Let statements write to tracked tables: they are told to the open deed by whoever says this."""
    deed = open_deed()
    look_again()
    token = _announced.set(True)
    try:
        yield deed
    finally:
        _announced.reset(token)


@contextmanager
def unguarded(why: str) -> Iterator[None]:
    """Let statements write to tracked tables without a deed: for what replaces whole tables, as a restore does."""
    assert why
    forget()
    token = _announced.set(True)
    try:
        yield
    finally:
        _announced.reset(token)


def is_announced() -> bool:
    """Whether writes to tracked tables are answered for at this moment."""
    return _announced.get()
