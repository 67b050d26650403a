"""What was found out about tracked rows, remembered by this process until anybody writes.

Every write ends with an entry in the audit, so the end of its chain tells one state of all tracked rows from another:
what was read after a look at it is at least as new. Whoever looks later and finds the same end may be told the same.
Inside a transaction nothing is remembered, for what it has written may yet be undone.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock
from typing import Any, TypeVar, cast

from django.db import connection

from dangwu.foundation.audit.chain import end_of_chain

MOST = 2_000  # things; the oldest go first
UNKNOWN = object()
T = TypeVar("T")
State = tuple[int, str]


class Memory:
    """What one process remembers."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._known: dict[tuple[State, Hashable], Any] = {}
        self._keeping = Lock()

    def recall(self, what: Hashable, find_out: Callable[[], T]) -> T:
        """What `find_out` reads in tracked rows and nowhere else; `what` names it with all that it depends on, the day
        included. The result is shared: it must be one that nobody changes.
        """
        state = None if connection.in_atomic_block else _state()
        if state is None:
            return find_out()
        found = self._known.get((state, what), UNKNOWN)
        if found is UNKNOWN:
            found = find_out()
            self._keep((state, what), found)
        return cast("T", found)

    def _keep(self, key: tuple[State, Hashable], found: object) -> None:
        with self._keeping:
            self._known[key] = found
            while len(self._known) > MOST:
                del self._known[next(iter(self._known))]

    def clear(self) -> None:
        """Begin anew."""
        with self._keeping:
            self._known.clear()


_own = Memory()
_looked: ContextVar[list[State | None] | None] = ContextVar("looked", default=None)
remembered = _own.recall


@contextmanager
def one_look() -> Iterator[None]:
    """Look only once at how far the audit has come, until the end or until something is written here: for the length
    of a request, which may be told what was so when it began.
    """
    token = _looked.set([])
    try:
        yield
    finally:
        _looked.reset(token)


def forget() -> None:
    """Begin anew, because something is written here."""
    _own.clear()
    if looked := _looked.get():
        looked.clear()


def _state() -> State | None:
    """The end of the chain, None where nothing was ever written."""
    looked = _looked.get()
    if looked is None:
        return end_of_chain()
    if not looked:
        looked.append(end_of_chain())
    return looked[0]
