"""A large site with people signed in, and how many queries each of its pages costs."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from statistics import median
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dangwu.access.models import Account, Appointment
from dangwu.access.services.accounts import new_account
from dangwu.foundation.actors import CommandLine
from dangwu.foundation.deeds import Deed, doing
from dangwu.foundation.history import open_line
from dangwu.members.models import Person
from dangwu.organisations.models import Standing
from dangwu.workbench.bench.filling_members import Filled, Shape, fill_members
from dangwu.workbench.bench.measuring import timed
from dangwu.workbench.bench.visiting import CLIENTS
from dangwu.workbench.services.filling import settle

HOST = "127.0.0.1"
EACH = 12  # addresses of one kind
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def measure_here(members: str, affiliations: str) -> dict[str, Any]:
    """Cookies of people who see the whole site; for each kind of page its addresses, and what one costs: queries, and
    seconds of this process's processor.
    """
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    filled = fill_members(Shape(int(members), int(affiliations)))
    settle()
    clients = [_signed_in(account) for account in appoint_clerks(filled.top, CLIENTS)]
    pages = _addresses(filled)
    return {
        "cookies": [_cookie(client) for client in clients],
        "pages": pages,
        "queries": {kind: _queries(clients[0], paths) for kind, paths in pages.items()},
        "seconds": {kind: _seconds(clients[0], paths) for kind, paths in pages.items()},
    }


def appoint_clerks(top: Standing, number: int) -> list[Account]:
    """People who keep the whole site."""
    with transaction.atomic(), doing(Deed("bench.fill", CommandLine("bench"), trial=True)):
        accounts = [new_account(username=f"bench{n}", name=f"干事{n}", on=date(2026, 1, 1)) for n in range(number)]
        for account in accounts:
            role = Appointment.Role.CLERK
            open_line(Appointment(unit_id=top.unit_id, account=account, organisation_id=top.organisation_id, role=role))
    return accounts


def _signed_in(account: Account) -> Client:
    client = Client(HTTP_HOST=HOST)
    client.force_login(account, backend=BACKEND)
    return client


def _cookie(client: Client) -> str:
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}"


def _addresses(filled: Filled) -> dict[str, list[str]]:
    places = [filled.top, filled.committee, *filled.branches[:: len(filled.branches) // EACH]]
    people = Person.objects.unscoped("a bench shows any of them").order_by("roster_row").values_list("pk", flat=True)
    return {
        "list": [f"{reverse('members')}?page={number}" for number in range(1, EACH + 1)],
        "tree": [reverse("organisations")] * EACH,
        "organisation": [reverse("organisation", args=[place.organisation_id]) for place in places][:EACH],
        "member": [reverse("member", args=[pk]) for pk in people[:EACH]],
    }


def _queries(client: Client, paths: Sequence[str]) -> int:
    """How many queries the page costs whoever has just looked at one of its kind."""
    client.get(paths[0])
    with CaptureQueriesContext(connection) as asked:
        client.get(paths[1])
    return len(asked)


def _seconds(client: Client, paths: Sequence[str]) -> float:
    return median(timed(partial(client.get, path))[0] for path in paths)
