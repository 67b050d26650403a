"""The list of organisations as a workbook: what is registered, in the columns in which it can be brought in."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from dangwu.foundation.actors import Actor
from dangwu.foundation.history import as_of
from dangwu.foundation.imports.exporting import OutOf
from dangwu.foundation.imports.keepers import Keepers
from dangwu.foundation.scope import Scope
from dangwu.foundation.sheets.shapes import Sheet
from dangwu.foundation.sheets.writing import write_table
from dangwu.kernel.partial_date import PartialDate
from dangwu.organisations.cells import CommitteeTold
from dangwu.organisations.columns import organisations_sheet
from dangwu.organisations.imports.drafting import COLUMNS, TERMS
from dangwu.organisations.imports.known import order_of
from dangwu.organisations.models import Standing, Term
from dangwu.organisations.policies import SEERS
from dangwu.organisations.queries import standings
from dangwu.organisations.services.exporting import export_organisations

WHY = "what stands above is told to whoever sees what is below"


class OrganisationsExport:
    """The list of organisations."""

    name: ClassVar[str] = "organisations"
    title: ClassVar[str] = "党组织信息表"
    keepers: ClassVar[Keepers] = SEERS

    def sheet(self, on: date) -> Sheet:
        """Its columns as seen on a day."""
        return organisations_sheet(on)

    def take(self, *, by: Actor, out_of: OutOf, file: Path, today: date) -> int:
        """Write it, and say how many rows it has; the audit tells of it."""
        scope = out_of.scope(by, SEERS)
        sheet = self.sheet(out_of.on)
        names = tuple(field.name for field in sheet.fields if field.name != "term")

        def take() -> int:
            return write_table(sheet, organisation_rows(scope), file, names=names)

        return export_organisations(by=by, out_of=out_of, take=take, on=today)


def organisation_rows(scope: Scope) -> Iterator[Mapping[str, Any]]:
    """What is registered of the organisations in a scope on its day, by the fields of a list; the highest first."""
    rows = list(standings(scope))
    above = Standing.objects.unscoped(WHY).filter(as_of(scope.on), organisation__in={row.parent_id for row in rows})
    names = dict(above.values_list("organisation", "name"))
    terms: dict[int, Term] = {}
    for term in sorted(Term.objects.within(scope), key=order_of):
        terms[term.organisation_id] = term
    for row in rows:
        yield _row(row, names.get(row.parent_id or 0), terms.get(row.organisation_id))


def _row(standing: Standing, above: str | None, term: Term | None) -> Mapping[str, Any]:
    organisation = standing.organisation
    told = {name: getattr(organisation, column) for name, column in COLUMNS.items()}
    told |= {name: getattr(term, column, None) for name, column in TERMS.items()}
    told |= {"name": standing.name, "short_name": standing.short_name, "kind": standing.kind, "parent": above}
    told["deputy_secretary"] = tuple(filter(None, organisation.deputy_secretaries.split("、")))
    if organisation.committee_members is not None:
        told["committee_members"] = CommitteeTold(organisation.committee_members)
    return {name: _exact(value) for name, value in told.items() if value not in {None, "", ()}}


def _exact(value: Any) -> Any:  # noqa: ANN401 - whatever a field holds
    return PartialDate(value.year, value.month, value.day) if isinstance(value, date) else value
