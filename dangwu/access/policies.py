"""Who may do what with accounts.

The system administrator opens and closes accounts and grants nothing; the security administrator grants and opens no
account; the audit administrator only reads. What concerns an administrator is done by two of the others.
"""

from datetime import date

from dangwu.access.models import Account, Administration
from dangwu.foundation.actors import Actor, CommandLine
from dangwu.foundation.imports.keepers import Keepers

DUTIES = Administration.Duty
APPOINTERS = Keepers(duty=DUTIES.SECURITY)
"""Who brings lists of appointments in, and takes them out."""


def keeps_accounts(*, by: Actor, **_: object) -> bool:
    return by.holds(DUTIES.SYSTEM)


def keeps_account(*, by: Actor, account: Account, on: date, **_: object) -> bool:
    """Whether the actor keeps this account; those of administrators nobody keeps alone, but for the machine itself."""
    return by.holds(DUTIES.SYSTEM) and (isinstance(by, CommandLine) or not is_administrator(account, on))


def keeps_second_factor(*, by: Actor, account: Account, on: date, **_: object) -> bool:
    """Who resets a password never lifts a second factor: taking an account over takes two."""
    return by.holds(DUTIES.SECURITY) and (isinstance(by, CommandLine) or not is_administrator(account, on))


def keeps_appointments(*, by: Actor, **_: object) -> bool:
    return by.holds(DUTIES.SECURITY)


def may_appoint(*, by: Actor, account: Account, **_: object) -> bool:
    return by.holds(DUTIES.SECURITY) and not is_self(by=by, account=account)


def is_self(*, by: Actor, account: Account, **_: object) -> bool:
    return by.key == f"account:{account.pk}"


def may_end_sessions(*, by: Actor, account: Account, **_: object) -> bool:
    return is_self(by=by, account=account) or by.holds(DUTIES.SYSTEM)


def is_at_the_machine(*, by: Actor, **_: object) -> bool:
    return isinstance(by, CommandLine)


def is_administrator(account: Account, on: date) -> bool:
    """Whether the account is an administrator's on a day, or will be one later."""
    return Administration.objects.filter(account=account, valid_until__gt=on).exists()
