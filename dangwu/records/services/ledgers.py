"""Recording the activities of a ledger."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dangwu.organisations.models import Unit
from dangwu.records.models import Absence, Activity, Participation, Service

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person whom a ledger names; `person` is None where nobody, or more than one, bears the name."""

    name: str
    person: int | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a ledger. `kinds` are the kinds of duty it served, those `entailed` only by the way."""

    organisation: int
    kinds: tuple[str, ...]
    held_on: date
    ledger: str = ""
    row: int | None = None
    group: str = ""
    topic: str = ""
    place: str = ""
    chair: str = ""
    recorder: str = ""
    lecturer: str = ""
    expected: int | None = None
    present: int | None = None
    in_favour: int | None = None
    against: int | None = None
    abstained: int | None = None
    hours: Decimal | None = None
    days: Decimal | None = None
    entailed: tuple[str, ...] = ()
    absent: tuple[Somebody, ...] = ()
    took_part: tuple[Somebody, ...] = ()


COPIED = [
    "held_on",
    "group",
    "topic",
    "place",
    "chair",
    "recorder",
    "lecturer",
    "expected",
    "present",
    "in_favour",
    "against",
    "abstained",
    "hours",
    "days",
    "ledger",
]


def record_entries(*, unit: Unit, entries: Sequence[Entry]) -> None:
    """Store activities with the duties they served and with who was away or took part. Part of an action."""
    activities = Activity.objects.bulk_create(
        [
            Activity(
                unit_id=unit.pk,  # keys are much cheaper than objects where rows are many
                organisation_id=entry.organisation,
                ledger_row=entry.row,
                **_kinds(entry),
                **{name: getattr(entry, name) for name in COPIED},
            )
            for entry in entries
        ],
        batch_size=BATCH,
    )
    pairs = list(zip(activities, entries, strict=True))
    Service.objects.bulk_create(_services(unit, pairs), batch_size=BATCH)
    Absence.objects.bulk_create(
        [
            Absence(unit_id=unit.pk, activity_id=activity.pk, person_id=who.person, name=who.name, reason=who.reason)
            for activity, entry in pairs
            for who in entry.absent
        ],
        batch_size=BATCH,
    )
    Participation.objects.bulk_create(
        [
            Participation(unit_id=unit.pk, activity_id=activity.pk, person_id=who.person, name=who.name)
            for activity, entry in pairs
            for who in entry.took_part
        ],
        batch_size=BATCH,
    )


def _kinds(entry: Entry) -> dict[str, str]:
    """What the activity is called, and what else it served for, entailed duties left out."""
    named = [kind for kind in entry.kinds if kind not in entry.entailed]
    return {"kind": named[0] if named else "", "besides": ",".join(named[1:])}


def _services(unit: Unit, pairs: Iterable[tuple[Activity, Entry]]) -> list[Service]:
    return [
        Service(
            unit_id=unit.pk,
            activity_id=activity.pk,
            organisation_id=entry.organisation,
            kind=kind,
            held_on=entry.held_on,
            entailed=kind in entry.entailed,
        )
        for activity, entry in pairs
        for kind in entry.kinds
    ]
