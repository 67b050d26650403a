"""Log lines without personal values.

Whatever a line tells is either words of the program or a figure. What comes from outside, be it a name in an argument,
a number in an address or a row in the message of an error, is left out: arguments that are not figures are masked, and
of a finished sentence everything is taken out that could be a value. Our own sentences are plain English, so what is
not ASCII is somebody's.
"""

import logging
import re
import traceback
from collections.abc import Mapping
from types import TracebackType
from typing import Any

MASK = "…"
VALUES = re.compile(
    r"""
    '[^']*' | "[^"]*"                        # what somebody quotes
    | \S*@\S+                                # electronic mail
    | \?\S+                                  # what an address asks for
    | \\[uUxN][0-9a-fA-F{]\S*                # a letter that somebody escaped
    | (?:%[0-9a-fA-F]{2})+                   # or wrote into an address
    | (?=\S*\d)[0-9a-fA-F]{8}-[0-9a-fA-F-]+  # a token
    | \d(?:[ -]?\d){6,}[Xx]?                 # identity and telephone numbers, days of birth
    | [^\x00-\x7f]+
    """,
    re.VERBOSE,
)
FIGURES = (int, float, type(None))


class ImpersonalFormatter(logging.Formatter):
    """Tells what happened, where in the program, to which request, and of what type an error is; never what it says."""

    def format(self, record: logging.LogRecord) -> str:
        told = logging.makeLogRecord(record.__dict__)
        told.msg, told.args = f"{_sentence(record)}{_request(record)}", ()
        told.exc_text = None  # another formatter may have kept the message there
        return super().format(told)

    def formatException(  # noqa: N802, the name is logging's
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        error = ei[1]
        return "" if error is None else "".join(self._places(error)).rstrip()

    def _places(self, error: BaseException) -> list[str]:
        earlier = error.__cause__ or error.__context__
        before = [*self._places(earlier), "then\n"] if earlier else []
        return [*before, *traceback.format_tb(error.__traceback__), f"{type(error).__qualname__}\n"]


def _sentence(record: logging.LogRecord) -> str:
    """The message; its arguments are masked one by one, so that even a name in plain letters is."""
    if not isinstance(record.msg, str):
        return type(record.msg).__qualname__
    try:
        said = record.msg % _masked(record.args) if record.args else record.msg
    except (TypeError, ValueError):
        said = record.msg  # a figure was wanted where a value stood
    return VALUES.sub(MASK, said)


def _masked(args: Any) -> Any:  # noqa: ANN401 - whatever logging was given
    if isinstance(args, Mapping):
        return {name: _mask(value) for name, value in args.items()}
    return tuple(map(_mask, args))


def _mask(value: object) -> object:
    if isinstance(value, FIGURES):
        return value
    return type(value).__qualname__ if isinstance(value, BaseException) else MASK


def _request(record: logging.LogRecord) -> str:
    """Which page was asked for, by its pattern: the address itself may hold a name."""
    request = getattr(record, "request", None)
    match = getattr(request, "resolver_match", None)
    told = {
        "status": getattr(record, "status_code", None),
        "method": getattr(request, "method", None),
        "route": getattr(match, "route", None),
    }
    return "".join(f" {name}={value}" for name, value in told.items() if value is not None)
