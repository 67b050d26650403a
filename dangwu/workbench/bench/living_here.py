"""A year of branches judged as they live, in the database of this process."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dangwu.compliance.living.catching_up import advance, rebuild, stale
from dangwu.compliance.living.matrix import Matrix, Wanted, matrix
from dangwu.compliance.rulebooks import rulebook_of
from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor, CommandLine
from dangwu.foundation.scope import Scope
from dangwu.organisations.models import Unit
from dangwu.records.models import Service
from dangwu.workbench.bench.filling import fill_unit
from dangwu.workbench.bench.measuring import require_same
from dangwu.workbench.bench.past_days import Clock
from dangwu.workbench.services.filling import settle

DAY = date(2026, 9, 20)
ROUNDS = 5
COLUMNS = 12
RECOUNT = """
SELECT organisation_id, count(DISTINCT held_on) FROM (
    SELECT organisation_id, min(held_on) AS held_on FROM records_service
    WHERE unit_id = %(unit)s AND kind = 'theme_day' AND held_on >= %(first)s AND held_on <= %(day)s
    GROUP BY organisation_id, substr(CAST(held_on AS varchar(10)), 1, 7)
) AS months GROUP BY organisation_id
"""


@action("bench.change", allow=lambda **_: True)
def change_day(*, by: Actor, service: Service, held_on: date) -> None:  # noqa: ARG001 - as an action takes them
    """Move an activity to another day."""
    service.held_on = held_on
    service.save()


def measure_here(branches: str) -> dict[str, float]:
    """Milliseconds of the processor for each question; the matrix must be what SQL written by hand counts."""
    call_command("migrate", verbosity=0)
    unit = fill_unit(int(branches))
    advance(unit.pk, DAY)
    settle()
    duties = {duty.rule for duty in _matrix(None).duties[:COLUMNS]}
    require_same("主题党日的次数", _by_matrix(), _by_hand(unit))
    with CaptureQueriesContext(connection) as asked:
        _matrix(duties)
    changed = _best(_changes(unit))
    require_same("尚未重新判定的党组织", stale(Scope.everything(DAY)), 0)
    return {
        "matrix": _best(lambda: _matrix(duties)),
        "queries": float(len(asked)),
        "changed": changed,
        "anew": _best(lambda: rebuild(unit.pk)),
    }


def _matrix(rules: set[str] | None) -> Matrix:
    return matrix(Scope.everything(DAY), DAY.year, today=DAY, rulebook=rulebook_of(()), wanted=Wanted(rules=rules))


def _by_matrix() -> dict[int, int]:
    found = _matrix({"theme-day-each-month"})
    return {line.place.organisation: line.cells[0].done for line in found.lines if line.cells[0].done}


def _by_hand(unit: Unit) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(RECOUNT, {"unit": unit.pk, "first": date(DAY.year, 1, 1), "day": DAY})
        return dict(cursor.fetchall())


def _changes(unit: Unit) -> Callable[[], Any]:
    """An activity of this month that moves to the next day each time: it is judged again at once."""
    held = Service.objects.of(unit=unit).filter(kind="theme_day", held_on__year=DAY.year, held_on__month=DAY.month)
    key = held.order_by("pk").values_list("pk", flat=True)[0]
    days = iter(range(6, 28))

    def change() -> None:
        service = Service.objects.of(pk=key).get()
        change_day(by=CommandLine("bench"), service=service, held_on=date(DAY.year, DAY.month, next(days)))

    return change


def _best(work: Callable[[], Any]) -> float:
    clock = Clock()
    for _ in range(ROUNDS):
        clock.time(lambda _: work(), None)
    return min(clock.times) * 1000
