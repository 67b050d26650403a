"""A lively site with forty clerks signed in, and afterwards what of their records is there."""

from typing import Any

from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dangwu.foundation.actors import CommandLine
from dangwu.foundation.scope import Scope
from dangwu.organisations.models import BRANCH_KINDS
from dangwu.organisations.queries import highest, standings
from dangwu.records.models import Activity
from dangwu.workbench.bench.page_site import BACKEND, HOST, appoint_clerks
from dangwu.workbench.services.filling import fill_site, judge_all, settle

CLIENTS = 40
LISTS = ("members", "activities", "organisations-list", "notices", "home", "duty-tasks", "talks")
MARK = "并发记录"
"""How the topic of what is recorded begins."""


def measure_here(members: str) -> dict[str, Any]:
    """For each clerk the cookies, a branch of his own to record for, and the lists that he turns over."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    today = timezone.localdate()
    fill_site(by=CommandLine("bench"), members=int(members), today=today)
    judge_all(today)
    settle()
    top = highest(today).first()
    assert top is not None
    branches = standings(Scope.everything(today)).filter(kind__in=BRANCH_KINDS, organisation__dissolved_on=None)
    keys = list(branches.values_list("organisation", flat=True)[:CLIENTS])
    return {
        "clerks": [
            {"cookies": _cookies(account), "branch": key}
            for account, key in zip(appoint_clerks(top, CLIENTS), keys, strict=True)
        ],
        "lists": [reverse(name) for name in LISTS],
        "matrix": reverse("overview"),
    }


def _cookies(account: Any) -> dict[str, str]:  # noqa: ANN401 - an account
    """Those of somebody signed in who has seen a page with a form."""
    client = Client(HTTP_HOST=HOST)
    client.force_login(account, backend=BACKEND)
    client.get(reverse("home"))
    return {name: morsel.value for name, morsel in client.cookies.items()}


def kept_here() -> dict[str, Any]:
    """The topics of what was recorded under load, each as often as it is there."""
    rows = Activity.objects.unscoped("what the bench itself recorded").filter(topic__startswith=MARK)
    return {"topics": sorted(rows.values_list("topic", flat=True))}
