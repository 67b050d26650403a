"""Packing the handbooks of 494 branches, each with a hundred activities of the year, into one archive."""

import os
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dangwu.compliance.living.catching_up import advance, begin
from dangwu.foundation.actors import CommandLine
from dangwu.foundation.deeds import Deed, doing
from dangwu.members.services.enrolling import Enrolment, enrol
from dangwu.organisations.models import Standing
from dangwu.organisations.queries import standings_of_unit
from dangwu.workbench.bench.filling import COMMITTEE, EXPECTED, YEAR, fill_unit
from dangwu.workbench.bench.measuring import Measured, Tell, apart, timed
from dangwu.workbench.papers.bundling import pack
from dangwu.workbench.papers.offered import OFFERS

BRANCHES, MOST_SECONDS, MOST_QUERIES = 494, 300, 2
FEW = 40
TODAY = date(YEAR + 1, 1, 1)


def measure(tell: Tell) -> list[Measured]:
    """The time of the processor, in either form, and the queries that one more handbook costs."""
    lines = []
    for suffix, word in ((".docx", "Word"), (".pdf", "PDF")):
        tell(f"正在生成 {BRANCHES} 个党支部全年的工作手册（{word}）")
        run = _measured(suffix, BRANCHES)
        lines.append(Measured(f"{BRANCHES} 本工作手册（{word}）", run["seconds"], "秒", MOST_SECONDS))
    more = (run["queries"] - _measured(".pdf", FEW)["queries"]) / (BRANCHES - FEW)
    return [*lines, Measured("每多一本手册的数据库查询", more, "次", MOST_QUERIES)]


def _measured(suffix: str, branches: int) -> dict[str, Any]:
    with TemporaryDirectory(prefix="dangwu-bench-") as home:
        around = {"DANGWU_HOME": home, "DANGWU_DATABASE_URL": ""}
        return apart("ledgers", suffix, branches, surroundings=around)


def _fill(branches: int) -> None:
    """The branches with what they held and twelve members each, judged as they live."""
    unit = fill_unit(branches)
    standings = {row.organisation_id: row for row in standings_of_unit(unit, TODAY)}
    people = [
        Enrolment(
            number, f"党员{number}", key, member_kind="full", in_service=True, post="" if number else "党支部书记"
        )
        for key in standings
        for number in range(EXPECTED)
    ]
    with doing(Deed("bench.fill", CommandLine("bench"), trial=True)):
        enrol(unit=unit, enrolments=people, organisations=standings)
    begin(unit.pk, day=TODAY)
    advance(unit.pk, TODAY)


def measure_here(suffix: str, branches: str) -> dict[str, Any]:
    """Seconds, bytes and queries of one archive."""
    call_command("migrate", verbosity=0)
    _fill(int(branches))
    head = Standing.objects.unscoped("a bench").get(name=COMMITTEE)
    target = Path(os.environ["DANGWU_HOME"]) / "handbooks.zip"
    order = OFFERS["handbook"], suffix
    with CaptureQueriesContext(connection) as asked:
        seconds, number = timed(lambda: pack(head.path, YEAR, order, target, today=TODAY, progress=lambda *_: None))
    return {"seconds": seconds, "papers": number, "bytes": target.stat().st_size, "queries": len(asked)}
