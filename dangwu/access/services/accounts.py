"""Opening, closing and renaming accounts: the system administrator's part."""

import re
from datetime import date, datetime
from typing import NamedTuple

from dangwu.access import codes
from dangwu.access.lockout import resume
from dangwu.access.models import Account, CalendarFeed, OneTimeCode
from dangwu.access.policies import is_self, keeps_account, keeps_accounts, may_end_sessions
from dangwu.access.sessions import end_sessions, forget, sessions_of
from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.foundation.objections import ObjectionError

USERNAME = re.compile(r"[\w.@-]{2,60}")


class Opened(NamedTuple):
    """A new account, and the code with which its owner sets a password."""

    account: Account
    code: str


@action("account.open", allow=keeps_accounts)
def open_account(*, by: Actor, username: str, name: str, kind: str, email: str, now: datetime, on: date) -> Opened:
    """Open an account that can do nothing yet. ObjectionError where the name is taken or cannot be typed."""
    account = new_account(username=username, name=name, kind=kind, email=email, on=on)
    open_deed().about(account)
    return Opened(account, _fresh_code(account, now))


def new_account(*, username: str, name: str, on: date, kind: str = Account.Kind.PERSON, email: str = "") -> Account:
    """Write an account without a password. Part of an action."""
    username = fit_username(username)
    account = Account(username=username, name=name.strip(), kind=kind, email=email, created_on=on)
    account.set_unusable_password()
    account.save()
    return account


def fit_username(typed: str) -> str:
    """The name by which somebody signs in. ObjectionError where it cannot be one, or is taken."""
    username = typed.strip().lower()
    if not USERNAME.fullmatch(username):
        raise ObjectionError("账号用 2 至 60 个字母、数字或者汉字，可以有点、横线、下划线。", field="username")
    if Account.objects.filter(username=username).exists():
        raise ObjectionError("这个账号已经有人使用，请换一个。", field="username")
    return username


@action("account.rename", allow=keeps_account)
def rename_account(*, by: Actor, account: Account, name: str, email: str, on: date) -> Account:
    """Change the name that people read, and the address for notices."""
    account.name, account.email = name.strip(), email
    account.save()
    return account


@action("account.disable", allow=keeps_account)
def disable_account(*, by: Actor, account: Account, reason: str, on: date) -> Account:
    """Close an account, end its sessions and its calendar feed; its appointments rest until it is enabled again."""
    if is_self(by=by, account=account):
        raise ObjectionError("不能停用自己的账号。")
    if not account.is_active:
        raise ObjectionError("这个账号已经停用。")
    account.is_active, account.disabled_on = False, on
    account.save()
    end_sessions(account)
    _spend_codes(account)
    CalendarFeed.objects.filter(account=account).delete()
    open_deed().reason = reason
    return account


@action("account.enable", allow=keeps_account)
def enable_account(*, by: Actor, account: Account, reason: str, on: date) -> Account:
    """Open a closed account again, with the password it had."""
    if account.is_active:
        raise ObjectionError("这个账号没有停用。")
    account.is_active, account.disabled_on = True, None
    account.save()
    open_deed().reason = reason
    return account


@action("account.reset", allow=keeps_account)
def issue_reset_code(*, by: Actor, account: Account, now: datetime, on: date) -> str:
    """A code with which the owner sets a new password; the old one holds until then. Earlier codes are void.

    ObjectionError where the account is disabled.
    """
    if not account.is_active:
        raise ObjectionError("账号已停用，请先启用。")
    open_deed().about(account)
    return _fresh_code(account, now)


@action("account.end_sessions", allow=may_end_sessions)
def end_all_sessions(*, by: Actor, account: Account, but: str = "") -> int:
    """Sign an account out everywhere, or everywhere but in the session with this key."""
    open_deed().about(account)
    return end_sessions(account, but=but)


@action("account.end_session", allow=may_end_sessions)
def end_session(*, by: Actor, account: Account, session: int) -> None:
    """Sign an account out in one place. ObjectionError where that has ended already."""
    open_deed().about(account)
    key = sessions_of(account).filter(pk=session).values_list("session_key", flat=True).first()
    if key is None:
        raise ObjectionError("这个登录已经结束。")
    forget([key])


@action("account.resume", allow=keeps_accounts)
def resume_sign_in(*, by: Actor, account: Account) -> Account:
    """Let an account that is paused after wrong passwords try again at once."""
    resume(account.username)
    return account


def _fresh_code(account: Account, now: datetime) -> str:
    _spend_codes(account)
    code = codes.fresh_half()
    OneTimeCode(account=account, first=codes.digest(code), until=now + codes.LIFE).save()
    return code


def _spend_codes(account: Account) -> None:
    OneTimeCode.objects.filter(account=account, used=False).update(used=True)
