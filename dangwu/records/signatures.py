"""The signatures of minutes follow the records: by them those are found that say the same.

They are kept up to date in the transaction of whatever changes a record. Of confidential kinds there are none.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from django.db import transaction

from dangwu.foundation.audit.chain import await_turn
from dangwu.foundation.audit.changes import Change
from dangwu.foundation.deeds import Deed
from dangwu.members.models import Affiliation
from dangwu.records.likeness import Core, bands_of, core_of
from dangwu.records.models import Activity, AgendaItem, Signature
from dangwu.records.searching import is_open_to_readers

CHUNK, BATCH = 500, 1_000
COLUMNS: Final = ("unit_id", "organisation_id", "activity_id", "held_on", "band")
AT_HAND = "of activities at hand, whoever asked for them"
FOLLOWED = "what is signed is read within a scope"
Progress = Callable[[str, int], None]


def text_said(minutes: str, outcomes: Iterable[str]) -> str:
    """What is compared of an activity: its minutes and what came of its agenda."""
    return "\n".join(filter(None, (minutes, *outcomes)))


def cores_of(activities: Sequence[Activity]) -> Iterator[tuple[Activity, Core]]:
    """What is their own in the texts of activities at hand; nothing of confidential kinds. Two queries."""
    told = [row for row in activities if is_open_to_readers(row.kinds)]
    outcomes, names = _outcomes(told), names_said({row.organisation_id for row in told})
    for row in told:
        yield row, core_of(text_said(row.minutes, outcomes[row.pk]), row.kinds, names[row.organisation_id])


def names_said(organisations: Iterable[int]) -> defaultdict[int, set[str]]:
    """The names that the minutes of organisations are full of: of everybody who ever belonged there. One query."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    rows = Affiliation.objects.unscoped("names are left out of what is compared, not shown")
    for organisation, name in rows.filter(organisation__in=organisations).values_list("organisation", "person__name"):
        found[organisation].add(name)
    return found


def _outcomes(activities: Sequence[Activity]) -> defaultdict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    items = AgendaItem.objects.unscoped(AT_HAND).filter(activity__in=[row.pk for row in activities])
    for activity, outcome in items.order_by("activity", "place").values_list("activity", "outcome"):
        found[activity].append(outcome)
    return found


def keep_signed(deed: Deed) -> None:
    """Let the signatures follow what a deed has changed."""
    keys = {key for change in deed.changes for key in _keys_in(change)}
    sign(sorted(keys))


def _keys_in(change: Change) -> Iterator[int]:
    if change.model == "records.activity":
        yield int(change.pk)
    if change.model == "records.agendaitem":
        yield from (row["activity_id"] for row in (change.before, change.after) if row)


def sign(keys: Sequence[int]) -> int:
    """Let the signatures tell of these activities what they are now; how many of them have any."""
    return sum(_sign(keys[start : start + CHUNK]) for start in range(0, len(keys), CHUNK))


def _sign(keys: Sequence[int]) -> int:
    rows = Activity.objects.unscoped(FOLLOWED).filter(pk__in=keys, unit__is_trial=False)
    told = cores_of(list(rows.exclude(state=Activity.State.CANCELLED)))
    wanted = {
        (row.unit_id, row.organisation_id, row.pk, row.held_on, band) for row, core in told for band in bands_of(core)
    }
    signed = Signature.objects.unscoped(FOLLOWED)
    kept = {row[1:]: row[0] for row in signed.filter(activity__in=keys).values_list("pk", *COLUMNS)}
    stale = [pk for columns, pk in kept.items() if columns not in wanted]
    if stale:
        signed.filter(pk__in=stale).delete()
    fresh = [Signature(**dict(zip(COLUMNS, columns, strict=True))) for columns in sorted(wanted - kept.keys())]
    Signature.objects.bulk_create(fresh, batch_size=BATCH)
    return len({activity for _, _, activity, _, _ in wanted})


def sign_all(progress: Progress = lambda _step, _percent: None) -> int:
    """Sign every record anew, a handful at a time, while nobody else writes; how many have signatures."""
    rows = Activity.objects.unscoped(FOLLOWED).filter(unit__is_trial=False)
    signed = Signature.objects.unscoped(FOLLOWED).values_list("activity", flat=True)
    keys, number = sorted({*rows.values_list("pk", flat=True), *signed.distinct()}), 0
    for start in range(0, len(keys), CHUNK):
        progress(f"正在重建内容特征，{start} 条", 100 * start // len(keys))
        with transaction.atomic():
            await_turn()
            number += sign(keys[start : start + CHUNK])
    progress("内容特征已重建", 100)
    return number
