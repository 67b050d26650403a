"""From workbooks to facts: reading what was handed in, finding out who and where is meant, and storing it."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from dangwu.compliance.models import Check, Workbook, WorkbookProblem
from dangwu.compliance.naming import drafts_of_names, drafts_of_rows, names_of, unit_name
from dangwu.foundation.sheets.shapes import Column, Flaw, Problem, Reading, Severity
from dangwu.kernel.partial_date import PartialDate
from dangwu.members.models import Person
from dangwu.members.services import Enrolment, enrol
from dangwu.members.sheets import RosterReading, RosterRow, read_roster
from dangwu.organisations.matching import Ambiguous, Found, OrganisationNames
from dangwu.organisations.services import establish
from dangwu.organisations.sheets import OrganisationsReading, read_organisations
from dangwu.records.kinds import ActivityKinds
from dangwu.records.services import Entry, Somebody, record_entries
from dangwu.records.sheets import LedgerReading, LedgerRow, read_ledger

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
            taken.rosters.append(read_roster(workbook.path, on=on, progress=told))
            taken.problems.extend(taken.rosters[-1].reading.problems)
        elif workbook.role == Workbook.Role.LEDGER:
            taken.ledgers.append(read_ledger(workbook.path, on=on, kinds=kinds, progress=told))
            taken.problems.extend(taken.ledgers[-1].reading.problems)
        else:
            taken.lists.append(read_organisations(workbook.path, on=on, progress=told))
            taken.problems.extend(taken.lists[-1].reading.problems)
    return taken


def _within(progress: Progress, text: str, start: float, share: float) -> Callable[[int, int], None]:
    def told(done: int, total: int) -> None:
        progress(text, start + share * done / max(total, 1))

    return told


def store(check: Check, taken: Taken) -> None:
    """Store organisations, people and activities in the check's unit, and the problems met. One transaction around."""
    unit = check.unit
    rows = [row for listed in taken.lists for row in listed.rows]
    roster_names = (row.organisation or "" for roster in taken.rosters for row in roster.rows)
    ledger_names = (row.organisation or "" for ledger in taken.ledgers for row in ledger.rows)
    drafts = drafts_of_rows(rows) if rows else drafts_of_names(roster_names, ledger_names)
    organisations = establish(unit=unit, drafts=drafts)
    titles = [title for roster in taken.rosters for title in roster.reading.titles]
    unit.name = unit_name(titles, organisations)
    unit.save(update_fields=["name"])
    names = names_of(organisations.values())
    people = _Crowd()
    places = {o.pk: o for o in organisations.values()}
    for roster in taken.rosters:
        enrolments, problems = _enrolments(roster, names)
        taken.problems.extend(problems)
        people.add(enrol(unit=unit, enrolments=enrolments, organisations=places), enrolments)
    for ledger in taken.ledgers:
        _store_ledger(check, ledger, names, people, taken)
    _keep_readings(check, taken)


class _Crowd:
    """Everybody by name, to find whom a ledger means: first in the organisation itself, then in the whole unit."""

    def __init__(self) -> None:
        self.here: dict[tuple[int | None, str], list[int]] = defaultdict(list)
        self.anywhere: dict[str, list[int]] = defaultdict(list)

    def add(self, people: Iterable[Person], enrolments: Iterable[Enrolment]) -> None:
        for person, enrolment in zip(people, enrolments, strict=True):
            self.here[enrolment.organisation, person.name].append(person.pk)
            self.anywhere[person.name].append(person.pk)

    def find(self, organisation: int, name: str) -> list[int]:
        return self.here.get((organisation, name)) or self.anywhere.get(name, [])


def _enrolments(roster: RosterReading, names: OrganisationNames[int]) -> tuple[list[Enrolment], list[Problem]]:
    enrolments, problems = [], []
    for row in roster.rows:
        if row.name:  # a line without a name is reported by the sheet and enrols nobody
            place, doubts = _place(names, row.organisation, roster.reading, row.number)
            problems.extend(doubts)
            enrolments.append(_enrolment(row, place))
    return enrolments, problems


def _enrolment(row: RosterRow, place: Found[int] | None) -> Enrolment:
    joined, confirmed = _days(row.joined_on, row.confirmed_on)
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


def _days(joined: PartialDate | None, confirmed: PartialDate | None) -> tuple[date | None, date | None]:
    """Where one of the two is known by its month only, both are compared by their months."""
    by_month = any(day is not None and day.day is None for day in (joined, confirmed))
    first, second = (
        day and (date(day.year, day.month, 1) if by_month else day.earliest) for day in (joined, confirmed)
    )
    return first or None, second or None


def _place(
    names: OrganisationNames[int], text: str | None, reading: Reading, row: int
) -> tuple[Found[int] | None, list[Problem]]:
    """The organisation that a row means, or the problem that keeps it from being known."""
    if not text:
        return None, []  # the sheet has said so already
    match names.find(text):
        case Found() as found:
            return found, []
        case Ambiguous(candidates):
            told = "、".join(names.name_of(key) for key in candidates)
            flaw = Flaw("organisation.ambiguous", Severity.DOUBT, f"“{text}”可能是：{told}", "请写出党组织全称")
        case unknown:
            close = "、".join(names.name_of(key) for key in unknown.suggestions)
            asked = f"是否为：{close}；" if close else ""
            remedy = f"请核对名称，{asked}确有此组织的，在党组织信息表中补上"
            flaw = Flaw("organisation.unknown", Severity.ERROR, f"党组织中没有“{text}”", remedy)
    return None, [_problem(reading, row, "organisation", flaw)]


def _problem(reading: Reading, row: int, field_name: str, flaw: Flaw) -> Problem:
    column = next((c.letter for c in reading.columns if c.field == field_name), None)
    place = (reading.file, reading.sheet, row, column, field_name)
    return Problem(*place, flaw.code, flaw.severity, flaw.message, flaw.remedy)


def _store_ledger(
    check: Check, ledger: LedgerReading, names: OrganisationNames[int], people: _Crowd, taken: Taken
) -> None:
    entries = []
    for row in ledger.rows:
        place, problem = _place(names, row.organisation, ledger.reading, row.number)
        taken.problems.extend(problem)
        if place is not None and row.held_on is not None and row.kinds:
            absent, doubts = _somebody(people, place.key, row.absent, ledger.reading, row.number)
            taken.problems.extend(doubts)
            entries.append(_entry(row, place, ledger.reading.file, absent, people))
    record_entries(unit=check.unit, entries=entries)


def _somebody(
    people: _Crowd, organisation: int, named: Iterable[tuple[str, str]], reading: Reading, row: int
) -> tuple[tuple[Somebody, ...], list[Problem]]:
    found, problems = [], []
    for name, reason in named:
        candidates = people.find(organisation, name)
        found.append(Somebody(name, candidates[0] if len(candidates) == 1 else None, reason))
        if len(candidates) != 1:
            problems.append(_problem(reading, row, "absent", _not_one(name, len(candidates))))
    return tuple(found), problems


def _not_one(name: str, candidates: int) -> Flaw:
    if candidates:
        message = f"缺席人员“{name}”有 {candidates} 名同名党员"
        return Flaw("person.ambiguous", Severity.DOUBT, message, "请注明是哪一位")
    return Flaw("person.unknown", Severity.DOUBT, f"名册中没有“{name}”", "请核对姓名，或在名册中补上")


def _entry(row: LedgerRow, place: Found[int], file: str, absent: tuple[Somebody, ...], people: _Crowd) -> Entry:
    assert row.held_on is not None
    took_part = []
    for name in row.participants:
        candidates = people.find(place.key, name)
        took_part.append(Somebody(name, candidates[0] if len(candidates) == 1 else None))
    return Entry(
        organisation=place.key,
        kinds=row.kinds,
        held_on=row.held_on,
        ledger=file,
        row=row.number,
        group=place.group or "",
        topic=(row.topic or "")[:300],
        place=(row.place or "")[:200],
        chair=(row.chair or "")[:60],
        recorder=(row.recorder or "")[:60],
        lecturer=(row.lecturer or "")[:60],
        expected=row.expected,
        present=row.present,
        in_favour=row.in_favour,
        against=row.against,
        abstained=row.abstained,
        hours=row.hours,
        days=row.days,
        absent=absent,
        took_part=tuple(took_part),
    )


def _keep_readings(check: Check, taken: Taken) -> None:
    roles = (
        (Workbook.Role.ROSTER, [reading.reading for reading in taken.rosters]),
        (Workbook.Role.LEDGER, [reading.reading for reading in taken.ledgers]),
        (Workbook.Role.ORGANISATIONS, [reading.reading for reading in taken.lists]),
    )
    for role, readings in roles:
        for reading in readings:
            Workbook.objects.filter(check_run=check, role=role, file=reading.file).update(
                sheet=reading.sheet,
                head_rows=f"{reading.head_rows[0]}–{reading.head_rows[1]}",
                columns=[_column(column) for column in reading.columns],
                rows=len(reading.rows),
            )
    WorkbookProblem.objects.bulk_create([_stored(check, problem) for problem in taken.problems], batch_size=BATCH)


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
