"""Records that say the same as another, for people to ask about: within a scope, and never a verdict."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q

from dangwu.foundation.scope import Scope
from dangwu.kernel.span import Span
from dangwu.records.likeness import Core, bands_of, core_of, most_alike
from dangwu.records.models import Activity, Signature
from dangwu.records.queries import activities
from dangwu.records.searching import is_open_to_readers
from dangwu.records.signatures import cores_of, names_said

if TYPE_CHECKING:
    from datetime import date

CANDIDATES = 30
EARLIER = 5
LISTED = 100
ROWS_READ = 20_000
"""Where a text was handed out to everybody, the newest of those who took it are enough."""


class Resemblance(NamedTuple):
    """Another record, how much of the one at hand stands in it too, and the longest passages in common."""

    other: Activity
    share: float
    common: tuple[str, ...]

    @property
    def percent(self) -> int:
        """The share, never rounded up."""
        return int(self.share * 100)


class Pair(NamedTuple):
    """A record, and the earlier one that it is like most."""

    activity: Activity
    like: Resemblance


def similar_to(
    scope: Scope, text: str, *, organisation: int, kinds: Sequence[str], but: int | None = None
) -> list[Resemblance]:
    """The records in a scope about which whoever reads this text should ask, the most alike first; `but` is its own.

    None for a short text, nor for one of a confidential kind. Two queries, five where something may be alike.
    """
    if not is_open_to_readers(kinds):
        return []
    core = core_of(text, kinds, names_said([organisation])[organisation])
    if not core.is_long_enough:
        return []
    rows = Signature.objects.within(scope).filter(band__in=bands_of(core))
    shared = rows.exclude(activity=but).values("activity").annotate(shared=Count("pk"))
    keys = [row["activity"] for row in shared.order_by("-shared", "-activity")[:CANDIDATES]]
    return _alike(core, _cores(scope, keys)) if keys else []


def _cores(scope: Scope, keys: Iterable[int]) -> dict[int, tuple[Activity, Core]]:
    rows = list(activities(scope).filter(pk__in=list(keys)))
    return {row.pk: (row, core) for row, core in cores_of(rows)}


def _alike(core: Core, others: dict[int, tuple[Activity, Core]]) -> list[Resemblance]:
    found = most_alike(core, [(key, other) for key, (_, other) in others.items()])
    return [Resemblance(others[like.activity][0], like.share, like.common) for like in found]


def alike_in(scope: Scope, span: Span, most: int = LISTED) -> list[Pair]:
    """The newest records of a span that are like an earlier one in the scope, each with the one it is like most.

    Six queries, one where there are none. What was held before the span is compared with, too.
    """
    keys = _like_an_earlier_one(scope, span, most)
    earlier = _earlier_ones(scope, keys) if keys else {}
    known = _cores(scope, {*earlier, *(other for others in earlier.values() for other in others)})
    pairs = (_pair(known, key, earlier[key]) for key in keys if key in known)
    return [pair for pair in pairs if pair]


def _like_an_earlier_one(scope: Scope, span: Span, most: int) -> list[int]:
    rows = Signature.objects.within(scope)
    before = Q(held_on__lt=OuterRef("held_on")) | Q(held_on=OuterRef("held_on"), activity__lt=OuterRef("activity"))
    like = rows.filter(Exists(rows.filter(before, band=OuterRef("band"))))
    held = like.filter(held_on__gte=span.start, held_on__lt=span.end).values_list("activity", "held_on").distinct()
    return [activity for activity, _ in held.order_by("-held_on", "-activity")[:most]]


def _earlier_ones(scope: Scope, keys: Sequence[int]) -> dict[int, list[int]]:
    """To each activity those held earlier that share the most with it."""
    rows = Signature.objects.within(scope)
    mine = list(rows.filter(activity__in=keys).values_list("activity", "held_on", "band"))
    sharing: defaultdict[int, list[tuple[date, int]]] = defaultdict(list)
    others = rows.filter(band__in={band for _, _, band in mine}).order_by("-held_on", "-activity")
    for band, held_on, activity in others.values_list("band", "held_on", "activity")[:ROWS_READ]:
        sharing[band].append((held_on, activity))
    shared: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for activity, held_on, band in mine:
        shared[activity].update(other for day, other in sharing[band] if (day, other) < (held_on, activity))
    return {key: [other for other, _ in shared[key].most_common(EARLIER)] for key in keys}


def _pair(known: dict[int, tuple[Activity, Core]], key: int, earlier: Sequence[int]) -> Pair | None:
    activity, core = known[key]
    found = _alike(core, {other: known[other] for other in earlier if other in known})
    return Pair(activity, found[0]) if found else None
