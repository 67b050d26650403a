"""Tasks of a child that writes as fast as it can until it is killed, and that tells what is left."""

import json
import os
import time
from itertools import count
from threading import Thread

from django.db import InterfaceError, OperationalError, connection, connections
from django.db.backends.utils import CursorWrapper

from dangwu.foundation.audit.models import AuditEntry, AuditSalt
from dangwu.organisations.models import Group, Organisation, Standing
from dangwu.organisations.services.reorganising import found_organisation
from tests.faults.child import say
from tests.faults.stage import BY, ON, audited

THREADS = 4
PATIENCE = 10  # seconds
OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


def write(parent: str, prefix: str) -> None:
    """Found organisations in a process of its own, which is to be killed; no connection may be open, to be shared."""
    pid = os.fork()
    if pid:
        os.waitpid(pid, 0)
        return
    say("pid", str(os.getpid()))
    threads = [Thread(target=_keep_writing, args=(int(parent), f"{prefix}-{number}")) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()  # for ever: what comes back from here would say that the task is done


def _keep_writing(parent: int, prefix: str) -> None:
    for number in count():
        name = f"{prefix}-{number}"
        say("tried", name)
        try:
            above = Organisation.objects.unscoped("a test").get(pk=parent)
            found_organisation(by=BY, unit=above.unit, parent=above, name=name, kind="branch", on=ON)
        except (OperationalError, InterfaceError):
            connection.close()
            time.sleep(0.05)
        else:
            say("done", name)


def report(prefix: str) -> None:
    """Tell what stands in the database of what begins so, once whoever was killed has left it. Fails where the audit
    does not hold.
    """
    with connection.cursor() as cursor:
        _await_solitude(cursor)
        standings = Standing.objects.unscoped("a test")
        deeds = AuditEntry.objects.filter(verb="organisation.found", subject_name__startswith=prefix)
        told = {
            "there": list(standings.filter(name__startswith=prefix).values_list("name", flat=True)),
            "audited": list(deeds.values_list("subject_name", flat=True)),
            "unsalted": audited() - AuditSalt.objects.count(),
            "halves": Organisation.objects.unscoped("a test").filter(standings=None).count(),
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
