"""A year of many organisations at a glance: branches × duties, worst first, with sums at every level of the tree.

One row a branch is read, however much it was asked (`DutyYear`). What is near is decided here, by the day of reading.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from typing import Any, NamedTuple

from dangwu.compliance.models import DutyYear, Judging, Watch
from dangwu.compliance.report import ORDER, Cell, Duty, Status
from dangwu.compliance.reporting import NOTHING
from dangwu.foundation.scope import Scope
from dangwu.kernel.tree_path import line_of
from dangwu.organisations.models import BRANCH_KINDS, OrganisationKind
from dangwu.organisations.queries import standings
from dangwu.rules.rulebook import Rule, Rulebook
from dangwu.rules.shapes import Level

PER_PAGE = 50
IN_WHOLE = 1_000  # lines; of more only a page is read in detail
LATE = {Status.OVERDUE, Status.WARNING}
"""The states of which somebody may be reminded."""
KINDS: Mapping[str, str] = dict(OrganisationKind.choices)


class Figures(NamedTuple):
    """The five figures: what should be done by now or was done already, what was, what was in time, and the rates."""

    should: int = 0
    did: int = 0
    on_time: int = 0

    @property
    def rate(self) -> float | None:
        """The share that was done; None where nothing was asked."""
        return self.did / self.should if self.should else None

    @property
    def on_time_rate(self) -> float | None:
        """The share that was done in time."""
        return self.on_time / self.should if self.should else None

    def plus(self, other: "Figures") -> "Figures":
        """The sum of two."""
        return Figures(self.should + other.should, self.did + other.did, self.on_time + other.on_time)


class Place(NamedTuple):
    """An organisation in the tree."""

    organisation: int
    name: str
    kind: str
    parent: int | None
    path: str

    @property
    def is_branch(self) -> bool:
        return self.kind in BRANCH_KINDS

    @property
    def kind_name(self) -> str:
        return KINDS[self.kind]


class Line(NamedTuple):
    """An organisation in the matrix. `figures` are its own and those of all below it; `cells` its own, in the order of
    the duties, and `sums` those with all below it. What has more than a page to show has no sums.
    """

    place: Place
    status: Status
    figures: Figures
    cells: tuple[Cell, ...] = ()
    sums: tuple[Figures, ...] = ()


@dataclass(frozen=True, slots=True)
class Matrix:
    """`lines` are branches, worst first, as many as the page holds; `bodies` what stands above them, in the order of
    the tree. `judged_on` is the day as of which, and `stale` how many organisations have changed since.
    """

    year: int
    duties: tuple[Duty, ...]
    lines: tuple[Line, ...]
    bodies: tuple[Line, ...]
    sentence: str
    figures: Figures
    statuses: Mapping[Status, int]
    branches: int
    page: int
    pages: int
    judged_on: date | None
    stale: int


@dataclass(slots=True)
class _Row:
    """What is kept of an organisation and a year."""

    place: Place
    met: int = 0
    late: int = 0
    failures: int = 0
    warnings: int = 0
    hints: int = 0
    pending: int = 0
    soon_from: date | None = None
    cells: str = ""
    status: Status = Status.GOOD
    read: Mapping[str, list[Any]] = field(default_factory=dict)

    @property
    def figures(self) -> Figures:
        did = self.met + self.late
        return Figures(did + self.failures + self.warnings + self.hints, did, self.met)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a matrix is to show: some rules, kinds of branch, what stands below one organisation, in which state."""

    rules: Collection[str] | None = None
    kinds: Collection[str] | None = None
    under: int | None = None
    statuses: Collection[str] | None = None


ALL = Wanted()


def matrix(
    scope: Scope, year: int, *, today: date, rulebook: Rulebook, wanted: Wanted = ALL, page: int | None = None
) -> Matrix:
    """The matrix of the organisations in a scope, as its tree stood on its day. Without a page all lines are there."""
    rows = _rows(scope, year, wanted, today)
    branches = sorted((row for row in rows if _is_shown(row, wanted)), key=_worst_first)
    shown, pages = (branches, 1) if page is None else _page(branches, page)
    whole = len(branches) <= IN_WHOLE
    bodies = [row for row in rows if not row.place.is_branch]
    for row in (*shown, *(bodies if whole else ()), *(branches if whole else ())):
        row.read = row.read or (json.loads(row.cells) if row.cells else {})
    duties = _duties(rows if whole else shown, rulebook, wanted.rules, today)
    statuses = Counter(row.status for row in branches)
    sums = _Sums(rows, duties if whole else ())
    return Matrix(
        year=year,
        duties=duties,
        lines=tuple(_line(row, duties, sums, today) for row in shown),
        bodies=tuple(_line(row, duties if whole else (), sums, today) for row in bodies),
        sentence=sentence_of(statuses, len(branches)),
        figures=_total(rows),
        statuses=statuses,
        branches=len(branches),
        page=page or 1,
        pages=pages,
        judged_on=Judging.objects.order_by("judged_on").values_list("judged_on", flat=True).first(),
        stale=Watch.objects.within(scope).filter(stale_since__isnull=False).count(),
    )


class Glance(NamedTuple):
    """The matrix in a sentence and its figures, with the `worst` of its branches; no line has cells."""

    sentence: str
    figures: Figures
    worst: tuple[Line, ...]


def glance(scope: Scope, year: int, *, today: date, most: int) -> Glance:
    """What the matrix of a scope comes to, and the branches that stand worst in it, so many at most."""
    rows = _rows(scope, year, ALL, today)
    branches = [row for row in rows if row.place.is_branch]
    sentence = sentence_of(Counter(row.status for row in branches), len(branches))
    worst = sorted((row for row in branches if row.status in LATE), key=_worst_first)[:most]
    return Glance(sentence, _total(rows), tuple(Line(row.place, row.status, row.figures) for row in worst))


def sentence_of(statuses: Mapping[Status, int], branches: int) -> str:
    """“494 个支部：431 正常，38 临期，25 逾期”."""
    if not branches:
        return "没有党支部。"
    told = (Status.GOOD, Status.SOON, Status.WARNING, Status.OVERDUE)
    return f"{branches} 个支部：" + "，".join(f"{statuses[s]} {s.label}" for s in told if statuses.get(s))


# --- reading


def places(scope: Scope) -> list[Place]:
    """The organisations of a scope in the order of the tree."""
    columns = ("organisation", "name", "short_name", "kind", "parent", "path")
    told = standings(scope).values_list(*columns)
    return [Place(key, short or name, kind, parent, path) for key, name, short, kind, parent, path in told]


def _rows(scope: Scope, year: int, wanted: Wanted, today: date) -> list[_Row]:
    """Every organisation of the scope in the order of the tree, with what is kept of it."""
    rows = {place.organisation: _Row(place) for place in places(scope)}
    if wanted.under is not None:
        above = rows[wanted.under].place.path if wanted.under in rows else "-"
        rows = {key: row for key, row in rows.items() if row.place.path.startswith(above)}
    _fill(rows, scope, year)
    for row in rows.values():
        if wanted.rules is not None:
            _narrow(row, wanted.rules)
        row.status = _status(row, today)
    return list(rows.values())


def _fill(rows: Mapping[int, _Row], scope: Scope, year: int) -> None:
    numbers = ("met", "late", "failures", "warnings", "hints", "pending", "soon_from", "cells")
    for key, *told in DutyYear.objects.within(scope).filter(year=year).values_list("organisation", *numbers):
        if row := rows.get(key):
            row.met, row.late, row.failures, row.warnings, row.hints, row.pending, row.soon_from, row.cells = told


def _narrow(row: _Row, rules: Collection[str]) -> None:
    """Count some rules alone."""
    every: dict[str, list[Any]] = json.loads(row.cells) if row.cells else {}
    row.read = {rule: cell for rule, cell in every.items() if rule in rules}
    its = row.read.values()
    row.met, row.late, row.pending = (sum(cell[place] for cell in its) for place in (1, 2, 4))
    unmet = [sum(cell[3] for cell in its if cell[0] == level) for level in Level]
    row.failures, row.warnings, row.hints = unmet
    soon = min((cell[7] for cell in its if cell[7]), default="")
    row.soon_from = date.fromisoformat(soon) if soon else None


def _status(row: _Row, today: date) -> Status:
    if row.failures:
        return Status.OVERDUE
    if row.warnings:
        return Status.WARNING
    return Status.SOON if row.pending and row.soon_from and row.soon_from <= today else Status.GOOD


def _is_shown(row: _Row, wanted: Wanted) -> bool:
    place = row.place
    return (
        place.is_branch
        and (wanted.kinds is None or place.kind in wanted.kinds)
        and (wanted.statuses is None or row.status in wanted.statuses)
    )


def _worst_first(row: _Row) -> tuple[int, int, int, str]:
    return ORDER[row.status], -row.failures, -row.warnings, row.place.path


def _page(rows: list[_Row], page: int) -> tuple[list[_Row], int]:
    start = (max(page, 1) - 1) * PER_PAGE
    return rows[start : start + PER_PAGE], max(-(-len(rows) // PER_PAGE), 1)


# --- what is shown


def cell_of(told: Sequence[Any], today: date) -> Cell:
    """A cell out of its numbers."""
    level, met, late, unmet, pending, _, deadline, soon = told
    did = met + late
    near = pending and soon and soon <= today.isoformat()
    status = _status_of(level, did, unmet, pending, near=bool(near))
    return Cell(status, did + unmet, did, met, date.fromisoformat(deadline) if deadline else None)


def _status_of(level: str, did: int, unmet: int, pending: int, *, near: bool) -> Status:
    if unmet:
        return {Level.FAILURE: Status.OVERDUE, Level.WARNING: Status.WARNING}.get(Level(level), Status.HINT)
    if pending:
        return Status.SOON if near else Status.OPEN
    return Status.GOOD if did else Status.NOT_ASKED


def _duties(rows: Iterable[_Row], rulebook: Rulebook, rules: Collection[str] | None, today: date) -> tuple[Duty, ...]:
    """The duties that asked something of somebody, those first in which somebody stands worst."""
    worst: dict[str, int] = {}
    for row in rows:
        for rule, told in row.read.items():
            place = ORDER[cell_of(told, today).status]
            if place < worst.get(rule, len(ORDER)):
                worst[rule] = place
    asked = [rule for rule in rulebook.rules.values() if rule.id in worst and (rules is None or rule.id in rules)]
    return tuple(duty_of(rule) for rule in sorted(asked, key=lambda rule: worst[rule.id]))


def duty_of(rule: Rule) -> Duty:
    """A rule as a column."""
    return Duty(rule.id, rule.title, rule.document.title, rule.basis.article, rule.level)


def _line(row: _Row, duties: Sequence[Duty], sums: "_Sums", today: date) -> Line:
    told = row.read
    cells = tuple(cell_of(told[duty.rule], today) if duty.rule in told else NOTHING for duty in duties)
    return Line(row.place, row.status, sums.figures(row), cells, sums.by_duty(row))


def _total(rows: Iterable[_Row]) -> Figures:
    return reduce(Figures.plus, (row.figures for row in rows), Figures())


class _Sums:
    """Figures of everything at and below each organisation."""

    def __init__(self, rows: Sequence[_Row], duties: Sequence[Duty]) -> None:
        self._rules = [duty.rule for duty in duties]
        self._all: dict[str, Figures] = {}
        self._by_duty: dict[str, list[list[int]]] = {}
        tops = {row.place.path for row in rows if not row.place.is_branch}
        for row in rows:
            for above in line_of(row.place.path):
                if above in tops:
                    self._add(above, row)

    def _add(self, above: str, row: _Row) -> None:
        self._all[above] = self._all.get(above, Figures()).plus(row.figures)
        if self._rules:
            table = self._by_duty.setdefault(above, [[0, 0, 0] for _ in self._rules])
            for numbers, rule in zip(table, self._rules, strict=True):
                if told := row.read.get(rule):
                    numbers[0] += told[1] + told[2] + told[3]
                    numbers[1] += told[1] + told[2]
                    numbers[2] += told[1]

    def figures(self, row: _Row) -> Figures:
        return self._all.get(row.place.path, row.figures)

    def by_duty(self, row: _Row) -> tuple[Figures, ...]:
        return tuple(Figures(*numbers) for numbers in self._by_duty.get(row.place.path, ()))
