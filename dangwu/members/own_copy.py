"""Everything that is held about somebody as one file for himself: to be read by people, and by programs."""

import io
import json
import zipfile
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.loader import render_to_string

from dangwu.foundation.pages.words import shown
from dangwu.members.correctable import title_of
from dangwu.members.held import HeldField, HeldRow, about, admission_of, lines_of
from dangwu.members.looks import Look, looks_at
from dangwu.members.models import Affiliation, Amendment, CorrectionRequest, Person
from dangwu.members.queries import rows_of

FORMAT = 1
"""The version of the file that programs read."""


@dataclass(frozen=True, slots=True)
class OwnCopy:
    """What is told, as plain values, in the order in which it is read."""

    name: str
    on: date
    rows: list[dict[str, Any]]
    requests: list[dict[str, Any]]
    amendments: list[dict[str, Any]]
    looks: list[Look]

    def archive(self) -> bytes:
        """A zip file with a page and a file for programs."""
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as pack:
            pack.writestr("我的记录.html", self.page())
            pack.writestr("我的记录.json", self.json())
        return file.getvalue()

    def page(self) -> str:
        """A page that needs nothing else."""
        return render_to_string("members/own_copy.html", {"copy": self})

    def json(self) -> str:
        """For programs."""
        told = {
            "format": FORMAT,
            "name": self.name,
            "on": self.on.isoformat(),
            "rows": self.rows,
            "requests": self.requests,
            "amendments": self.amendments,
            "looks": [look._asdict() for look in self.looks],
        }
        return json.dumps(told, ensure_ascii=False, indent=2, default=str)


def copy_of(person: Person, on: date, purpose: str) -> OwnCopy:
    """Gather it, sealed numbers opened for a purpose. Part of an action."""
    lines = lines_of(person)
    affiliations = [line.row for line in lines if isinstance(line.row, Affiliation)]
    return OwnCopy(
        name=person.name,
        on=on,
        rows=[_row(held, purpose) for held in (about(person), *admission_of(person), *lines)],
        requests=[_request(request, purpose) for request in requests_of(person)],
        amendments=list(rows_of(person, Amendment).order_by("-pk").values("on", "what", "told", "reason", "done_by")),
        looks=looks_at(person, affiliations),
    )


def requests_of(person: Person) -> list[CorrectionRequest]:
    """What somebody asked to be corrected, the latest first."""
    rows = rows_of(person, CorrectionRequest)
    return list(rows.select_related("answered_by").order_by("-asked_on", "-pk"))


def _row(held: HeldRow, purpose: str) -> dict[str, Any]:
    return {
        "title": held.title,
        "since": held.since,
        "until": held.until,
        "fields": [_field(field, purpose) for field in held.fields()],
    }


def _field(field: HeldField, purpose: str) -> dict[str, Any]:
    return {
        "label": field.told.label,
        "title": field.title,
        "value": shown(field.opened(purpose), ""),
        "purpose": field.told.told.purpose,
        "basis": field.told.told.basis,
        "retention": field.told.told.retention,
    }


def _request(request: CorrectionRequest, purpose: str) -> dict[str, Any]:
    return {
        "label": request.column,
        "title": title_of(request),
        "wanted": request.sealed.open(purpose) if request.sealed else request.wanted,
        "note": request.note,
        "asked_on": request.asked_on.isoformat(),
        "state": request.get_state_display(),
        "answer": request.answer,
        "answered_on": shown(request.answered_on, ""),
    }
