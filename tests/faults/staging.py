"""The task of a child that makes a site: its tables, some organisations, and two clerks who are signed in."""

import json

from django.core.management import call_command
from django.db import connections
from django.test import Client

from tests.accounts import appointed, sign_in
from tests.faults.child import say
from tests.faults.stage import set_stage


def stage() -> None:
    """Tell where to write, and the cookies of a clerk and of somebody whom the site must note as seen again."""
    call_command("migrate", verbosity=0)
    made = set_stage()
    committee = made.committee
    clerk, idler = (sign_in(Client(), appointed(to=committee, username=name)).session for name in ("clerk", "idler"))
    idler["seen_at"] -= 300
    idler.save()
    connections.close_all()
    places = {"parent": committee.pk, "office": made.office.pk}
    say("stage", json.dumps(places | {"clerk": clerk.session_key, "idler": idler.session_key}))
