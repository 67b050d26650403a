"""The bureau of the cast with a year of its office, and people who look at it."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from dangwu.compliance.living.catching_up import advance, begin
from tests.accounts import appointed, sign_in
from tests.cast import COMMITTEE, OFFICE, Bureau, bureau

NOON = datetime(2026, 12, 1, 12, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def place() -> Bureau:
    """An assembly in spring, a theme day, a talk of which a ledger told too much."""
    made = bureau()
    made.held(OFFICE, "general_assembly", "2026-05-09", topic="讨论年度计划", expected=8, present=7, absent=("谷雨",))
    made.held(OFFICE, "theme_day", "2026-03-20", topic="学习", expected=8, present=8, hours=Decimal("1.5"))
    made.held(OFFICE, "heart_to_heart_talk", "2026-04-01", topic="家中老人病重", took_part=("白露",))
    return made


def judged(made: Bureau, on: date) -> None:
    """Have the bureau judged as it lives, on a day for the first time."""
    begin(made.unit.pk, day=on)
    advance(made.unit.pk, on)


@pytest.fixture
def visiting(place: Bureau) -> Callable[..., Client]:
    """Somebody with a role at an organisation, signed in on 1 December."""

    def visit(where: str = OFFICE, role: str = "secretary") -> Client:
        account = appointed(place.standings[where].organisation, role=role, username=f"{role}-{place.place(where)}")
        return sign_in(Client(), account)

    return visit


@pytest.fixture(autouse=True)
def _december() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def secretary(visiting: Callable[..., Client]) -> Client:
    return visiting()


@pytest.fixture
def clerk(visiting: Callable[..., Client]) -> Client:
    return visiting(COMMITTEE, "clerk")
