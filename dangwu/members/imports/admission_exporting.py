"""Who is on his way as a workbook, in the columns in which it can be brought in. Numbers are whole."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from django.db.models import Exists, OuterRef, Prefetch, Q

from dangwu.foundation.actors import Actor
from dangwu.foundation.imports.exporting import OutOf
from dangwu.foundation.imports.keepers import Keepers
from dangwu.foundation.scope import Scope
from dangwu.foundation.sheets.shapes import Sheet
from dangwu.foundation.sheets.writing import write_table
from dangwu.kernel.partial_date import PartialDate
from dangwu.members.imports.admission_sheet import admissions_sheet
from dangwu.members.imports.known import anybody
from dangwu.members.listings import ON_THE_WAY
from dangwu.members.models import Admission, Affiliation, Membership
from dangwu.members.policies import EXPORTERS
from dangwu.members.roster import belonging, membership_of, place_of
from dangwu.members.services.telling import export_roster
from dangwu.members.steps import DAYS, STEP_LABELS

CHUNK = 1_000
PURPOSE = "导出发展党员情况表"
KINDS = (*ON_THE_WAY, Membership.Kind.PROBATIONARY)


class AdmissionsExport:
    """Everybody on his way into the Party on a day, and those of whom it was told how they came."""

    name: ClassVar[str] = "admissions"
    title: ClassVar[str] = "发展党员情况表"
    keepers: ClassVar[Keepers] = EXPORTERS

    def sheet(self, on: date) -> Sheet:
        """Its columns as seen on a day."""
        return admissions_sheet(on)

    def take(self, *, by: Actor, out_of: OutOf, file: Path, today: date) -> int:
        """Write it, and say how many rows it has; the audit tells of it, and of the numbers that were opened."""
        scope = out_of.scope(by, EXPORTERS)

        def take() -> int:
            return write_table(self.sheet(out_of.on), admission_rows(scope), file)

        chosen = out_of.chosen(self.title)
        return export_roster(by=by, chosen=chosen, on=today, place=out_of.place, take=take)


def admission_rows(scope: Scope) -> Iterator[Mapping[str, Any]]:
    """Those on their way in a scope on its day, by the fields of the sheet. Part of an action."""
    told = Exists(anybody(Admission).filter(person=OuterRef("person")))
    everybody: Any = belonging(scope)
    rows = everybody.filter(told | Q(membership__kind__in=KINDS))
    rows = rows.prefetch_related(Prefetch("person__admissions", anybody(Admission), to_attr="told_steps"))
    for row in rows.order_by("place__path", "person__pk").iterator(CHUNK):
        yield _row(row)


def _row(row: Affiliation) -> Mapping[str, Any]:
    person, membership, place = row.person, membership_of(row), place_of(row)
    told: dict[str, Any] = {"name": person.name, "organisation": place.name if place else None}
    told["birth_date"] = PartialDate.parse(person.birth) if person.birth else None
    told["identity_number"] = person.identity.open(PURPOSE) if person.identity else None
    told["member_kind"] = membership.kind if membership else None
    for admission in person.told_steps:  # type: ignore[attr-defined] # read with the row
        told |= {name: _read(name, getattr(admission, name)) for name in STEP_LABELS}
    return {name: value for name, value in told.items() if value not in {None, ""}}


def _read(name: str, text: str) -> Any:  # noqa: ANN401 - a date, or a text
    return PartialDate.parse(text) if text and name in DAYS else text
