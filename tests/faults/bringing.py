"""Tasks of a child that brings a roster in, is killed in the middle of it, and tells what is left."""

import json
import os
from pathlib import Path
from threading import Thread

from django.conf import settings
from django.db import connection, connections

from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.imports.kinds import OutdatedError
from dangwu.foundation.imports.models import Batch
from dangwu.foundation.imports.services.batches import undo_batch, write_batch
from dangwu.members.imports.roster import Roster
from dangwu.members.models import Affiliation, Membership, Person
from dangwu.organisations.models import Organisation
from tests import importing
from tests.faults.child import say
from tests.faults.stage import BY, NOW, ON, audited

BRANCH = "办公室党支部"


def hand_in(rows: str, prefix: str) -> None:
    """Stage a roster of so many people whose names begin so."""
    path = Path(settings.HOME) / f"{prefix}.xlsx"
    told = [{"姓名": f"{prefix}{n}", "党支部": BRANCH, "出生日期": "1980-01", "学历": "本科"} for n in range(int(rows))]
    clinic = importing.Clinic(Roster(), ON)
    batch = clinic.open(importing.workbook(path, told), clinic.stage(path))
    connections.close_all()
    say("hand_in", str(batch.pk))


def bring(batch: str) -> None:
    """Write a batch in a process of its own, which may be killed."""
    pid = os.fork()
    if pid:
        os.waitpid(pid, 0)
        return
    say("pid", str(os.getpid()))
    _write(int(batch))
    say("done")
    os._exit(0)


def bring_both(first: str, second: str) -> None:
    """Write two batches at the same time; tells of each what became of it."""
    answers: list[str] = []

    def work(batch: str) -> None:
        try:
            _write(int(batch))
            answers.append("written")
        except OutdatedError:
            answers.append("outdated")
        finally:
            connection.close()

    threads = [Thread(target=work, args=(batch,)) for batch in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    say("bring_both", *sorted(answers))


def _write(batch: int) -> None:
    write_batch(by=BY, batch=Batch.objects.get(pk=batch), kind=Roster(), now=NOW, on=ON)


def take_back(batch: str) -> None:
    """Undo a batch that was written."""
    undo_batch(by=BY, batch=Batch.objects.get(pk=int(batch)), kind=Roster(), now=NOW, on=ON)
    connections.close_all()


def brought(prefix: str, batch: str) -> None:
    """Tell what there is of a roster. Fails where the audit does not hold."""
    audited()
    people = Person.objects.unscoped("a test").filter(name__startswith=prefix)
    told = {
        "people": people.count(),
        "memberships": Membership.objects.unscoped("a test").filter(person__in=people.values("pk")).count(),
        "affiliations": Affiliation.objects.unscoped("a test").filter(person__in=people.values("pk")).count(),
        "state": Batch.objects.get(pk=int(batch)).state,
        "audited": AuditEntry.objects.filter(verb="import.write", subject=f"foundation.batch:{batch}").count(),
        "organisations": Organisation.objects.unscoped("a test").count(),
    }
    connections.close_all()
    say("brought", json.dumps(told))
