"""Hearing of every deed what it changed, and marking whom that touches, and which days.

It runs in the transaction of the deed, so that no change can be there without its mark; what is marked is judged again
once the transaction has ended, at once where it is little.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import partial

from django.db import transaction
from django.db.models import DateField, F, Value
from django.db.models.functions import Coalesce, Greatest, Least

from dangwu.compliance.living.finding import organisations_of
from dangwu.compliance.living.rows import every
from dangwu.compliance.living.touching import ALWAYS, Spans, touched_by
from dangwu.compliance.models import Judging, Watch
from dangwu.compliance.tasks import judge_again
from dangwu.foundation.deeds import Deed
from dangwu.kernel.span import Span

CHUNK = 1_000
MANY_SPANS = 20  # different ones; of more the shortest that holds them all serves for all


def mark(deed: Deed) -> None:
    """Mark whom the deed touches in units that are judged, and see to it that they are judged again."""
    touched = touched_by(deed.changes)
    if not touched.units:
        return
    judgings = {judging.unit_id: judging for judging in Judging.objects.filter(unit__in=touched.units)}
    if not judgings:
        return
    touched.units = set(judgings)
    found = organisations_of(touched)
    for judging in judgings.values():
        whom = None if _begins_to_tell(judging, touched.held) else found
        if whom is None:
            _mark_all(judging)
        else:
            _mark(judging, whom)
        marked = None if whom is None else frozenset(whom)
        transaction.on_commit(partial(judge_again, judging.unit_id, marked), robust=True)


def _begins_to_tell(judging: Judging, held: Mapping[int, Span]) -> bool:
    """Whether these are the first activities of the unit on record: from now on it is told that others held none."""
    if judging.activities_told or not held:
        return False
    first = min(span.start for span in held.values())
    judging.activities_told, judging.since = True, min(judging.since, date(first.year, 1, 1))
    judging.save(update_fields=["activities_told", "since"])
    return True


def _mark_all(judging: Judging) -> None:
    rows = every(Watch).filter(unit=judging.unit_id)
    rows.update(stale_since=ALWAYS.start, stale_until=ALWAYS.end, marks=F("marks") + 1)


def _mark(judging: Judging, found: Spans) -> None:
    """Mark organisations; one that nobody watches yet is watched from now on."""
    by_span: dict[Span, list[int]] = defaultdict(list)
    whole = Span(min(s.start for s in found.values()), max(s.end for s in found.values())) if found else ALWAYS
    many = len(set(found.values())) > MANY_SPANS
    for organisation, span in found.items():
        by_span[whole if many else span].append(organisation)
    for span, organisations in by_span.items():
        for start in range(0, len(organisations), CHUNK):
            _mark_days(judging, organisations[start : start + CHUNK], span)


def _mark_days(judging: Judging, organisations: list[int], span: Span) -> None:
    since, until = (Value(day, output_field=DateField()) for day in (span.start, span.end))
    rows = every(Watch).filter(organisation__in=organisations, unit=judging.unit_id)
    marked = rows.update(
        stale_since=Least(Coalesce(F("stale_since"), since), since),
        stale_until=Greatest(Coalesce(F("stale_until"), until), until),
        marks=F("marks") + 1,
    )
    if marked < len(organisations):
        _watch(judging, set(organisations) - set(rows.values_list("organisation", flat=True)), span)


def _watch(judging: Judging, organisations: set[int], span: Span) -> None:
    told = {"unit_id": judging.unit_id, "began_on": judging.judged_on, "stale_since": judging.since}
    new = [Watch(organisation_id=pk, stale_until=span.end, **told) for pk in organisations]
    Watch.objects.bulk_create(new, batch_size=CHUNK, ignore_conflicts=True)
