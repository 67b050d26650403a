"""Lists of organisations: a kind of workbook that can be brought in."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import ClassVar

from django.db.models import Model

from dangwu.foundation.imports.keepers import Keepers
from dangwu.foundation.imports.kinds import Accepted, Difference, Json, Line, ReadTable, Resolved, Task
from dangwu.foundation.sheets.amending import Amendments
from dangwu.foundation.sheets.reading import Progress
from dangwu.foundation.sheets.shapes import Sheet
from dangwu.organisations.columns import organisations_sheet
from dangwu.organisations.imports import flaws
from dangwu.organisations.imports.drafting import Drafting
from dangwu.organisations.imports.finding import Finding, Meant
from dangwu.organisations.imports.known import Known, KnownOrganisations
from dangwu.organisations.imports.writing import write_organisations
from dangwu.organisations.matching import unit_in_name
from dangwu.organisations.models import OrganisationKind
from dangwu.organisations.policies import REORGANISERS
from dangwu.organisations.sheets import read_organisations


class Organisations:
    """The list of organisations: which are new, what is told otherwise than it is registered."""

    name: ClassVar[str] = "organisations"
    title: ClassVar[str] = "党组织信息表"
    noun: ClassVar[str] = "个党组织"
    keepers: ClassVar[Keepers] = REORGANISERS
    unkept: ClassVar[frozenset[str]] = frozenset()

    def sheet(self, on: date) -> Sheet:
        """Its columns as seen on a day."""
        return organisations_sheet(on)

    def read(self, path: Path, *, on: date, amended: Amendments, progress: Progress | None) -> list[ReadTable]:
        """Read every list of the file. Raises UnreadableWorkbookError."""
        lists = read_organisations(path, on=on, progress=progress, amended=amended)
        return [ReadTable(its.reading, {row.number: row for row in its.rows}) for its in lists]

    def resolve(self, task: Task, lines: Sequence[Line]) -> list[Resolved]:
        """Which organisation is meant by each row, and what of it differs."""
        return _Resolving(task, lines).all()

    def prepare(self, row: Accepted) -> Accepted:
        """Nothing takes long."""
        return row

    def write(self, task: Task, rows: Iterable[Accepted]) -> None:
        """Found and change organisations. Part of an action. Raises OutdatedError, ObjectionError."""
        write_organisations(task, rows)

    def refuse_return(self, row: Model) -> None:
        """Ask nothing: the versions of the rows say enough."""


class _Resolving:
    def __init__(self, task: Task, lines: Sequence[Line]) -> None:
        self._task = task
        self._known = KnownOrganisations(task)
        self._finding = Finding(task, lines, self._known)
        self._drafting = Drafting(task)
        self._days: dict[int, tuple[date, date | None]] = {}  # from when until when a new one stands, by its row

    def all(self) -> list[Resolved]:
        every = self._finding.all()
        if self._finding.is_strange():
            head = self._known.live.get(self._task.under or 0)
            for meant in every:
                meant.doubt("name", flaws.strange(head.standing.called if head else "本系统"))
        return [self._resolve(meant) for meant in every]

    def _resolve(self, meant: Meant) -> Resolved:
        resolved = Resolved(meant.row.name, doubts=meant.doubts)
        parent = self._finding.parent_of(meant)
        resolved.where = _called(parent) or meant.row.parent or ""
        told = self._drafting.fitting(meant)
        if meant.row.kind == OrganisationKind.GROUP:
            meant.doubt("kind", flaws.no_group())
        if meant.known:
            self._draft_known(meant, meant.known, resolved)
        else:
            resolved.draft = self._drafting.new(meant, told, resolved) | self._place(meant, parent, resolved)
        return resolved

    def _draft_known(self, meant: Meant, known: Known, resolved: Resolved) -> None:
        resolved.target = known.key
        standing, kind = known.standing, meant.row.kind
        if kind and kind not in {standing.kind, OrganisationKind.GROUP}:
            meant.doubt("kind", flaws.other_kind(standing.get_kind_display(), OrganisationKind(kind).label))
        if (ended := meant.row.dissolved_on) and known.organisation.dissolved_on != ended:
            meant.doubt("dissolved_on", flaws.dissolves(ended))
        told = self._drafting.fitting(meant)
        resolved.draft = self._drafting.changed(meant, known, told, resolved)
        if "names" in resolved.draft and known.is_fixed:
            meant.doubt("name", flaws.later(standing.name))

    # --- where a new one stands, and on which days

    def _place(self, meant: Meant, parent: Known | Meant | None, resolved: Resolved) -> Json:
        self._refuse_namesake(meant, parent)
        since, until = self._stands(meant)
        if until and until <= since:
            meant.doubt("dissolved_on", flaws.never_stood(until, since))
        if resolved.where:
            resolved.differences.append(Difference("上级组织", "", resolved.where))
        days = {"since": since.isoformat(), "until": until.isoformat() if until else None}
        return {**days, **self._above(meant, parent, resolved)}

    def _above(self, meant: Meant, parent: Known | Meant | None, resolved: Resolved) -> Json:
        if isinstance(parent, Known):
            if parent.is_fixed:
                meant.doubt("parent", flaws.later(parent.standing.name))
            resolved.basis["above"] = [parent.standing.pk, parent.standing.version]
            return {"above": parent.key}
        if parent is not None:
            ended = parent.row.dissolved_on
            if ended and not meant.row.dissolved_on:
                meant.doubt("parent", flaws.outlives(parent.row.name, ended))
            return {"row": [parent.line.sheet, parent.line.number]}
        return {"unit": (unit_in_name(meant.row.name) or meant.row.name)[:100]}

    def _stands(self, meant: Meant) -> tuple[date, date | None]:
        """It stands since it was founded, if what is above it stood by then, else since that did; where nobody says
        when that was, since the day of the import.
        """
        if meant.place not in self._days:
            parent = self._finding.parent_of(meant)
            earliest = parent.since if isinstance(parent, Known) else self._stands(parent)[0] if parent else None
            founded, ended = meant.row.founded_on, meant.row.dissolved_on
            if founded and "founded_on" in meant.row.by_month:
                founded = min(founded, max(founded.replace(day=1), self._task.on))
            if founded is None:
                founded = self._task.on if ended is None or ended > self._task.on else earliest or ended.replace(day=1)
            self._days[meant.place] = (max(founded, earliest or founded), ended)
        return self._days[meant.place]

    def _refuse_namesake(self, meant: Meant, parent: Known | Meant | None) -> None:
        if meant.above is None or isinstance(parent, Meant):
            return
        key = parent.key if parent else None
        here = [its for its in self._known.called(meant.row.name) if its.standing.parent_id == key]
        if any(its.standing.name == meant.row.name for its in here) and meant.is_new_for_sure:
            meant.doubt("name", flaws.namesake(meant.row.name))
        if self._known.coming(meant.row.name, key):
            meant.doubt("name", flaws.later(meant.row.name))


def _called(parent: Known | Meant | None) -> str:
    if isinstance(parent, Known):
        return parent.standing.called
    return parent.row.short_name or parent.row.name if parent else ""
