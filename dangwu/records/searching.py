"""How activities are found by their text: topic and place. What is confidential is not."""

from collections.abc import Iterable, Iterator, Sequence

from dangwu.foundation.search.sources import Draft, Source
from dangwu.organisations.reaching import reach_of
from dangwu.records.models import Activity, Service

CONFIDENTIAL = frozenset({"heart_to_heart_talk"})


def _drafts(keys: Sequence[int]) -> Iterator[Draft]:
    hidden = Service.objects.filter(activity__in=keys, kind__in=CONFIDENTIAL).values_list("activity", flat=True)
    for row in Activity.objects.filter(pk__in=keys, unit__is_trial=False).exclude(pk__in=set(hidden)):
        yield Draft(row.pk, row.unit_id, (row.organisation_id,), row.held_on, row.topic, row.place)


def _keys() -> Iterable[int]:
    return Activity.objects.filter(unit__is_trial=False).values_list("pk", flat=True)


ACTIVITIES = Source(
    "activity", "活动", Activity, also={Service: "activity_id"}, drafts=_drafts, keys=_keys, reach=reach_of
)
