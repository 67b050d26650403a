"""The form of the national system: blank, or filled with what is registered here, to be checked and handed in."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from dangwu.foundation.actors import Actor
from dangwu.foundation.imports.exporting import OutOf
from dangwu.foundation.scope import Scope
from dangwu.foundation.sheets.shapes import Field, Guide, Parsed, Sheet
from dangwu.foundation.sheets.templates import template
from dangwu.foundation.sheets.writing import write_table
from dangwu.members.imports.exporting import roster_rows
from dangwu.members.policies import EXPORTERS
from dangwu.members.reconciling.comparing import Kept
from dangwu.members.reconciling.items import Items, Part, items
from dangwu.members.reconciling.reading import member_sheet, organisation_sheet
from dangwu.members.services.telling import export_roster
from dangwu.organisations.queries import standings

NOT_KEPT = "本系统没有这一项，请按实际填写。"


def form_sheet(part: Part, on: date) -> Sheet:
    """All columns of the form in their order: those that are compared, and those of which nothing is kept here."""
    asked = items()
    compared = member_sheet(asked, on) if part == "member" else organisation_sheet(asked, on)
    return Sheet(compared.title, tuple(_columns(asked, part, compared)), compared.needs)


def _columns(asked: Items, part: Part, compared: Sheet) -> Iterator[Field]:
    fields = {field.name: field for field in compared.fields}
    for item in asked.of(part):
        if item.compare:
            yield fields[item.compare]
        for place, head in enumerate(item.columns):
            if not (item.compare and place == 0):
                yield Field(f"other_{item.number}_{place}", head, (), Parsed, guide=Guide(how=NOT_KEPT))


def blank(part: Part, on: date) -> bytes:
    """The form to be filled in."""
    return template(form_sheet(part, on))


def filled(part: Part, *, by: Actor, out_of: OutOf, file: Path, today: date) -> int:
    """The form with what is registered, written into a file; how many rows. The audit tells of it, and of the numbers
    that were opened.
    """
    scope = out_of.scope(by, EXPORTERS)
    rows = _members if part == "member" else _organisations
    sheet = form_sheet(part, out_of.on)

    def take() -> int:
        return write_table(sheet, rows(scope), file, title=f"{sheet.title}（{out_of.on}，本系统登记的内容）")

    chosen = out_of.chosen(sheet.title) if part == "member" else f"{out_of.on} 的{sheet.title}"
    return export_roster(by=by, chosen=chosen, on=today, place=out_of.place, take=take)


def _members(scope: Scope) -> Iterator[Mapping[str, Any]]:
    for row in roster_rows(scope):
        whereabouts = row.get("whereabouts", "")
        yield {**row, "out_of_touch": whereabouts == "out_of_touch", "mobile": whereabouts == "mobile"}


def _organisations(scope: Scope) -> Iterator[Mapping[str, Any]]:
    rows = list(standings(scope).order_by("path"))
    kept = Kept([row.organisation_id for row in rows], scope)
    yield from map(kept.of, rows)
