"""One duty of many organisations through a year: branches × months, or quarters, or whatever the duty asks."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dangwu.compliance.living.drafting import Numbers, said
from dangwu.compliance.living.matrix import Place, cell_of, places
from dangwu.compliance.models import DutyState
from dangwu.compliance.report import ORDER, Cell, Duty, Status
from dangwu.compliance.reporting import NOTHING
from dangwu.foundation.scope import Scope
from dangwu.kernel.periods import Every, Period, periods_starting_in
from dangwu.kernel.span import Span


@dataclass(frozen=True, slots=True)
class MonthLine:
    """An organisation through the year; the cells have the order of the periods."""

    place: Place
    status: Status
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Months:
    """A duty through a year, whoever stands worst first."""

    duty: Duty
    year: int
    periods: tuple[Period, ...]
    lines: tuple[MonthLine, ...]


def months(scope: Scope, year: int, duty: Duty, every: Every, *, today: date) -> Months:
    """Each organisation of a scope that was asked, in every period of the year."""
    span = Span(date(year, 1, 1), date(year + 1, 1, 1))
    periods = tuple(periods_starting_in(every, span))
    cells = _cells(scope, duty.rule, span, today)
    lines = [_line(place, cells[place.organisation], periods) for place in places(scope) if place.organisation in cells]
    return Months(duty, year, periods, tuple(sorted(lines, key=_worst_first)))


def _cells(scope: Scope, rule: str, span: Span, today: date) -> Mapping[int, Mapping[str, Cell]]:
    rows = DutyState.objects.within(scope).filter(rule=rule, begins__gte=span.start, begins__lt=span.end)
    cells: dict[int, dict[str, Cell]] = defaultdict(dict)
    columns = ("organisation", "period", "level", "word", "deadline", "soon_from", *Numbers._fields)
    for organisation, period, level, word, deadline, soon, *numbers in rows.values_list(*columns):
        told: list[Any] = [level, *said(Numbers(*numbers), word), _text(deadline), _text(soon)]
        cells[organisation][period] = cell_of(told, today)
    return cells


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""


def _line(place: Place, cells: Mapping[str, Cell], periods: tuple[Period, ...]) -> MonthLine:
    row = tuple(cells.get(period.code, NOTHING) for period in periods)
    return MonthLine(place, min((cell.status for cell in row), key=ORDER.__getitem__), row)


def _worst_first(line: MonthLine) -> tuple[int, int, str]:
    bad = sum(cell.status == line.status for cell in line.cells)
    return ORDER[line.status], -bad, line.place.path
