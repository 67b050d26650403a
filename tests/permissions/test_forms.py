"""Every form of the site carries a key, so that it has one effect however often it is sent (tests/faults/test_posts.py
sends some eight times at once). A new address that takes a form without its key fails here.
"""

import pytest
from django.db import transaction
from django.urls import reverse

from tests.permissions.expectations import EXPECTED
from tests.permissions.world import PEOPLE, World, made_world

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]

REFUSED, TAKES_NONE = 400, 405
OF_ALLAUTH = {
    *("account_login", "account_reauthenticate", "mfa_authenticate", "mfa_reauthenticate"),
    *("mfa_reauthenticate_webauthn", "mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"),
}
"""Passwords and codes: what each is worth twice is tried in dangwu/access."""
ONLY_SHOWING = {"audit-export", "member-reveal", "own-copy", "talk"}
"""Sent again they show again, and that is logged again; nothing is changed by them."""
THE_SAME_AGAIN = {"appearance", "letters", "activity-files"}
"""What was chosen is chosen; a file that is there is not put there twice."""
INCOMPLETE = {"checks"}
"""Refused by the form, which lacks more than the key."""


def answer_to_keyless(world: World, name: str) -> int:
    """What the first who is let in is answered to a form without its key; whatever it did is taken back."""
    arguments, people = EXPECTED[name]
    who = next(each for each in PEOPLE if each in people)
    with transaction.atomic():
        answer = world.client(who).post(reverse(name, kwargs=dict(world.arguments.get(arguments, {}))), {})
        transaction.set_rollback(True)
    return answer.status_code


def test_no_form_is_taken_without_its_key() -> None:
    world = made_world()
    answers = {name: answer_to_keyless(world, name) for name, (_, people) in EXPECTED.items() if people}
    taken = {name for name, answer in answers.items() if answer not in {REFUSED, TAKES_NONE}}
    assert taken == OF_ALLAUTH | ONLY_SHOWING | THE_SAME_AGAIN | INCOMPLETE
