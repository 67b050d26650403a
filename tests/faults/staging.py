"""The task of a child that makes a site: its tables, some organisations, and a clerk who is signed in."""

import json

from django.core.management import call_command
from django.db import connections
from django.test import Client

from tests.accounts import appointed, sign_in
from tests.faults.child import say
from tests.faults.stage import set_stage


def stage() -> None:
    """Tell where to write, and the cookie of the clerk, who was last seen a few minutes ago."""
    call_command("migrate", verbosity=0)
    committee = set_stage().committee
    session = sign_in(Client(), appointed(to=committee, username="clerk")).session
    session["seen_at"] -= 300
    session.save()
    connections.close_all()
    say("stage", json.dumps({"parent": committee.pk, "cookie": session.session_key}))
