"""One code of an authenticator app, sent to several workers at once, lets one of them in."""

from functools import partial

import pytest
from allauth.mfa.models import Authenticator as Kept

from dangwu.access.adapters import SecondFactorAdapter
from dangwu.access.app_codes import use_code
from dangwu.access.models import LastCode
from tests.accounts import account
from tests.authenticator import Authenticator
from tests.faults.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)

EIGHT = 8
APP = Authenticator("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")


@pytest.mark.parametrize("was_used_before", [False, True])
def test_of_eight_who_send_one_code_one_is_let_in(*, was_used_before: bool) -> None:
    who, secret = account("guyu"), SecondFactorAdapter().encrypt(APP.secret)
    kept = Kept.objects.create(user=who, type="totp", data={"secret": secret})
    if was_used_before:
        LastCode.objects.create(account=who, step=1)
    answers = at_once([partial(use_code, kept, APP.code())] * EIGHT)
    assert sorted(answers) == [False] * (EIGHT - 1) + [True]
