"""What was found out about tracked rows, remembered by this process until anybody writes to the tables it was read in.

Every write ends with an entry in the audit, which names the models that it changed; and every statement names the
tables that it reads. So nobody has to say on what something depends: it holds as long as the audit tells of no change
in those tables. What was read in a table of which the audit is not told holds until anything is written at all. Inside
a transaction nothing is remembered, for what it has written may yet be undone.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock
from typing import Any, NamedTuple, TypeVar

from django.db import connection

from dangwu.foundation.audit.chain import end_of_chain
from dangwu.foundation.audit.queries import tables_changed
from dangwu.foundation.tables import collected_tables, note_tables, tracked_tables

MOST = 2_000  # things; the oldest go first
BEHIND = 200  # entries; whoever has missed more begins anew
T = TypeVar("T")
State = tuple[int, str]


class Found(NamedTuple):
    """What was found out, in which tables, and how far the audit had come before."""

    value: Any
    tables: frozenset[str]
    after: int


class Chronicle:
    """Which tables were last changed by which entry of the audit, as far as this process has followed it."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._hashes: dict[int, str] = {}
        self._changed: dict[str, int] = {}

    def follow(self, state: State) -> bool:
        """Follow the audit to this end. False where it is not the continuation of what was followed, or too far on:
        then what was found out before holds no longer.
        """
        end, seal = state
        if self._hashes.get(end) == seal:
            return True
        head = max(self._hashes, default=0)
        if head < end <= head + BEHIND and self._hashes and self._continued(head, state):
            return True
        self._hashes, self._changed = {end: seal}, {}
        return False

    def _continued(self, head: int, state: State) -> bool:
        before = self._hashes[head]
        for sequence, previous, seal, tables in tables_changed(head, state[0]):
            if previous != before:
                return False
            self._hashes[sequence] = before = seal
            self._changed.update(dict.fromkeys(tables, sequence))
        for sequence in [each for each in self._hashes if each <= state[0] - MOST]:
            del self._hashes[sequence]
        return before == state[1]

    def holds(self, found: Found, state: State) -> bool:
        """Whether nothing was written since that could have changed it."""
        if found.tables <= tracked_tables():
            return all(self._changed.get(table, 0) <= found.after for table in found.tables)
        return found.after == state[0]


class Memory:
    """What one process remembers."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._known: dict[Hashable, Found] = {}
        self._chronicle = Chronicle()
        self._keeping = Lock()

    def recall(self, what: Hashable, find_out: Callable[[], T]) -> T:
        """What `find_out` reads in the database and nowhere else; `what` names it with all that it depends on, the day
        included. The result is shared: it must be one that nobody changes.
        """
        state = None if connection.in_atomic_block else _state()
        if state is None:
            return find_out()
        found = self._still_known(what, state)
        if found is None:
            with collected_tables() as tables:
                value = find_out()
            found = Found(value, frozenset(tables), state[0])
            self._keep(what, found)
        note_tables(found.tables)
        return found.value  # type: ignore[no-any-return] # as it came from find_out

    def _still_known(self, what: Hashable, state: State) -> Found | None:
        with self._keeping:
            if not self._chronicle.follow(state):
                self._known.clear()
            found = self._known.get(what)
            return found if found and self._chronicle.holds(found, state) else None

    def _keep(self, what: Hashable, found: Found) -> None:
        with self._keeping:
            self._known.pop(what, None)
            self._known[what] = found
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


def look_again() -> None:
    """Look anew at how far the audit has come, because something is written here."""
    if looked := _looked.get():
        looked.clear()


def forget() -> None:
    """Begin anew, because rows are replaced here without a word in the audit."""
    _own.clear()
    look_again()


def _state() -> State | None:
    """The end of the chain, None where nothing was ever written."""
    looked = _looked.get()
    if looked is None:
        return end_of_chain()
    if not looked:
        looked.append(end_of_chain())
    return looked[0]
