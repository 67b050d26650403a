"""Work in the background: what fails there leaves its kind and place, never what it was about.

The queue keeps the traceback of a failed task with the message of its error, and that may quote a name or a number.
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

logger = logging.getLogger(__name__)
P = ParamSpec("P")
R = TypeVar("R")


class FailedInBackgroundError(RuntimeError):
    """A task failed; the message is the kind of its error, the log tells the place."""


def impersonal(task: Callable[P, R]) -> Callable[P, R]:
    """Make a task fail without telling values. Put it beneath `@task()`."""

    @wraps(task)
    def perform(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return task(*args, **kwargs)
        except Exception as error:
            logger.exception("task failed")
            kind = type(error).__qualname__
        raise FailedInBackgroundError(kind)  # outside the handler, so that the error is no part of its story

    return perform
