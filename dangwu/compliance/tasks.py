"""Work in the background: performing checks, judging again what has changed."""

from collections.abc import Collection
from datetime import date

from django.utils import timezone
from django_tasks import task

from dangwu.access.scoping import AccountActor
from dangwu.compliance.jobs import judged_unit
from dangwu.compliance.living.catching_up import catch_up
from dangwu.compliance.models import Check
from dangwu.compliance.services.checking import perform_check, take_up_interrupted
from dangwu.foundation.actors import Actor, CommandLine
from dangwu.foundation.background import impersonal


@task()
@impersonal
def perform(check_id: int) -> None:
    """Perform a waiting check; one that was thrown away meanwhile, or is under way already, is left alone."""
    waiting = Check.objects.filter(pk=check_id, state=Check.State.WAITING)
    check = waiting.select_related("unit", "account").first()
    if check:
        perform_check(by=opener_of(check, timezone.localdate()), check=check)


def opener_of(check: Check, today: date) -> Actor:
    """Whoever opened a check: it is performed in his name."""
    if check.account:
        return AccountActor(check.account, today)
    return CommandLine(check.opened_by.removeprefix("command:"))


def resume() -> None:
    """Queue again what a stopped worker left half way; call it before a worker starts."""
    for check in take_up_interrupted(by=CommandLine("run")):
        perform.enqueue(check.pk)


@task()
@impersonal
def judge_unit(unit_id: int) -> None:
    """Judge a unit by the rulebook that now holds for it, without waiting for the clock."""
    judged_unit(unit_id, timezone.localdate())


FEW = 20
"""So many organisations are judged again at once, before the answer to whoever changed something."""


@task()
@impersonal
def catch_up_unit(unit_id: int) -> None:
    """Judge again whatever of a unit has changed."""
    catch_up(unit_id)


def judge_again(unit_id: int, organisations: Collection[int] | None) -> None:
    """See to it that organisations of a unit (None for all) that have changed are judged again: a few at once, many in
    the background. What others are changing meanwhile they see to themselves; what is left over is left to the clock.
    """
    if organisations is not None and len(organisations) <= FEW:
        catch_up(unit_id, organisations)
    else:
        catch_up_unit.enqueue(unit_id)
