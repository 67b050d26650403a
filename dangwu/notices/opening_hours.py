"""When offices may be disturbed: e-mails and short messages wait for the daytime of a working day."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from dangwu.kernel.workdays import seeded

OPENS, CLOSES = time(8), time(20)
_ONE_DAY = timedelta(days=1)


def is_open(now: datetime) -> bool:
    """Whether a message may go out now."""
    local = timezone.localtime(now)
    return seeded().is_working_day(local.date()) and OPENS <= local.time() < CLOSES


def next_open(now: datetime) -> datetime:
    """The first moment from now on at which a message may go out."""
    local = timezone.localtime(now)
    if is_open(now):
        return local
    day = local.date() if local.time() < OPENS else local.date() + _ONE_DAY
    while not seeded().is_working_day(day):
        day += _ONE_DAY
    return timezone.make_aware(datetime.combine(day, OPENS))
