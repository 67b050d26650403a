"""Calls that meet: at the same moment, or one in the middle of the other."""

from collections.abc import Callable, Sequence
from threading import Barrier, Event, Thread
from typing import Any

from django.db import connection

Call = Callable[[], object]
Outcome = Any
"""What a call returned, or the exception that it raised."""

PATIENCE = 60  # seconds for a call
POLITE = 0.05  # seconds after which whoever still runs is taken to wait for a lock


class Runner(Thread):
    """A thread with a connection of its own that makes one call."""

    def __init__(self, call: Call, wrapper: Any = None) -> None:  # noqa: ANN401 - any wrapper of statements
        super().__init__(daemon=True)
        self.call, self.wrapper = call, wrapper
        self.outcome: Outcome = None
        self.start()

    def run(self) -> None:
        try:
            if self.wrapper:
                connection.ensure_connection()
                connection.execute_wrappers.append(self.wrapper)
            self.outcome = self.call()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            self.outcome = error
        finally:
            connection.close()

    def result(self) -> Outcome:
        self.join(PATIENCE)
        assert not self.is_alive(), "a call never ended"
        return self.outcome


def at_once(calls: Sequence[Call]) -> list[Outcome]:
    """Make the calls at the same moment; what became of each."""
    start = Barrier(len(calls))

    def waiting(call: Call) -> Call:
        return lambda: (start.wait(PATIENCE), call())[1]

    return [runner.result() for runner in [Runner(waiting(call)) for call in calls]]


class Pause:
    """Stops a call before its n-th statement, until it may go on."""

    def __init__(self, before: int) -> None:
        self.before, self.counted = before, 0
        self.reached, self.may_go_on = Event(), Event()

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:  # noqa: ANN401 - Django's own signature
        number, self.counted = self.counted, self.counted + 1
        if number == self.before:
            self.reached.set()
            assert self.may_go_on.wait(PATIENCE)
        return execute(*statement)


def meeting(first: Call, second: Call, *, before: int) -> tuple[list[Outcome], bool]:
    """Make the second call when the first is about to make its n-th statement; what became of both, and whether the
    first had so many. Where the second waits for a lock of the first, the first goes on.
    """
    pause = Pause(before)
    one = Runner(first, pause)
    while one.is_alive() and not pause.reached.wait(0.005):
        pass
    met = pause.reached.is_set()
    other = Runner(second)
    other.join(POLITE)
    pause.may_go_on.set()
    return [one.result(), other.result()], met
