"""What is answered while the database or the disk does not do its part: that it is so, and that trying again helps.

A middleware could not do it: Django turns an exception into an answer before any middleware but the innermost sees it.
"""

import errno
import logging
import sqlite3
import sys
from http import HTTPStatus

from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError, InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.defaults import server_error

logger = logging.getLogger(__name__)

SAFE = frozenset({"GET", "HEAD"})
PATIENCE = 30  # seconds after which trying again is worth it
FULL_OR_LOCKED = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG, errno.EIO})
MISTAKES = frozenset({sqlite3.SQLITE_ERROR, 1054})  # a wrong statement; a column that OceanBase does not know
READ_ONLY = "25006"  # PostgreSQL's state of a server that takes no writes


@never_cache
def failed(request: HttpRequest) -> HttpResponse:
    """The answer to an exception that nobody caught (`handler500`); it is logged by Django, without values."""
    if _outage_behind(sys.exc_info()[1]) is None:
        return server_error(request)
    # not even who asks is looked up: the page needs nothing that may be away
    page = render_to_string("503.html", {"is_writing": request.method not in SAFE})
    return HttpResponse(page, status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": str(PATIENCE)})


class Sessions(SessionMiddleware):
    """Sessions, but an answer stands where its session cannot be saved: reading goes on, and what was done was done.

    Nobody gets in by that: a sign-in writes its session before, and a sign-out deletes it.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Save the session if that is possible; Django would take an outage for the end of it."""
        try:
            return super().process_response(request, response)
        except (SessionInterrupted, DatabaseError) as error:
            if _outage_behind(error) is None:
                raise
        logger.warning("a session was not saved")
        return response


def is_outage(error: BaseException) -> bool:
    """Whether the machine is at fault, and may be well again in a while; a wrong statement is the program's mistake."""
    if isinstance(error, OperationalError):
        return _number(error) not in MISTAKES
    if isinstance(error, InternalError):
        return getattr(error.__cause__, "sqlstate", None) == READ_ONLY
    return isinstance(error, InterfaceError) or (isinstance(error, OSError) and error.errno in FULL_OR_LOCKED)


def _number(error: OperationalError) -> object:
    """What the driver of SQLite or of OceanBase calls an error by."""
    cause = error.__cause__ or error
    return getattr(cause, "sqlite_errorcode", None) or next(iter(cause.args), None)


def _outage_behind(error: BaseException | None) -> BaseException | None:
    """The outage among an exception and what led to it: often it shows only in what was done because of it."""
    while error is not None and not is_outage(error):
        error = error.__cause__ or error.__context__
    return error
