"""What to do first on an empty site, step by step, and who does it."""

from dataclasses import dataclass

from django.urls import reverse

from dangwu.access.models import Account, Administration, Appointment
from dangwu.access.scoping import AccountActor
from dangwu.members.models import Person
from dangwu.organisations.models import Standing
from dangwu.organisations.queries import units

WHY = "whether there is any at all"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, and the page on which it is done, empty for somebody else's."""

    title: str
    who: str
    done: bool
    url: str = ""


def first_steps(actor: AccountActor) -> list[Step]:
    """All of them, until the last is done; then none."""
    organisations = Standing.objects.unscoped(WHY).filter(unit__is_trial=False)
    ordinary = Account.objects.exclude(pk__in=Administration.objects.values("account"))
    told = (
        ("登记单位", "system", units().exists(), "unit-new"),
        ("建立最高一级党组织", "system", organisations.exists(), "organisation-new"),
        ("开通党务工作人员的账号", "system", ordinary.exists(), "open-account"),
        ("把账号任用到党组织", "security", Appointment.objects.unscoped(WHY).exists(), "appoint"),
        ("登记下级党组织和党员", "", Person.objects.unscoped(WHY).filter(unit__is_trial=False).exists(), ""),
    )
    if all(done for _, _, done, _ in told):
        return []
    return [
        Step(title, _who(duty), done, reverse(url) if url and actor.holds(duty) and not done else "")
        for title, duty, done, url in told
    ]


def _who(duty: str) -> str:
    return str(Administration.Duty(duty).label) if duty else "党务工作人员"
