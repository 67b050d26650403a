"""Whether the site answers, for whoever watches over it: two addresses that say ok or not ok, and nothing else.

A library was not needed: what is known of them tells strangers which parts there are and how they fail, and none ends a
check that a dead database keeps waiting. The operator asks `dangwu doctor` for details.
"""

import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from http import HTTPStatus
from threading import Event, Lock

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

PATIENCE = 2.0  # seconds in which everything must have answered
REMEMBERED = 1.0  # seconds for which an answer holds: asking often costs nothing
STUCK = timedelta(minutes=5)  # a task that waits for longer has no worker


@never_cache
@require_safe
def live(_request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return _answer(well=True)


@never_cache
@require_safe
def ready(_request: HttpRequest) -> HttpResponse:
    """Say whether database, disk, tables and worker are as they must be for work."""
    return _answer(well=_watch.well())


def _answer(*, well: bool) -> HttpResponse:
    status = HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE
    return HttpResponse("ok\n" if well else "not ok\n", status=status, content_type="text/plain")


class Watch:
    """Runs the checks in a thread of its own, one run at a time: what hangs does not take the server with it."""

    def __init__(self, checks: Callable[[], bool], patience: float = PATIENCE) -> None:
        self._checks, self._patience = checks, patience
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="health")
        self._lock = Lock()
        self._run: Future[bool] | None = None
        self._until, self._well = 0.0, False

    def well(self) -> bool:
        """The answer of a moment ago, or of a new run; one that does not end in time is none."""
        with self._lock:
            if time.monotonic() >= self._until:
                self._well = self._asked()
                self._until = time.monotonic() + REMEMBERED
            return self._well

    def _asked(self) -> bool:
        if self._run is None or self._run.done():
            self._run = self._thread.submit(self._checked)
        try:
            return self._run.result(self._patience)
        except Exception:  # noqa: BLE001 - whatever it is, the site is not ready
            return False

    def _checked(self) -> bool:
        try:
            return self._checks()
        finally:
            connection.close()  # the thread's own


def all_well() -> bool:
    """Whether the site is ready. Raises what the database or the disk raises."""
    return (
        _database_answers()
        and _tables_are_up_to_date()
        and not stuck_tasks(timezone.now()).exists()
        and _disk_takes_files()
    )


def _database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _tables_are_up_to_date() -> bool:
    """Asked until it is so: no process outlives an upgrade."""
    if not _up_to_date.is_set() and not pending_migrations():
        _up_to_date.set()
    return _up_to_date.is_set()


def pending_migrations() -> list[str]:
    """The names of the migrations that are still to be applied."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def stuck_tasks(at: datetime) -> QuerySet[DBTaskResult[..., object]]:
    """The tasks that have waited for so long that nobody can be working."""
    return DBTaskResult.objects.ready().filter(enqueued_at__lt=at - STUCK)


def _disk_takes_files() -> bool:
    with tempfile.TemporaryFile(dir=settings.HOME) as file:
        file.write(b"ok")
        file.flush()
    return True


_up_to_date = Event()
_watch = Watch(all_well)
