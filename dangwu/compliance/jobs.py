"""What compliance does by itself: every day, and where something is left to be judged."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from dangwu.compliance.living.catching_up import advance, catch_up
from dangwu.compliance.living.rows import every
from dangwu.compliance.models import Judging
from dangwu.compliance.rulebooks import digest_of, rulebook_of
from dangwu.foundation.ticking import job
from dangwu.organisations.models import Organisation, Unit


@job("judging", "判定各党组织履职情况", every=timedelta(minutes=1))
def judge_units(now: datetime) -> str:
    """Bring every unit to today, and judge again what has changed."""
    day = timezone.localdate(now)
    judged = [judged_unit(unit.pk, day) for unit in living_units()]
    number = sum(judged)
    return f"重新判定 {number} 个党组织" if number else ""


def living_units() -> list[Unit]:
    """The units that keep organisations; trials are none of them."""
    keep = every(Organisation).values("unit").distinct()
    return list(Unit.objects.filter(is_trial=False, pk__in=keep))


def judged_unit(unit: int, day: date) -> int:
    """Judge what is to be judged of a unit; how many organisations that were."""
    judging = Judging.objects.filter(unit=unit).first()
    if judging and judging.judged_on >= day and judging.digest == digest_of(rulebook_of(judging.packs)):
        return catch_up(unit)
    advance(unit, day)
    return every(Organisation).filter(unit=unit).count()
