"""Codes of authenticator apps are good once, whichever worker they come to: RFC 6238, section 5.2."""

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.db import IntegrityError, transaction

from dangwu.access.adapters import SecondFactorAdapter
from dangwu.access.models import LastCode


def use_code(authenticator: Authenticator, code: str) -> bool:
    """Use up a code that is valid now. False where it, or a later one, was used before."""
    secret = SecondFactorAdapter().decrypt(authenticator.data["secret"])
    steps = [step for step in yield_hotp_counters_from_time() if _is_of(secret, step, code)]
    return bool(steps) and _take(authenticator.user_id, steps[-1])


def spend_code(account: int, secret: str, code: str) -> None:
    """Use up a code with which an app was set up: it must not sign in once more."""
    for step in yield_hotp_counters_from_time():
        if _is_of(secret, step, code):
            _take(account, step)


def _is_of(secret: str, step: int, code: str) -> bool:
    return bool(compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))))


def _take(account: int, step: int) -> bool:
    if LastCode.objects.filter(account=account, step__lt=step).update(step=step):
        return True
    try:
        with transaction.atomic():
            LastCode(account_id=account, step=step).save(force_insert=True)
    except IntegrityError:
        return False
    return True
