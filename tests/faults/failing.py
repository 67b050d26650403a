"""A database that fails once, at the place one chooses."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import OperationalError, connection

Execute = Callable[..., Any]


class Fails:
    """Fails the n-th statement, counted from 0, and lets all others pass."""

    def __init__(self, at: int) -> None:
        self.at, self.counted = at, 0

    @property
    def struck(self) -> bool:
        return self.counted > self.at

    def __call__(self, execute: Execute, *statement: Any) -> Any:  # noqa: ANN401 - Django's own signature
        number, self.counted = self.counted, self.counted + 1
        if number == self.at:
            raise OperationalError(f"statement {number} fails")
        return execute(*statement)


@contextmanager
def failing_statement(at: int) -> Iterator[Fails]:
    """Let the n-th statement fail, be it a question, a write or a savepoint."""
    fault = Fails(at)
    with connection.execute_wrapper(fault):
        yield fault


@contextmanager
def failing_commit(*, late: bool = False) -> Iterator[None]:
    """Let the next COMMIT fail; a `late` failure comes when the database has done it, and only the answer is lost."""
    commit = connection.commit

    def fail() -> None:
        if late:
            commit()
        raise OperationalError("the commit fails")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "commit", fail)  # a commit is no statement, and passes no wrapper
        yield
