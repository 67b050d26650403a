"""A year of many organisations at a glance: branches × duties, worst first, with sums at every level of the tree.

One row a branch is read, however much it was asked (`DutyYear`). What is near is decided here, by the day of reading.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial, reduce
from typing import Any, NamedTuple

from dangwu.compliance.models import DutyYear, Judging, Watch
from dangwu.compliance.report import ORDER, Cell, Duty, Status
from dangwu.compliance.reporting import NOTHING
from dangwu.foundation.remembering import remembered
from dangwu.foundation.scope import Scope
from dangwu.kernel.tree_path import line_of
from dangwu.organisations.models import BRANCH_KINDS, OrganisationKind
from dangwu.organisations.queries import standings
from dangwu.rules.rulebook import Rule, Rulebook
from dangwu.rules.shapes import Level

PER_PAGE = 50
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
    the duties. What stands above branches has no cells.
    """

    place: Place
    status: Status
    figures: Figures
    cells: tuple[Cell, ...] = ()


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
class Matrix:
    """`lines` are branches, worst first, as many as the page holds, and `duties` what was asked of them. `judged_on` is
    the day as of which, and `stale` how many organisations have changed since.
    """

    year: int
    duties: tuple[Duty, ...]
    lines: tuple[Line, ...]
    sentence: str
    figures: Figures
    statuses: Mapping[Status, int]
    branches: int
    page: int
    pages: int
    judged_on: date | None
    stale: int
    rows: Sequence[_Row] = field(repr=False)

    @property
    def bodies(self) -> tuple[Line, ...]:
        """What stands above the branches, in the order of the tree, each with the figures of all below it."""
        return _bodies(self.rows)


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
    for row in shown:
        row.read = row.read or (json.loads(row.cells) if row.cells else {})
    duties = _duties(shown, rulebook, wanted.rules, today)
    statuses = Counter(row.status for row in branches)
    return Matrix(
        year=year,
        duties=duties,
        lines=tuple(_line(row, duties, today) for row in shown),
        sentence=sentence_of(statuses, len(branches)),
        figures=_total(rows),
        statuses=statuses,
        branches=len(branches),
        page=page or 1,
        pages=pages,
        judged_on=Judging.objects.order_by("judged_on").values_list("judged_on", flat=True).first(),
        stale=Watch.objects.within(scope).filter(stale_since__isnull=False).count(),
        rows=rows,
    )


class Glance(NamedTuple):
    """The matrix in a sentence and its figures, with the `worst` of its branches; no line has cells."""

    sentence: str
    figures: Figures
    worst: tuple[Line, ...]


def glance(scope: Scope, year: int, *, today: date, most: int) -> Glance:
    """What the matrix of a scope comes to, and the branches that stand worst in it, so many at most."""
    rows = _rows(scope, year, ALL, today, in_detail=False)
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


def places(scope: Scope) -> Sequence[Place]:
    """The organisations of a scope in the order of the tree."""
    return remembered(("places", scope), partial(_places, scope))


def _places(scope: Scope) -> tuple[Place, ...]:
    columns = ("organisation", "name", "short_name", "kind", "parent", "path")
    told = standings(scope).values_list(*columns)
    return tuple(Place(key, short or name, kind, parent, path) for key, name, short, kind, parent, path in told)


def _rows(scope: Scope, year: int, wanted: Wanted, today: date, *, in_detail: bool = True) -> list[_Row]:
    """Every organisation of the scope in the order of the tree, with what is kept of it; its cells only in detail."""
    rows = {place.organisation: _Row(place) for place in places(scope)}
    if wanted.under is not None:
        above = rows[wanted.under].place.path if wanted.under in rows else "-"
        rows = {key: row for key, row in rows.items() if row.place.path.startswith(above)}
    _fill(rows, scope, year, in_detail=in_detail)
    for row in rows.values():
        if wanted.rules is not None:
            _narrow(row, wanted.rules)
        row.status = _status(row, today)
    return list(rows.values())


NUMBERS = ("met", "late", "failures", "warnings", "hints", "pending", "soon_from")


def _fill(rows: Mapping[int, _Row], scope: Scope, year: int, *, in_detail: bool) -> None:
    columns = ("organisation", *NUMBERS, *(("cells",) if in_detail else ()))
    for key, *told in DutyYear.objects.within(scope).filter(year=year).values_list(*columns):
        if row := rows.get(key):
            row.met, row.late, row.failures, row.warnings, row.hints, row.pending, row.soon_from, *cells = told
            row.cells = "".join(cells)


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
    status = status_of(level, did, unmet, pending, near=bool(near))
    return Cell(status, did + unmet, did, met, date.fromisoformat(deadline) if deadline else None)


def status_of(level: str, did: int, unmet: int, pending: int, *, near: bool) -> Status:
    """How a duty stands of which so many were done, were not, and may still be done."""
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


def _line(row: _Row, duties: Sequence[Duty], today: date) -> Line:
    told = row.read
    cells = tuple(cell_of(told[duty.rule], today) if duty.rule in told else NOTHING for duty in duties)
    return Line(row.place, row.status, row.figures, cells)


def _total(rows: Iterable[_Row]) -> Figures:
    return reduce(Figures.plus, (row.figures for row in rows), Figures())


def _bodies(rows: Sequence[_Row]) -> tuple[Line, ...]:
    bodies = [row for row in rows if not row.place.is_branch]
    sums = dict.fromkeys((row.place.path for row in bodies), Figures())
    for row in rows:
        for above in line_of(row.place.path):
            if above in sums:
                sums[above] = sums[above].plus(row.figures)
    return tuple(Line(row.place, row.status, sums[row.place.path]) for row in bodies)
