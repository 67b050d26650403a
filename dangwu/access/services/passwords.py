"""Passwords: set with a code, or changed by their owner. Each new one ends the sessions that the old one began."""

from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from dangwu.access import codes
from dangwu.access.models import Account, OneTimeCode
from dangwu.access.policies import is_self, keeps_second_factor
from dangwu.access.sessions import end_sessions
from dangwu.foundation.actions import action, anybody
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.foundation.objections import ObjectionError

SPENT = "一次性口令不对，或者已经用过、过期。请核对大写字母和数字；仍然不行的，请系统管理员重新开一张。"


@action("account.set_password", allow=anybody)
def set_password_with_code(*, by: Actor, code: str, password: str, now: datetime) -> Account:
    """Set the password of the account for which a code was handed over. ObjectionError where the code is not good."""
    row = valid_code(code, now)
    if row is None or row.account is None or not row.account.is_active:
        raise ObjectionError(SPENT, field="code")
    row.used = True
    row.save()
    return keep_password(row.account, password)


@action("account.change_password", allow=is_self)
def change_password(*, by: Actor, account: Account, old: str, password: str, session: str) -> Account:
    """Change one's own password; every session ends but the one with this key. ObjectionError for a wrong old one."""
    if not account.check_password(old):
        raise ObjectionError("原密码不对。", field="old")
    if old == password:
        raise ObjectionError("新密码和原密码一样，请另想一个。", field="password")
    return keep_password(account, password, session=session)


@action("account.lift_second_factor", allow=keeps_second_factor)
def lift_second_factor(*, by: Actor, account: Account, reason: str, on: date) -> Account:
    """Take away every second factor of somebody who has lost his, and end his sessions.

    ObjectionError where he has none.
    """
    if not Authenticator.objects.filter(user=account).delete()[0]:
        raise ObjectionError("这个账号没有设置第二重验证。")
    end_sessions(account)
    open_deed().reason = reason
    return account


def keep_password(account: Account, password: str, *, session: str = "") -> Account:
    """Write a new password and end the sessions, all but the one with this key. Part of an action.

    ObjectionError where the password is weak.
    """
    try:
        validate_password(password, account)
    except ValidationError as weak:
        raise ObjectionError("".join(weak.messages), field="password") from weak
    account.set_password(password)
    account.save()
    end_sessions(account, but=session)
    return account


def valid_code(typed: str, now: datetime) -> OneTimeCode | None:
    """The code that was typed, where it is good; locked until the transaction ends."""
    first, second = codes.digests(typed)
    rows = OneTimeCode.objects.select_for_update().select_related(None)
    return rows.filter(first=first, second=second, used=False, until__gt=now).first()
