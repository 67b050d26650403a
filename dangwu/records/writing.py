"""Putting what is told of an activity into its rows: those that say the same stay as they are."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from dangwu.members.models import Person
from dangwu.organisations.models import Organisation
from dangwu.records.counting import Numbers
from dangwu.records.kinds import ActivityKind
from dangwu.records.models import (
    Absence,
    Activity,
    AgendaItem,
    Part,
    Participation,
    Partner,
    Resolution,
    Service,
)
from dangwu.records.standing import activity_kinds
from dangwu.records.told import Told, Vote

AT_HAND = "who is named was chosen by whoever may see him"
COPIED = (
    *("kind", "held_on", "until_on", "starts_at", "ends_at", "group", "topic", "place", "minutes", "hours", "days"),
    *("audience", "confirmed_by"),
)


def fill(activity: Activity, told: Told, counted: Numbers) -> None:
    """Take over into the row, not yet saved, what is told and counted."""
    for name in COPIED:
        setattr(activity, name, getattr(told, name))
    activity.besides = ",".join(told.besides)
    for role in ("chair", "recorder", "lecturer"):
        whom = getattr(told, role)
        setattr(activity, role, whom.name if whom else "")
    for name, number in counted._asdict().items():
        setattr(activity, name, number)
    weakest = _weakest(told.votes)
    activity.in_favour = weakest.in_favour if weakest else None
    activity.against = weakest.against if weakest else None
    activity.abstained = weakest.abstained if weakest else None


def _weakest(votes: Sequence[Vote]) -> Vote | None:
    """The resolution with the fewest in favour: where it has a majority all have."""
    return min(votes, key=lambda vote: vote.in_favour, default=None)


def write_rows(activity: Activity, told: Told) -> None:
    """Let the rows of a saved activity say what is told. Part of an action."""
    names = _names(away.person for away in told.absent)
    absent = [{"person_id": key, "name": names[key], "reason": reason} for key, reason in told.absent]
    _same(activity, Absence, absent)
    _same(activity, Participation, [{"person_id": one.person, "name": one.name} for one in told.took_part])
    _same(activity, Part, [{"role": role, "person_id": one.person, "name": one.name} for role, one in told.parts()])
    votes = enumerate(told.votes, 1)
    _same(activity, Resolution, [{"place": place, **vote._asdict()} for place, vote in votes])
    _write_agenda(activity, told)


def write_partners(activity: Activity, confirmed: Mapping[int, date | None]) -> None:
    """Let these be the partners of a saved activity, those confirmed for which there is a day; what one of them said
    before stays said. Part of an action.
    """
    kept = {row.organisation_id: row for row in Partner.objects.of(activity=activity)}
    for key, day in confirmed.items():
        row = kept.pop(key, None) or Partner(unit_id=activity.unit_id, activity=activity, organisation_id=key)
        if row.pk is None or (day and not row.confirmed_on):
            row.confirmed_on = day
            row.save()
    for row in kept.values():
        row.delete()


def _write_agenda(activity: Activity, told: Told) -> None:
    """The agenda, item by item: a later activity may refer to one that stays."""
    kept = {item.place: item for item in AgendaItem.objects.of(activity=activity)}
    for place, matter in enumerate(told.agenda, 1):
        item = kept.pop(place, None) or AgendaItem(unit_id=activity.unit_id, activity=activity, place=place)
        columns = {
            "text": matter.text,
            "outcome": matter.outcome,
            "left_open": matter.left_open,
            "carried_from_id": matter.carried_from,
        }
        if item.pk is None or any(getattr(item, name) != value for name, value in columns.items()):
            for name, value in columns.items():
                setattr(item, name, value)
            item.save()
    for item in kept.values():
        AgendaItem.objects.of(carried_from=item).update(carried_from=None)
        item.delete()


def write_services(activity: Activity) -> None:
    """Let a concluded activity be counted for all who say they held it, any other for nobody. Part of an action."""
    rows: list[dict[str, Any]] = []
    if activity.state == Activity.State.CONCLUDED:
        kinds = activity_kinds()
        entailed = kinds.entailed(kinds.served(activity.kinds))
        partners = Partner.objects.of(activity=activity).filter(confirmed_on__isnull=False)
        rows = [
            {"organisation_id": key, "kind": kind, "held_on": activity.held_on, "entailed": kind in entailed}
            for key in (activity.organisation_id, *partners.order_by("pk").values_list("organisation", flat=True))
            for kind in kinds.served(activity.kinds)
        ]
    _same(activity, Service, rows)


def _same(activity: Activity, model: Any, rows: list[dict[str, Any]]) -> None:  # noqa: ANN401 - a model with an activity
    """Let the rows of an activity be these, without touching them where they are."""
    kept = model.objects.of(activity=activity)
    columns = list(rows[0]) if rows else ["pk"]
    if rows and list(kept.order_by("pk").values(*columns)) == rows:
        return
    kept.delete()
    created = [model(unit_id=activity.unit_id, activity=activity, **row) for row in rows]
    if created:
        model.objects.bulk_create(created)


def _names(keys: Iterable[int]) -> dict[int, str]:
    return dict(Person.objects.unscoped(AT_HAND).filter(pk__in=list(keys)).values_list("pk", "name"))


def blank(organisation: Organisation, kind: ActivityKind) -> Activity:
    """A new activity of an organisation, not yet saved."""
    return Activity(unit_id=organisation.unit_id, organisation=organisation, kind=kind.id)
