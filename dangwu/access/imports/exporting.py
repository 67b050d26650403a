"""Appointments as a workbook: those of a day that were made by hand, in the columns in which they can be brought in."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, ClassVar

from dangwu.access.imports.sheet import appointments_sheet
from dangwu.access.models import Appointment
from dangwu.access.policies import APPOINTERS
from dangwu.access.services.exporting import export_appointments
from dangwu.foundation.actors import Actor
from dangwu.foundation.history import as_of
from dangwu.foundation.imports.exporting import OutOf
from dangwu.foundation.imports.keepers import Keepers
from dangwu.foundation.scope import Scope
from dangwu.foundation.sheets.shapes import Sheet
from dangwu.foundation.sheets.writing import write_table
from dangwu.kernel.partial_date import PartialDate
from dangwu.kernel.span import DAWN, FAR
from dangwu.organisations.queries import standings

UNTOLD = "basis"


class AppointmentsExport:
    """Who has which role where; what follows from posts, or was delegated, comes back with these and is left out."""

    name: ClassVar[str] = "appointments"
    title: ClassVar[str] = "任用表"
    keepers: ClassVar[Keepers] = APPOINTERS

    def sheet(self, on: date) -> Sheet:
        """Its columns as seen on a day."""
        return appointments_sheet(on)

    def take(self, *, by: Actor, out_of: OutOf, file: Path, today: date) -> int:  # noqa: ARG002 - every export has it
        """Write it, and say how many rows it has; the audit tells of it."""
        sheet = self.sheet(out_of.on)
        names = tuple(field.name for field in sheet.fields if field.name != UNTOLD)
        rows = list(appointment_rows(out_of.scope(by, APPOINTERS)))
        export_appointments(by=by, rows=len(rows))
        return write_table(sheet, rows, file, names=names)


def appointment_rows(scope: Scope) -> Iterator[Mapping[str, Any]]:
    """The appointments of the organisations in a scope on its day, by the fields of a list."""
    places = {row.organisation_id: row for row in standings(scope)}
    rows = Appointment.objects.within(scope).filter(as_of(scope.on), post_key="", delegated_from=None)
    for row in rows.select_related("account").order_by("organisation", "role", "pk"):
        told = {"account": row.account.username, "name": row.account.name, "role": row.role}
        told["organisation"] = places[row.organisation_id].name
        yield told | {name: _exact(day) for name, day in _days(row).items()}


def _days(row: Appointment) -> dict[str, date]:
    days = {} if row.valid_from == DAWN else {"since": row.valid_from}
    return days if row.valid_until == FAR else {**days, "last": row.valid_until - timedelta(days=1)}


def _exact(day: date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)
