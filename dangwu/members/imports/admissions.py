"""Who is on his way into the Party, and how far: a kind of workbook that can be brought in."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import ClassVar

from django.db.models import Model

from dangwu.access.services.appointing import still_eligible
from dangwu.foundation.imports.decisions import FILL, KEEP
from dangwu.foundation.imports.keepers import Keepers
from dangwu.foundation.imports.kinds import Accepted, Difference, Json, Line, ReadTable, Resolved, Task
from dangwu.foundation.portions import portions
from dangwu.foundation.sheets.amending import Amendments
from dangwu.foundation.sheets.reading import Progress
from dangwu.foundation.sheets.shapes import Sheet
from dangwu.members.imports import roster
from dangwu.members.imports.admission_sheet import AdmissionRow, admissions_sheet, read_admissions
from dangwu.members.imports.admission_writing import write_admissions
from dangwu.members.imports.drafting import Differing
from dangwu.members.imports.known import Known, anybody
from dangwu.members.imports.writing import with_person
from dangwu.members.models import Admission
from dangwu.members.policies import KEEPERS
from dangwu.members.steps import STEP_LABELS
from dangwu.organisations.models import Standing


class Admissions:
    """The steps that people on their way have taken; whoever is not registered yet is."""

    name: ClassVar[str] = "admissions"
    title: ClassVar[str] = "发展党员情况表"
    noun: ClassVar[str] = "人的发展情况"
    keepers: ClassVar[Keepers] = KEEPERS
    unkept: ClassVar[frozenset[str]] = frozenset()

    def sheet(self, on: date) -> Sheet:
        """Its columns as seen on a day."""
        return admissions_sheet(on)

    def read(self, path: Path, *, on: date, amended: Amendments, progress: Progress | None) -> list[ReadTable]:
        """Read every table of the file. Raises UnreadableWorkbookError."""
        tables = read_admissions(path, on=on, progress=progress, amended=amended)
        return [ReadTable(reading, {row.number: row for row in rows}) for reading, rows in tables]

    def resolve(self, task: Task, lines: Sequence[Line]) -> Iterable[Resolved]:
        """Who is meant by each row, and which of his steps are new or told otherwise."""
        return _Resolving(task, lines).each()

    def prepare(self, row: Accepted) -> Accepted:
        """Seal and spell whoever is new."""
        return with_person(row)

    def write(self, task: Task, rows: Iterable[Accepted]) -> None:
        """Register people and their steps. Part of an action. Raises OutdatedError."""
        write_admissions(task, rows)

    def refuse_return(self, row: Model) -> None:
        """Refuse that a role comes back to an administrator. Raises ObjectionError."""
        still_eligible(row)


class _Resolving(roster.Resolving):
    """Finds people as a roster does; of those who are known it moves nobody and takes no stage back."""

    def __init__(self, task: Task, lines: Sequence[Line]) -> None:
        super().__init__(task, [line._replace(value=line.value.on_roster) for line in lines])
        self._told: dict[tuple[str, int], AdmissionRow] = {(line.sheet, line.number): line.value for line in lines}
        self._kept: dict[int, Admission] = {}
        for chunk in portions(self._meeting.keys()):
            rows = anybody(Admission).filter(person__in=chunk)
            self._kept.update((row.person_id, row) for row in rows)

    def _draft_new(self, line: Line, place: Standing | None, group: str, resolved: Resolved) -> None:
        super()._draft_new(line, place, group, resolved)
        self._draft_steps(line, None, resolved)

    def _draft_steps(self, line: Line, kept: Admission | None, resolved: Resolved) -> None:
        if wanted := self._steps(self._told[line.sheet, line.number], kept, resolved):
            resolved.draft["steps"] = wanted
        resolved.basis["admission"] = [kept.pk, kept.version] if kept else None

    def _steps(self, row: AdmissionRow, kept: Admission | None, resolved: Resolved) -> Json:
        """The steps that are to be written; a month says no more than a day in it."""
        wanted: Json = {}
        for name, told in row.steps.items():
            old, policy = str(getattr(kept, name, "")), self._task.decisions.policy_of(name)
            if policy == KEEP or (policy == FILL and old) or old.startswith(told):
                continue
            wanted[name] = told
            resolved.differences.append(Difference(STEP_LABELS[name], old, told))
        return wanted

    def _draft_known(self, line: Line, known: Known, place: Standing | None, group: str, resolved: Resolved) -> None:
        row, told = line.value, self._told[line.sheet, line.number]
        membership = known.membership
        if told.member_kind is None and membership and not _is_ahead(row.member_kind, membership.kind):
            row = replace(row, member_kind=None)
        if membership and membership.joined_on:
            row = replace(row, joined_on=None)
        super()._draft_known(line._replace(value=row), known, place, group, resolved)
        self._draft_steps(line, self._kept.get(known.key), resolved)

    def _move(self, known: Known, place: Standing | None, group: str, differing: Differing) -> Json:
        """Whoever belongs somewhere stays there."""
        return {} if known.affiliation else super()._move(known, place, group, differing)


def _is_ahead(kind: str | None, registered: str) -> bool:
    """Whether a stage comes after the one that is registered."""
    order = [str(each) for each in roster.ORDER]
    return bool(kind) and (not registered or order.index(str(kind)) > order.index(registered))
