"""Appointments by hand (the security administrator's part), those that follow from party posts, and their ends."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from django.db.models import Model

from dangwu.access.models import Account, Administration, Appointment
from dangwu.access.policies import keeps_appointments, may_appoint
from dangwu.access.sessions import end_sessions
from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.foundation.history import close, open_line
from dangwu.foundation.objections import ObjectionError
from dangwu.kernel.span import FAR
from dangwu.organisations.models import Organisation


@action("appointment.open", allow=may_appoint)
def appoint(
    *,
    by: Actor,
    account: Account,
    organisation: Organisation,
    role: str,
    since: date,
    until: date = FAR,
    reason: str,
) -> Appointment:
    """Give an account a role from a day up to, but not including, another.

    ObjectionError where the account is disabled or an administrator's, or has the role on those days already.
    """
    if not account.is_active:
        raise ObjectionError("账号已停用，请先由系统管理员启用。", field="account")
    if until <= since:
        raise ObjectionError("截止日期应当不早于起始日期。", field="until")
    open_deed().reason = reason
    return _open(account, organisation, role, since=since, until=until)


def still_eligible(row: Model) -> None:
    """Refuse that a role comes back to who has become an administrator by now. Raises ObjectionError."""
    if isinstance(row, Appointment):
        refuse_administrators(row.account, row.valid_from)


@action("appointment.end", allow=keeps_appointments, undo=still_eligible)
def end_appointment(*, by: Actor, appointment: Appointment, on: date, reason: str) -> Appointment:
    """End an appointment from a day on, and what was delegated of it; the account's sessions end."""
    if appointment.valid_until <= on:
        raise ObjectionError("这项任用已经结束。", field="on")
    open_deed().reason = reason
    open_deed().about(appointment.account)
    end_with_delegations(appointment, on)
    return appointment


def follow_post(account: Account, organisation: Organisation, role: str, post_key: str, on: date) -> Appointment | None:
    """Let the role that follows from a party post begin with it. Part of an action; calling it again changes nothing.

    ObjectionError where the account is an administrator's.
    """
    assert post_key, "an appointment that follows from a post names it"
    every = Appointment.objects.unscoped("the post was judged by whoever gave it")
    if every.filter(account=account, organisation=organisation, role=role, post_key=post_key, valid_until=FAR).exists():
        return None
    return _open(account, organisation, role, since=on, post_key=post_key)


def end_following(post_key: str, on: date) -> int:
    """End from a day on whatever follows from a party post, with its delegations; how many appointments they were.

    Part of an action. The sessions of those concerned end at once.
    """
    every = Appointment.objects.unscoped("the post was judged by whoever ended it")
    rows = list(every.filter(post_key=post_key, valid_until__gt=on).select_related("account"))
    for row in rows:
        end_with_delegations(row, on)
    return len(rows)


def end_with_delegations(appointment: Appointment, on: date) -> None:
    """End an appointment and what stands in for it. Part of an action."""
    end_many([appointment], {appointment.pk: on})


def end_row(row: Appointment, on: date) -> None:
    """End one row from a day on; one that would not have held on any day before goes away. Part of an action."""
    if row.valid_from < on:
        close(row, on=on)
    else:
        row.delete()
    end_sessions(row.account)


def end_many(rows: Sequence[Appointment], days: Mapping[int, date]) -> None:
    """Let appointments end on other days, by their keys, and what was delegated of them no later; whoever has a shorter
    one is signed out. Part of an action.
    """
    every = Appointment.objects.unscoped("they stand or fall with these")
    delegated = every.filter(delegated_from__in=list(days)).select_related("account")
    ends = [(row, days[row.delegated_from_id or 0]) for row in delegated] + [(row, days[row.pk]) for row in rows]
    longer = [row for row in rows if days[row.pk] > row.valid_until]
    for row, day in ends:
        if day < row.valid_until:
            end_row(row, day)
    for row in longer:
        row.valid_until = days[row.pk]
    if longer:
        every.bulk_update(longer, ["valid_until"])


def refuse_administrators(account: Account, since: date) -> None:
    """Refuse an account that is an administrator's on that day or later: whoever runs the site has no part in it."""
    if Administration.objects.filter(account=account, valid_until__gt=since).exists():
        raise ObjectionError("管理员账号不能兼任党组织的角色，请使用本人的个人账号。", field="account")


def _open(
    account: Account, organisation: Organisation, role: str, *, since: date, until: date = FAR, post_key: str = ""
) -> Appointment:
    refuse_administrators(account, since)
    row = partial(Appointment, unit_id=organisation.unit_id, account=account, organisation=organisation, role=role)
    return open_line(row(valid_from=since, valid_until=until, post_key=post_key))
