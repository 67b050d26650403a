"""Appointments: a kind of workbook that the security administrator brings in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import ClassVar

from django.db.models import Model

from dangwu.access.imports.accounts import KnownAccounts
from dangwu.access.imports.sheet import AppointmentRow, appointments_sheet, read_appointments
from dangwu.access.imports.writing import write_appointments
from dangwu.access.models import Account, Appointment
from dangwu.access.policies import APPOINTERS
from dangwu.access.services.appointing import still_eligible
from dangwu.foundation.imports.keepers import Keepers
from dangwu.foundation.imports.kinds import Accepted, Difference, Doubt, Line, ReadTable, Resolved, Task
from dangwu.foundation.sheets.amending import Amendments
from dangwu.foundation.sheets.reading import Progress
from dangwu.foundation.sheets.shapes import Flaw, Severity, Sheet
from dangwu.kernel.span import FAR, Span
from dangwu.organisations.imports.places import Places
from dangwu.organisations.models import Standing

Seat = tuple[int, int, str]
"""An account, an organisation and a role."""


class Appointments:
    """Which account has which role where."""

    name: ClassVar[str] = "appointments"
    title: ClassVar[str] = "任用表"
    noun: ClassVar[str] = "项任用"
    keepers: ClassVar[Keepers] = APPOINTERS
    unkept: ClassVar[frozenset[str]] = frozenset()

    def sheet(self, on: date) -> Sheet:
        """Its columns as seen on a day."""
        return appointments_sheet(on)

    def read(self, path: Path, *, on: date, amended: Amendments, progress: Progress | None) -> list[ReadTable]:
        """Read every table of the file. Raises UnreadableWorkbookError."""
        tables = read_appointments(path, on=on, progress=progress, amended=amended)
        return [ReadTable(reading, {row.number: row for row in rows}) for reading, rows in tables]

    def resolve(self, task: Task, lines: Sequence[Line]) -> Iterable[Resolved]:
        """Whose appointments they are, and which of them are new or end otherwise."""
        return _Resolving(task, lines).each()

    def prepare(self, row: Accepted) -> Accepted:
        """Nothing takes long."""
        return row

    def write(self, task: Task, rows: Iterable[Accepted]) -> None:
        """Appoint, and end what ends earlier or later. Part of an action. Raises OutdatedError, ObjectionError."""
        write_appointments(task, rows)

    def refuse_return(self, row: Model) -> None:
        """Refuse that a role comes back to an administrator. Raises ObjectionError."""
        still_eligible(row)


class _Resolving:
    def __init__(self, task: Task, lines: Sequence[Line]) -> None:
        self._task = task
        self._lines = lines
        self._places = Places(task, APPOINTERS)
        self._accounts = KnownAccounts(task, [line.value for line in lines])
        self._kept: dict[Seat, list[Appointment]] = defaultdict(list)
        for row in sorted(self._accounts.appointments(), key=_by_hand_first):
            self._kept[row.account_id, row.organisation_id, row.role].append(row)
        self._told: dict[Seat, list[tuple[int, Span]]] = defaultdict(list)

    def each(self) -> Iterator[Resolved]:
        return map(self._resolve, self._lines)

    def _resolve(self, line: Line) -> Resolved:
        row: AppointmentRow = line.value
        place, _, doubts = self._places.find(row.organisation)
        resolved = Resolved(row.name or row.account or "", place.called if place else row.organisation, doubts=doubts)
        account, doubts = self._accounts.find(line)
        resolved.doubts += doubts
        if account is not None and place is not None:
            resolved.title = account.name
            self._draft(row, account, place, resolved)
        return resolved

    def _draft(self, row: AppointmentRow, account: Account, place: Standing, resolved: Resolved) -> None:
        seat = (account.pk, place.organisation_id, row.role)
        since, until = self._days(row)
        kept = next((its for its in self._kept[seat] if its.span.overlaps(Span(since, until))), None)
        if kept is not None:
            self._compare(row, kept, until, resolved)
        else:
            resolved.doubts += self._accounts.unfit(account, since)
            if until <= self._task.on and not row.since:
                resolved.doubts.append(Doubt("last", _never_held(row)))
            told = {"account": account.pk, "organisation": place.organisation_id, "unit": place.unit_id}
            resolved.draft = {**told, "role": row.role, "since": str(since), "until": str(until), "basis": row.basis}
            days = f"{since} 起" if until == FAR else f"{since} 至 {_last(until)}"
            resolved.differences.append(Difference(f"{place.called}{Appointment.Role(row.role).label}", "", days))
        self._refuse_twice(seat, row.number, Span(since, until), resolved)

    def _days(self, row: AppointmentRow) -> tuple[date, date]:
        """From when until when, half-open; one that only says its last day is meant to hold by then."""
        until = row.last.latest + timedelta(days=1) if row.last else FAR
        since = row.since.earliest if row.since else min(self._task.on, until - timedelta(days=1))
        return since, until

    def _refuse_twice(self, seat: Seat, number: int, span: Span, resolved: Resolved) -> None:
        first = next((line for line, told in self._told[seat] if told.overlaps(span)), None)
        self._told[seat].append((number, span))
        if first is not None:
            message = f"与第 {first} 行是同一项任用，日期重叠"
            resolved.doubts.append(Doubt("role", Flaw("appointment.twice", Severity.ERROR, message, "请只保留一行")))

    def _compare(self, row: AppointmentRow, kept: Appointment, until: date, resolved: Resolved) -> None:
        """What a row says otherwise of an appointment that is there. One that follows from a post or stands in for
        somebody is not touched.
        """
        resolved.target = kept.pk
        if row.since and not row.since.earliest <= kept.valid_from <= row.since.latest:
            resolved.doubts.append(Doubt("since", _other_start(kept, row)))
        if not row.last or kept.valid_until == until:
            return
        if kept.post_key or kept.delegated_from_id:
            resolved.doubts.append(Doubt("last", _follows(kept)))
            return
        resolved.differences.append(Difference("最后一天", _last(kept.valid_until), _last(until)))
        resolved.draft = {"row": [kept.pk, kept.version], "until": str(until), "basis": row.basis}


def _by_hand_first(row: Appointment) -> tuple[bool, date]:
    return bool(row.post_key or row.delegated_from_id), row.valid_from


def _last(until: date) -> str:
    return "" if until == FAR else str(until - timedelta(days=1))


def _never_held(row: AppointmentRow) -> Flaw:
    message = f"没有登记过这项任用，表中只写到 {row.last} 为止"
    return Flaw("last.unknown", Severity.ERROR, message, "请补上起始日期，或者不导入这一行")


def _other_start(kept: Appointment, row: AppointmentRow) -> Flaw:
    message = f"已登记自 {kept.valid_from} 起任用，表中写的是 {row.since}"
    return Flaw("since.differs", Severity.DOUBT, message, "按表中所写的，起始日期不变")


def _follows(kept: Appointment) -> Flaw:
    told = "随党内职务" if kept.post_key else "受人委托"
    message = f"这项任用是{told}来的，最后一天不由这张表决定"
    return Flaw("last.follows", Severity.DOUBT, message, "按表中所写的，最后一天不变")
