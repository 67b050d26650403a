"""Judging again what has changed, and what a new day changes.

Judging holds no lock. Writing does, and leaves alone whatever was marked anew meanwhile: that is judged once more.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Min, Q, QuerySet

from dangwu.compliance.living.freezing import settle
from dangwu.compliance.living.judging import Asked, judge
from dangwu.compliance.living.rows import every
from dangwu.compliance.living.spoken import spoken_for
from dangwu.compliance.living.storing import store
from dangwu.compliance.models import Judging, Watch
from dangwu.compliance.rulebooks import digest_of, rulebook_of
from dangwu.foundation.audit.chain import await_turn
from dangwu.foundation.scope import Scope
from dangwu.kernel.span import DAWN, FAR, Span
from dangwu.organisations.models import Organisation
from dangwu.organisations.queries import among
from dangwu.records.models import Service

ONE_DAY = timedelta(days=1)
MANY = 200
"""From so many on the unit is judged as a whole, which costs less than picking."""


def begin(unit: int, *, day: date, packs: Sequence[str] = (), since: date | None = None) -> Judging:
    """Have a unit judged from now on, from the year of its first activity; nothing is judged yet. Of a unit without any
    activity on record nobody is told to have held none.
    """
    first = every(Service).filter(unit=unit).aggregate(first=Min("held_on"))["first"]
    start = since or date((first or day).year, 1, 1)
    return Judging.objects.create(
        unit_id=unit, since=start, activities_told=first is not None, judged_on=day, packs=list(packs)
    )


def stale(scope: Scope) -> int:
    """How many organisations of a scope have changed since they were judged."""
    return Watch.objects.within(scope).filter(stale_since__isnull=False).count()


def catch_up(unit: int, among_these: Collection[int] | None = None) -> int:
    """Judge again what was marked, or what of it is among these, as of the day on which the unit was last judged; how
    many organisations it was.
    """
    judging = Judging.objects.filter(unit=unit).first()
    if judging is None:
        return 0
    rows = every(Watch).filter(among(among_these), unit=unit, stale_since__isnull=False)
    marked = list(rows.values_list("organisation", "marks", "stale_since", "stale_until"))
    if marked:
        marks = {organisation: number for organisation, number, _, _ in marked} if len(marked) <= MANY else None
        since, until = min(row[2] or DAWN for row in marked), max(row[3] or FAR for row in marked)
        _judge(judging, marks, since=since, until=until)
    return len(marked)


def advance(unit: int, day: date) -> None:
    """Bring a unit to a day: what was marked, what the calendar changed, what is to be settled. A unit that is judged
    for the first time, or by a rulebook that has changed, is judged as a whole.
    """
    judging = Judging.objects.filter(unit=unit).first() or begin(unit, day=day)
    _watch(judging, day)
    since = judging.judged_on
    if judging.digest != digest_of(rulebook_of(judging.packs)):
        since = judging.since
    else:
        catch_up(unit)
    judging.judged_on = max(day, judging.judged_on)
    _judge(judging, None, since=since, until=FAR, new_day=True)
    settle(unit, judging.judged_on, rulebook_of(judging.packs))


def rebuild(unit: int) -> None:
    """Judge a unit anew from its first day on, as of the day on which it was last judged."""
    judging = Judging.objects.get(unit=unit)
    _judge(judging, None, since=judging.since, until=FAR)


def _watch(judging: Judging, day: date) -> None:
    """Watch the organisations that nobody watches yet."""
    watched = every(Watch).filter(unit=judging.unit_id).values("organisation")
    new = every(Organisation).filter(unit=judging.unit_id).exclude(pk__in=watched)
    told = {"unit_id": judging.unit_id, "began_on": day, "stale_since": judging.since, "stale_until": FAR}
    rows = [Watch(organisation_id=pk, **told) for pk in new.values_list("pk", flat=True)]
    Watch.objects.bulk_create(rows, batch_size=MANY, ignore_conflicts=True)


def _judge(
    judging: Judging, some: Mapping[int, int] | None, *, since: date, until: date, new_day: bool = False
) -> None:
    """Judge some organisations, given with how often they were marked; or the whole unit."""
    only = None if some is None else frozenset(some)
    marks = dict(_watches(judging, only).values_list("organisation", "marks")) if some is None else some
    rulebook, day = rulebook_of(judging.packs), judging.judged_on
    start, end = max(since, judging.since), min(until, day) + ONE_DAY
    touched = Span(start, end) if start < end else Span(day, day + ONE_DAY)
    asked = Asked(judging.unit_id, day, judging.since, touched, judging.activities_told, only)
    spoken, judged = spoken_for(judging.unit_id, day, only), list(judge(asked, rulebook))
    with transaction.atomic():
        await_turn()
        if not _is_current(judging, new_day=new_day):
            return
        watches = list(_watches(judging, only).values_list("organisation", "marks", "frozen_through"))
        moved = frozenset(organisation for organisation, number, _ in watches if marks.get(organisation) != number)
        frozen = {organisation: through for organisation, _, through in watches}
        store(replace(asked, leaving=moved), judged, spoken=spoken, frozen_through=frozen)
        whole = since <= judging.since
        within = Q(stale_until__lte=until) if whole else Q(stale_until__lte=until, stale_since__gte=since)
        _watches(judging, only).filter(within).exclude(organisation__in=moved).update(
            stale_since=None, stale_until=None
        )
        if only is None and whole:
            judging.digest = digest_of(rulebook)
        if new_day or whole:  # else it is as it was
            judging.save(update_fields=["judged_on", "digest"])


def _watches(judging: Judging, only: frozenset[int] | None) -> QuerySet[Watch]:
    return every(Watch).filter(among(only), unit=judging.unit_id)


def _is_current(judging: Judging, *, new_day: bool) -> bool:
    """Whether nobody has brought the unit to another day meanwhile."""
    kept = Judging.objects.get(pk=judging.pk).judged_on
    return kept <= judging.judged_on if new_day else kept == judging.judged_on
