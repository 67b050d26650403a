"""Delegation for an absence: part of an appointment, for some weeks, to somebody who can be trusted with it."""

from datetime import date

from dangwu.access.models import Account, Appointment
from dangwu.access.policies import is_self
from dangwu.access.rights import PERSONAL_ROLES
from dangwu.access.services.appointing import end_row, refuse_administrators
from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.foundation.history import open_line
from dangwu.foundation.objections import ObjectionError

LONGEST = 92  # days: a quarter, the longest one


def holds_it(*, by: Actor, appointment: Appointment, **_: object) -> bool:
    """Whether the appointment is the actor's own; what was delegated to him is not his to give on."""
    return is_self(by=by, account=appointment.account) and appointment.delegated_from_id is None


def may_end(*, by: Actor, delegation: Appointment, **_: object) -> bool:
    """Whether the actor gave it, has it, or is the security administrator."""
    given_by = delegation.delegated_from and delegation.delegated_from.account
    parties = [account for account in (given_by, delegation.account) if account]
    return by.holds("security") or any(is_self(by=by, account=account) for account in parties)


@action("appointment.delegate", allow=holds_it)
def delegate(
    *,
    by: Actor,
    appointment: Appointment,
    account: Account,
    since: date,
    until: date,
    on: date,
) -> Appointment:
    """Let another account stand in from a day up to, but not including, another.

    ObjectionError where that is too long, in the past, outside the appointment, or the other account is not fit for it.
    """
    _refuse_days(appointment, since, until, on)
    _refuse_account(appointment, account, since)
    open_deed().about(account)
    return open_line(
        Appointment(
            unit_id=appointment.unit_id,
            account=account,
            organisation_id=appointment.organisation_id,
            role=appointment.role,
            delegated_from=appointment,
            post_key=f"appointment:{appointment.pk}",
            valid_from=since,
            valid_until=until,
        )
    )


@action("appointment.end_delegation", allow=may_end)
def end_delegation(*, by: Actor, delegation: Appointment, on: date) -> None:
    """End a delegation before its day. ObjectionError where it has ended."""
    if delegation.delegated_from_id is None or delegation.valid_until <= on:
        raise ObjectionError("这项委托已经结束。")
    open_deed().about(delegation.account)
    end_row(delegation, on)


def _refuse_days(appointment: Appointment, since: date, until: date, on: date) -> None:
    if since < on:
        raise ObjectionError("委托从今天或者今后开始，不能倒填日期。", field="since")
    if until <= since:
        raise ObjectionError("最后一天应当不早于开始的一天。", field="until")
    if (until - since).days > LONGEST:
        raise ObjectionError(f"一次委托最多 {LONGEST} 天。离开更久的，请安全管理员另行任用。", field="until")
    if not appointment.valid_from <= since < until <= appointment.valid_until:
        raise ObjectionError("委托的日期超出了您自己任职的日期。", field="until")


def _refuse_account(appointment: Appointment, account: Account, since: date) -> None:
    if appointment.role in PERSONAL_ROLES:
        raise ObjectionError("纪委书记的职权涉及纪律事项，不能委托他人。")
    if account.pk == appointment.account_id:
        raise ObjectionError("不能委托给自己。", field="account")
    if not account.is_active or account.kind != Account.Kind.PERSON:
        raise ObjectionError("请委托给一个启用中的个人账号。", field="account")
    refuse_administrators(account, since)
