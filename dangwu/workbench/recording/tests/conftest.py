"""The office of the cast, and its secretary at the pages of recording."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from dangwu.access.models import Account
from dangwu.foundation.actors import CommandLine
from dangwu.foundation.deeds import Deed, doing
from dangwu.organisations.models import Organisation
from dangwu.workbench.recording.forms import RecordForm
from tests.accounts import account, appointed, sign_in
from tests.cast import OFFICE, Bureau, bureau

TODAY = date(2026, 5, 12)
Typed = Callable[..., dict[str, Any]]


@pytest.fixture
def clock() -> Any:  # noqa: ANN401 - a generator that pytest drives
    with time_machine.travel("2026-05-12T10:30:00+08:00", tick=True):
        yield


@pytest.fixture
def place(clock: None) -> Bureau:  # noqa: ARG001 - everything happens on that day
    return bureau()


@pytest.fixture
def office(place: Bureau) -> Organisation:
    return place.standings[OFFICE].organisation


@pytest.fixture
def secretary(place: Bureau, office: Organisation) -> Account:
    """The secretary's account, which is his own on the roster too."""
    who = appointed(office, role="secretary", who=account("secretary", "钟正"))
    person = place.people["钟正"]
    person.account = who
    with doing(Deed("test", CommandLine("test"))):
        person.save()
    return who


@pytest.fixture
def page(secretary: Account) -> Client:
    return sign_in(Client(), secretary)


@pytest.fixture
def typed() -> Typed:
    """What the form of an assembly sends, with whatever else."""

    def telling(**more: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever is typed
        told = {"held_on": "2026-05-11", "place": "三楼会议室", "topic": "讨论年度工作", "then": "conclude"}
        return told | {"idempotency_key": str(uuid4())} | more

    return telling


def undone(page: Client, address: str, sent: dict[str, Any]) -> RecordForm:
    """The form to which the undo of what was sent leads."""
    shown = page.post(address, sent, follow=True).content.decode()
    way = re.search(r'action="(/undo/[^"]+)"', shown)
    assert way
    back = page.post(way[1], {"idempotency_key": str(uuid4()), "next": "/activities/1/"}, follow=True)
    assert "已撤回" in back.content.decode()
    form: RecordForm = back.context["form"]
    return form
