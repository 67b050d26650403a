"""A large site in which the secretary of a branch has signed in."""

from datetime import date
from typing import Any

from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone

from dangwu.access.models import Appointment
from dangwu.access.services.accounts import new_account
from dangwu.foundation.actors import CommandLine
from dangwu.foundation.deeds import Deed, doing
from dangwu.foundation.history import open_line
from dangwu.records.attending import attendees
from dangwu.records.standing import activity_kinds
from dangwu.workbench.bench.filling_members import Shape, fill_members
from dangwu.workbench.bench.page_site import BACKEND, HOST
from dangwu.workbench.services.filling import settle


def measure_here(members: str, affiliations: str) -> dict[str, Any]:
    """The session of a secretary, his branch, how many people belong to it, and the names of two of them."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    branch = fill_members(Shape(int(members), int(affiliations))).branches[0]
    with transaction.atomic(), doing(Deed("bench.fill", CommandLine("bench"), trial=True)):
        account = new_account(username="secretary", name="支部书记", on=date(2026, 1, 1))
        role = Appointment.Role.SECRETARY
        open_line(
            Appointment(unit_id=branch.unit_id, account=account, organisation_id=branch.organisation_id, role=role)
        )
    settle()
    client = Client(HTTP_HOST=HOST)
    client.force_login(account, backend=BACKEND)
    people = attendees(activity_kinds()["general_assembly"], branch, timezone.localdate())
    return {
        "cookies": {name: morsel.value for name, morsel in client.cookies.items()},
        "branch": branch.organisation_id,
        "people": len(people),
        "away": [one.person for one in people[-2:]],
    }
