"""Services that the audit tells of, and the same writes by hand; a long log, and its verification."""

import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, models
from django.utils import timezone

from dangwu.foundation.actors import CommandLine
from dangwu.foundation.audit.chain import HEAD
from dangwu.foundation.audit.checkpoints import checkpoint_now
from dangwu.foundation.audit.export import Extent, export_lines
from dangwu.foundation.audit.models import AuditEntry, ChainHead
from dangwu.foundation.audit.verify_audit import WHOLE, outcome
from dangwu.organisations.models import Unit
from dangwu.organisations.services.units import edit_unit, register_unit
from dangwu.workbench.bench.measuring import require_same, timed

BY, DAY = CommandLine("bench"), date(2026, 9, 30)
TOGETHER = 8
BODY = 400  # characters that a row of a log says, about


def measure_here(writes: str, entries: str) -> dict[str, float]:
    """Seconds a write by one, by eight at once, and bare; seconds of the processor; seconds of a verification."""
    call_command("migrate", verbosity=0)
    units = [register_unit(by=BY, name=f"第{n}局", kind="organ", on=DAY) for n in range(TOGETHER)]
    number = int(writes)
    return {
        **_paced("alone", "cpu", number, lambda: _rename(units[0], number)),
        **_paced("together", "all_cpu", number, lambda: _rename_together(units, number)),
        **_paced("bare", "bare_cpu", number, lambda: _write_bare(Path(settings.DATABASES["default"]["NAME"]), number)),
        "verifying": _verifying(int(entries)),
    }


def _paced(wall: str, processor: str, number: int, work: Callable[[], None]) -> dict[str, float]:
    start = time.perf_counter()
    seconds, _ = timed(work)
    return {wall: (time.perf_counter() - start) / number, processor: seconds}


def _rename(unit: Unit, times: int) -> None:
    """The service behind the form on which a unit is changed."""
    for turn in range(times):
        edit_unit(by=BY, unit=unit, version=unit.version, name=f"{unit.pk}局{turn}", kind="organ", on=DAY)


def _rename_together(units: list[Unit], times: int) -> None:
    def work(unit: Unit) -> None:
        try:
            _rename(unit, times // len(units))
        finally:
            connection.close()

    with ThreadPoolExecutor(len(units)) as pool:
        list(pool.map(work, units))


def _write_bare(path: Path, times: int) -> None:
    """An UPDATE and an INSERT a transaction, with the settings of the site, in a database beside it."""
    with closing(sqlite3.connect(path.with_name("bare.sqlite3"), isolation_level=None)) as bare:
        bare.executescript(str(settings.SQLITE_OPTIONS["init_command"]))
        bare.execute("CREATE TABLE unit (id INTEGER PRIMARY KEY, name TEXT, version INTEGER)")
        bare.execute("CREATE TABLE entry (sequence INTEGER PRIMARY KEY, body TEXT)")
        bare.execute("INSERT INTO unit VALUES (1, '局', 1)")
        for turn in range(times):
            bare.execute("BEGIN IMMEDIATE")
            bare.execute("UPDATE unit SET name = ?, version = version + 1 WHERE id = 1", (f"局{turn}",))
            bare.execute("INSERT INTO entry (body) VALUES (?)", ("记" * BODY,))
            bare.execute("COMMIT")


# --- the log


def _verifying(entries: int) -> float:
    """Seconds of the processor for the verification of an export with so many entries."""
    _lengthen_log(entries)
    checkpoint_now(timezone.now())
    path = Path(settings.HOME) / "log.jsonl"
    with path.open("wb") as file:
        file.writelines(export_lines(Extent(), timezone.now()))
    seconds, (code, _) = timed(lambda: outcome(path))
    require_same("核验的结果", code, WHOLE)
    return seconds


def _lengthen_log(entries: int) -> None:
    """Let the log go on with what its last entry says, until it has so many."""
    last = AuditEntry.objects.order_by("-sequence")[0]
    kept = {name: getattr(last, name) for name in ("verb", "actor_key", "subject", "place", "body", "algorithm")}
    rows, sequence, previous = [], last.sequence, last.hash
    for sequence in range(last.sequence + 1, entries + 1):
        entry = AuditEntry(sequence=sequence, at=last.at, previous=previous, **kept)
        entry.hash = previous = entry.linked_to(previous)
        rows.append(entry)
    past_its_guard: models.QuerySet[AuditEntry] = models.QuerySet(AuditEntry)
    past_its_guard.bulk_create(rows, batch_size=2_000)
    ChainHead.objects.filter(pk=HEAD).update(sequence=max(sequence, last.sequence), hash=previous)
