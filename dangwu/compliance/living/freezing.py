"""Settling periods that are over: some weeks after a period's end its verdicts stay as they are, with their words."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.conf import settings

from dangwu.compliance.living.drafting import Numbers
from dangwu.compliance.living.rows import every
from dangwu.compliance.living.telling import read, sentence
from dangwu.compliance.models import DutyState, Watch
from dangwu.kernel.periods import Period
from dangwu.organisations.models import Standing
from dangwu.rules.rulebook import Rulebook

BATCH = 2_000


def settle(unit: int, day: date, rulebook: Rulebook) -> None:
    """Freeze what ended more than the days of grace ago, of organisations that have been watched for as long: whoever
    has just begun has time to bring in what he held before. Part of no transaction: what is cut short goes on tomorrow.
    """
    through = day - timedelta(days=settings.SETTLED_AFTER + 1)
    watches = every(Watch).filter(unit=unit, stale_since=None, began_on__lte=through)
    ready = list(watches.filter(frozen_through__lt=through).values_list("organisation", flat=True))
    for start in range(0, len(ready), BATCH):
        _freeze(unit, ready[start : start + BATCH], through, rulebook, day)


def _freeze(unit: int, organisations: list[int], through: date, rulebook: Rulebook, day: date) -> None:
    kept = every(DutyState).filter(unit=unit, organisation__in=organisations)
    rows = list(kept.filter(frozen=False, ends__lte=through))
    names = _names(organisations)
    for row in rows:
        row.frozen, row.text = True, _text(row, rulebook, names, day)
    DutyState.objects.bulk_update(rows, ["frozen", "text"], batch_size=BATCH)
    every(Watch).filter(organisation__in=organisations).update(frozen_through=through)


def _names(organisations: Iterable[int]) -> Mapping[int, str]:
    """What each is called now, or was last."""
    rows = every(Standing).filter(organisation__in=organisations).order_by("valid_from")
    return {row.organisation_id: row.called for row in rows}


def _text(row: DutyState, rulebook: Rulebook, names: Mapping[int, str], day: date) -> str:
    rule, numbers = rulebook.rules.get(row.rule), Numbers(row.met, row.late, row.unmet, row.pending, row.exempt)
    if rule is None or rule.digest != row.digest:
        return sentence(numbers)
    subject = names.get(row.organisation_id, "")
    period = Period.parse(row.period)
    return sentence(numbers, rule, read(row.facts), subject=subject, on=day, period=period)
