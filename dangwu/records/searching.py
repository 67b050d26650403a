"""How activities are found by their text: topic, place, minutes, agenda and resolutions.

Of a confidential kind nothing is found, not even that it took place; nor of a kind that the rulebook knows no longer.
Sealed contents of talks are never read here.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from dangwu.foundation.scope import Scope
from dangwu.foundation.search.queries import Reach
from dangwu.foundation.search.sources import Draft, Source
from dangwu.organisations.models import standing_in
from dangwu.organisations.reaching import reach_of
from dangwu.records.models import Activity, AgendaItem, Partner, Resolution
from dangwu.records.standing import activity_kinds

OPENLY = "what is indexed is read within a scope"


def _drafts(keys: Sequence[int]) -> Iterator[Draft]:
    rows = Activity.objects.unscoped(OPENLY).filter(pk__in=keys, unit__is_trial=False)
    partners, texts = _partners(keys), _texts(keys)
    for row in rows.exclude(state=Activity.State.CANCELLED):
        if is_open_to_readers(row.kinds):
            text = "\n".join(filter(None, (row.place, row.minutes, *texts[row.pk])))
            anchors = (row.organisation_id, *partners[row.pk])
            yield Draft(row.pk, row.unit_id, anchors, row.held_on, row.topic, text)


def is_open_to_readers(kinds: Iterable[str]) -> bool:
    """Whether the text of an activity of these kinds may be read by whoever sees its organisation."""
    known = [activity_kinds().get(kind) for kind in kinds if kind]
    return all(kind is not None and not kind.is_confidential for kind in known)


def _partners(keys: Sequence[int]) -> defaultdict[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    rows = Partner.objects.unscoped(OPENLY).filter(activity__in=keys).order_by("pk")
    for activity, organisation in rows.values_list("activity", "organisation"):
        found[activity].append(organisation)
    return found


def _texts(keys: Sequence[int]) -> defaultdict[int, list[str]]:
    """The agenda and the resolutions of each."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    agenda = AgendaItem.objects.unscoped(OPENLY).filter(activity__in=keys).order_by("activity", "place")
    for activity, *said in agenda.values_list("activity", "text", "outcome"):
        found[activity] += said
    resolutions = Resolution.objects.unscoped(OPENLY).filter(activity__in=keys).order_by("activity", "place")
    for activity, text in resolutions.values_list("activity", "text"):
        found[activity].append(text)
    return found


def _keys() -> Iterable[int]:
    rows = Activity.objects.unscoped(OPENLY).filter(unit__is_trial=False)
    return rows.values_list("pk", flat=True)


def _reach(scope: Scope) -> Reach:
    """Those of organisations in the scope, and those that such held together with others."""
    own = reach_of(scope)
    if own.places is None or own.is_nothing or own.is_narrow:  # the marks of an entry tell all who held it
        return own
    elsewhere = Partner.objects.within(scope).exclude(activity__organisation__in=standing_in(scope))
    return replace(own, besides=frozenset(elsewhere.values_list("activity", flat=True)))


ACTIVITIES = Source(
    "activity",
    "活动",
    Activity,
    also={Partner: "activity_id", AgendaItem: "activity_id", Resolution: "activity_id"},
    drafts=_drafts,
    keys=_keys,
    reach=_reach,
)
