"""Tasks of a child that writes as fast as it can until it is killed, and that tells what is left."""

import json
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from itertools import count
from operator import or_
from threading import Thread

from django.db import InterfaceError, OperationalError, connection, connections
from django.db.backends.utils import CursorWrapper
from django.db.models import Q

from dangwu.foundation.audit.models import AuditEntry, AuditSalt
from dangwu.organisations.models import Group, Organisation, Standing
from dangwu.organisations.services.reorganising import found_organisation
from dangwu.records.models import Activity
from tests.faults.child import say
from tests.faults.recording import record
from tests.faults.stage import BY, ON, audited

THREADS = 4
PATIENCE = 10  # seconds
OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


@dataclass(frozen=True)
class Work:
    """What is written, each time under another name: how it is done at a place, the names of what is there and of what
    the audit tells, of all that begin so, and how much there is of it by half.
    """

    do: Callable[[int, str], object]
    there: Callable[[str], Iterable[str]]
    audited: Callable[[str], Iterable[str]]
    halves: Callable[[], int]


def _found(parent: int, name: str) -> object:
    above = Organisation.objects.unscoped("a test").get(pk=parent)
    return found_organisation(by=BY, unit=above.unit, parent=above, name=name, kind="branch", on=ON)


def _standing(prefix: str) -> Iterable[str]:
    return Standing.objects.unscoped("a test").filter(name__startswith=prefix).values_list("name", flat=True)


def _founded(prefix: str) -> Iterable[str]:
    deeds = AuditEntry.objects.filter(verb="organisation.found", subject_name__startswith=prefix)
    return deeds.values_list("subject_name", flat=True)


def _nowhere() -> int:
    return Organisation.objects.unscoped("a test").filter(standings=None).count()


def _held(prefix: str) -> Iterable[str]:
    return Activity.objects.unscoped("a test").filter(topic__startswith=prefix).values_list("topic", flat=True)


def _concluded(prefix: str) -> Iterable[str]:
    rows = Activity.objects.unscoped("a test").values_list("pk", "topic")
    topics = {f"records.activity:{pk}": topic for pk, topic in rows}
    deeds = AuditEntry.objects.filter(verb="activity.conclude").values_list("subject", flat=True)
    return [topics[subject] for subject in deeds if topics[subject].startswith(prefix)]


def _without_rows() -> int:
    told = ("services", "absences", "agenda", "resolutions", "parts")
    lacking = reduce(or_, (Q(**{name: None}) for name in told))
    return Activity.objects.unscoped("a test").filter(lacking).count()


WORKS = {
    "organisations": Work(_found, _standing, _founded, _nowhere),
    "activities": Work(record, _held, _concluded, _without_rows),
}


def write(work: str, place: str, prefix: str) -> None:
    """Do a work in a process of its own, which is to be killed; no connection may be open, to be shared."""
    pid = os.fork()
    if pid:
        os.waitpid(pid, 0)
        return
    say("pid", str(os.getpid()))
    names = [f"{prefix}-{number}" for number in range(THREADS)]
    threads = [Thread(target=_keep_writing, args=(WORKS[work], int(place), name)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()  # for ever: what comes back from here would say that the task is done


def _keep_writing(work: Work, place: int, prefix: str) -> None:
    for number in count():
        name = f"{prefix}-{number}"
        say("tried", name)
        try:
            work.do(place, name)
        except (OperationalError, InterfaceError):
            connection.close()
            time.sleep(0.05)
        else:
            say("done", name)


def report(work: str, prefix: str) -> None:
    """Tell what there is of a work whose names begin so, once whoever was killed has left the database. Fails where
    the audit does not hold.
    """
    with connection.cursor() as cursor:
        _await_solitude(cursor)
        told = {
            "there": list(WORKS[work].there(prefix)),
            "audited": list(WORKS[work].audited(prefix)),
            "unsalted": audited() - AuditSalt.objects.count(),
            "halves": WORKS[work].halves(),
            "engine": _engine(cursor),
        }
    connections.close_all()
    say("report", json.dumps(told))


def groups(prefix: str) -> None:
    """Tell which groups there are whose names begin so. Fails where the audit does not hold."""
    audited()
    rows = Group.objects.unscoped("a test").filter(name__startswith=prefix).order_by("name")
    say("groups", *rows.values_list("name", flat=True))
    connections.close_all()


def _engine(cursor: CursorWrapper) -> list[object]:
    """How SQLite keeps what was acknowledged, and whether its file is whole."""
    asked = ("journal_mode", "synchronous", "integrity_check") if connection.vendor == "sqlite" else ()
    return [_answer(cursor, f"PRAGMA {name}") for name in asked]


def _await_solitude(cursor: CursorWrapper) -> None:
    """Wait until the server has noticed that its other clients are gone."""
    until = time.monotonic() + PATIENCE
    while connection.vendor == "postgresql" and _answer(cursor, OTHERS):
        assert time.monotonic() < until, "a killed client is still connected"
        time.sleep(0.01)


def _answer(cursor: CursorWrapper, question: str) -> object:
    cursor.execute(question)
    return cursor.fetchone()[0]
