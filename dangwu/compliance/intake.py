"""From workbooks to facts: reading what was handed in, finding out who and where is meant, and storing it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path

from dangwu.compliance.bookkeeping import Bookkeeper, Crowd
from dangwu.compliance.models import Check, Workbook, WorkbookProblem
from dangwu.compliance.naming import drafts_of_names, drafts_of_rows, place_of, unit_name
from dangwu.foundation.sheets.shapes import Column, Problem, Reading, UnreadableWorkbookError
from dangwu.members.services.enrolling import Enrolment, enrol
from dangwu.members.sheets import RosterReading, RosterRow, read_rosters
from dangwu.organisations.matching import Found, OrganisationNames
from dangwu.organisations.queries import names_of
from dangwu.organisations.services.establishing import establish
from dangwu.organisations.sheets import OrganisationsReading, read_organisations
from dangwu.records.kinds import ActivityKinds
from dangwu.records.services.ledgers import record_entries
from dangwu.records.sheets import LedgerReading, read_ledgers

BATCH = 2_000
INFIRM = re.compile(r"年老体弱|长期患病|因病|残疾|卧床|病休|重病|失能")
Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A workbook handed in: what for, where the file lies now, and the name its owner gave it."""

    role: Workbook.Role
    path: Path
    name: str


@dataclass(slots=True)
class Taken:
    """Everything that was read from the workbooks of a check, before anything is stored."""

    rosters: list[RosterReading] = field(default_factory=list)
    ledgers: list[LedgerReading] = field(default_factory=list)
    lists: list[OrganisationsReading] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_all(workbooks: Sequence[HandedIn], *, on: date, kinds: ActivityKinds, progress: Progress) -> Taken:
    """Read every workbook. Raises UnreadableWorkbookError, which names the file, where one cannot be read at all."""
    taken = Taken()
    for place, workbook in enumerate(workbooks):
        told = _within(progress, f"正在读取 {workbook.name}", place / len(workbooks), 1 / len(workbooks))
        if workbook.role == Workbook.Role.ROSTER:
            taken.rosters.extend(_with_members(read_rosters(workbook.path, on=on, progress=told), workbook.name))
        elif workbook.role == Workbook.Role.LEDGER:
            taken.ledgers.extend(read_ledgers(workbook.path, on=on, kinds=kinds, progress=told))
        else:
            taken.lists.extend(read_organisations(workbook.path, on=on, progress=told))
    readings: list[RosterReading | LedgerReading | OrganisationsReading]
    readings = [*taken.rosters, *taken.ledgers, *taken.lists]
    taken.problems.extend(problem for reading in readings for problem in reading.problems)
    return taken


def _with_members(rosters: list[RosterReading], name: str) -> list[RosterReading]:
    if not any(roster.rows for roster in rosters):
        raise UnreadableWorkbookError(f"“{name}”里没有读到一名党员，请确认选对了文件。")
    return rosters


def _within(progress: Progress, text: str, start: float, share: float) -> Callable[[int, int], None]:
    def told(done: int, total: int) -> None:
        progress(text, start + share * done / max(total, 1))

    return told


def store(check: Check, taken: Taken) -> None:
    """Store organisations, people and activities in the check's unit, and the problems met. Part of an action."""
    unit = check.unit
    rows = [row for listed in taken.lists for row in listed.rows]
    roster_names = (row.organisation or "" for roster in taken.rosters for row in roster.rows)
    ledger_names = (row.organisation or "" for ledger in taken.ledgers for row in ledger.rows)
    drafts = drafts_of_rows(rows) if rows else drafts_of_names(roster_names, ledger_names)
    organisations = establish(unit=unit, drafts=drafts, under=check.root)
    titles = [title for roster in taken.rosters for title in roster.reading.titles]
    unit.name = unit_name(titles, organisations)
    unit.save(update_fields=["name"])
    names = names_of(organisations.values())
    people = Crowd()
    places = {standing.organisation_id: standing for standing in organisations.values()}
    for roster in taken.rosters:
        enrolments, problems = _enrolments(roster, names)
        taken.problems.extend(problems)
        people.add(enrol(unit=unit, enrolments=enrolments, organisations=places), enrolments)
    keeper = Bookkeeper(names, people)
    for ledger in taken.ledgers:
        record_entries(unit=unit, entries=keeper.entries(ledger, called=_called(ledger, taken)))
    taken.problems.extend(keeper.problems)
    _keep_readings(check, taken)


def _enrolments(roster: RosterReading, names: OrganisationNames[int]) -> tuple[list[Enrolment], list[Problem]]:
    enrolments, problems = [], []
    for row in roster.rows:
        if row.name:  # a line without a name is reported by the sheet and enrols nobody
            place, doubts = place_of(names, row.organisation, roster.reading, row.number)
            problems.extend(doubts)
            enrolments.append(_enrolment(row, place))
    return enrolments, problems


def _enrolment(row: RosterRow, place: Found[int] | None) -> Enrolment:
    joined, confirmed = row.days
    return Enrolment(
        row=row.number,
        name=row.name or "",
        organisation=place.key if place else None,
        group=row.group or (place.group if place else "") or "",
        gender=row.gender or "",
        ethnicity=row.ethnicity or "",
        birth=str(row.birth_date or ""),
        education=row.education or "",
        in_service={"in_service": True, "retired": False}.get(row.employment_kind or ""),
        infirm=bool(INFIRM.search(row.remarks or "")),
        unit_post=row.unit_post or "",
        post=row.post or "",
        member_kind=row.member_kind or "",
        joined_on=joined,
        confirmed_on=confirmed,
        dues_base=row.dues_base,
        dues_paid=row.dues_paid,
    )


def _called(ledger: LedgerReading, taken: Taken) -> str:
    """What evidence calls a ledger: as much as tells it from the others."""
    files = [other.reading.file for other in taken.ledgers]
    file = Path(ledger.reading.file).stem if len(set(files)) > 1 else "台账"
    return f"{file}“{ledger.reading.sheet}”" if files.count(ledger.reading.file) > 1 else file


def _keep_readings(check: Check, taken: Taken) -> None:
    roles = (
        (Workbook.Role.ROSTER, [reading.reading for reading in taken.rosters]),
        (Workbook.Role.LEDGER, [reading.reading for reading in taken.ledgers]),
        (Workbook.Role.ORGANISATIONS, [reading.reading for reading in taken.lists]),
    )
    for role, readings in roles:
        for file, of_file in groupby(readings, lambda reading: reading.file):
            _keep_reading(check, role, file, list(of_file))
    WorkbookProblem.objects.bulk_create([_stored(check, problem) for problem in taken.problems], batch_size=BATCH)


def _keep_reading(check: Check, role: Workbook.Role, file: str, sheets: Sequence[Reading]) -> None:
    """How a workbook was read. Its sheets have much the same head: that of the first stands for all."""
    first = sheets[0]
    Workbook.objects.filter(check_run=check, role=role, file=file).update(
        sheet="、".join(reading.sheet for reading in sheets)[:100],
        head_rows=f"{first.head_rows[0]}–{first.head_rows[1]}",
        columns=[_column(column) for column in first.columns],
        rows=sum(len(reading.rows) for reading in sheets),
    )


def _column(column: Column) -> dict[str, str | float | None]:
    return {"letter": column.letter, "head": column.head, "field": column.field, "confidence": column.confidence}


def _stored(check: Check, problem: Problem) -> WorkbookProblem:
    return WorkbookProblem(
        check_run=check,
        file=problem.file,
        sheet=problem.sheet,
        row=problem.row,
        column=problem.column or "",
        field=problem.field or "",
        code=problem.code,
        severity=problem.severity,
        message=problem.message,
        remedy=problem.remedy,
    )
