"""Who did what with somebody's record, as he himself is told: by name and office, on which day, for what."""

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone

from dangwu.access.models import Appointment
from dangwu.foundation.audit.export import during
from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.personal import registry
from dangwu.kernel.tree_path import line_of
from dangwu.members.models import Affiliation, Person
from dangwu.members.queries import names_of, standings_of
from dangwu.members.wording import VERBS

AT_MOST = 300
EXPORTS, REVEALS, OPENED = "member.export", "member.reveal", ":opened"


class Look(NamedTuple):
    """One deed: when, by whom (with his office then), what, and for which purpose or reason."""

    day: date
    who: str
    office: str
    what: str
    why: str


def looks_at(person: Person, affiliations: Sequence[Affiliation]) -> list[Look]:
    """The deeds about somebody, the latest first, and the exports of rosters on which he may have stood."""
    about = Q(subject=f"members.person:{person.pk}") | _exports(affiliations)
    entries = list(AuditEntry.objects.filter(about).order_by("-sequence")[:AT_MOST])
    own = f"account:{person.account_id}"
    offices = _offices(entries)
    return [_look(entry, offices, own=entry.actor_key == own) for entry in entries]


def _exports(affiliations: Sequence[Affiliation]) -> Q:
    """Exports by whoever keeps an organisation at or above one of his, while he belonged there. Exports from several
    parts of the tree at once have no place and count for everybody.
    """
    stands = standings_of(row.organisation_id for row in affiliations)
    found = Q(pk__in=())
    for row in affiliations:
        standing = stands(row.organisation_id, row.valid_from)
        path = standing.path if standing else ""
        places = ["", *line_of(path)]
        found |= Q(verb=EXPORTS, place__in=places) & during(row.span)
    return found


def _look(entry: AuditEntry, offices: "Offices", *, own: bool) -> Look:
    day = timezone.localdate(entry.at)
    who, office = ("您本人", "") if own else (entry.actor_name, offices.on(entry.actor_key, day))
    return Look(day, who, office, _what(entry), entry.reason)


def _what(entry: AuditEntry) -> str:
    """The deed in words; of a number that was looked at, which."""
    if entry.verb == EXPORTS:
        return "导出可能有您的名册"
    if entry.verb == REVEALS and (opened := opened_in(entry)):
        return f"查看完整的{'、'.join(opened)}"
    return VERBS.get(entry.verb, "办理其他事项")


def opened_in(entry: AuditEntry) -> list[str]:
    """Which sealed columns a deed opened, by their titles."""
    labels = [change["model"].removesuffix(OPENED) for change in json.loads(entry.body)["changes"]]
    return [told.title for label in labels if (told := registry().get(label))]


class Offices:
    """Which roles accounts had on a day, in words."""

    def __init__(self, rows: Sequence[Appointment]) -> None:
        self.names = names_of(row.organisation_id for row in rows)
        self.rows: dict[str, list[Appointment]] = defaultdict(list)
        for row in rows:
            self.rows[f"account:{row.account_id}"].append(row)

    def on(self, actor: str, day: date) -> str:
        held = [row for row in self.rows[actor] if row.in_force(day)]
        return "、".join(f"{self.names(row.organisation_id, day)}{row.get_role_display()}" for row in held)


def _offices(entries: Sequence[AuditEntry]) -> Offices:
    keys = {entry.actor_key.removeprefix("account:") for entry in entries}
    accounts = [int(key) for key in keys if key.isdecimal()]
    rows = Appointment.objects.unscoped("whoever is told who looked is told his office").filter(account__in=accounts)
    return Offices(list(rows))
