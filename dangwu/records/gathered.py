"""Many records at once, each with all its rows: what ledgers are written from. The same queries for one organisation
and for fifty.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from dangwu.foundation.scope import Scope
from dangwu.kernel.span import Span
from dangwu.records.kinds import ActivityKinds
from dangwu.records.models import Absence, Activity, AgendaItem, Part, Participation, Partner, Resolution
from dangwu.records.queries import Record

ByActivity = Mapping[int, list[Any]]


def records_by_organisation(scope: Scope, organisations: Collection[int], span: Span) -> dict[int, list[Record]]:
    """What each of these organisations concluded in a span, alone or with others, the earliest first; what others named
    it a partner of once it has confirmed that. Eight queries.
    """
    joined = list(_joined(scope, organisations, span))
    mine = Q(organisation__in=organisations) | Q(pk__in={key for key, _ in joined})
    rows = Activity.objects.within(scope).filter(_concluded(span), mine)
    activities = list(rows.select_related("organisation").order_by("held_on", "starts_at", "pk"))
    records = {activity.pk: record for activity, record in zip(activities, _records(activities), strict=True)}
    held: dict[int, list[Record]] = defaultdict(list)
    holders = defaultdict(list)
    for key, organisation in joined:
        holders[key].append(organisation)
    for activity in activities:
        for organisation in dict.fromkeys((activity.organisation_id, *holders[activity.pk])):
            held[organisation].append(records[activity.pk])
    return {organisation: held[organisation] for organisation in organisations}


def _concluded(span: Span, path: str = "") -> Q:
    days = {f"{path}held_on__gte": span.start, f"{path}held_on__lt": span.end}
    return Q(**{f"{path}state": Activity.State.CONCLUDED}, **days)


def _joined(scope: Scope, organisations: Collection[int], span: Span) -> QuerySet[Partner, tuple[int, int]]:
    rows = Partner.objects.within(scope).filter(_concluded(span, "activity__"), organisation__in=organisations)
    return rows.filter(confirmed_on__isnull=False).order_by("pk").values_list("activity", "organisation")


def _records(activities: Iterable[Activity]) -> list[Record]:
    keys = [activity.pk for activity in activities]
    absences, parts = _rows(Absence, keys), _rows(Part, keys)
    partners, participations = _rows(Partner, keys), _rows(Participation, keys)
    resolutions, agenda = _rows(Resolution, keys, "place"), _rows(AgendaItem, keys, "place")
    return [
        Record(a, absences[a.pk], parts[a.pk], partners[a.pk], resolutions[a.pk], agenda[a.pk], participations[a.pk])
        for a in activities
    ]


def _rows(model: Any, keys: list[int], order: str = "pk") -> ByActivity:  # noqa: ANN401 - a model with an activity
    """Its rows by activity: those who asked for the activity may read what belongs to it."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in model.objects.of(activity__in=keys).order_by(order):
        found[row.activity_id].append(row)
    return found


def is_told(record: Record, kinds: ActivityKinds) -> bool:
    """Whether a ledger may tell of it: of a confidential talk it tells the number alone, whoever brought it in."""
    kind = kinds.get(record.activity.kind)
    return kind is None or not kind.is_confidential
