"""The button “撤回” beside what was just done."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dangwu.organisations.models import Standing
from tests.accounts import appointed, sign_in
from tests.cast import COMMITTEE, OFFICE, Bureau, bureau

pytestmark = pytest.mark.django_db

BUTTON = re.compile(r'action="(/undo/[0-9a-f-]{36}/)".*?name="next" value="([^"]+)"', re.DOTALL)


@pytest.fixture
def place() -> Bureau:
    return bureau()


@pytest.fixture
def clerk(client: Client, place: Bureau) -> Client:
    return sign_in(client, appointed(to=place.standings[COMMITTEE].organisation))


def renamed(clerk: Client, place: Bureau) -> str:
    """The page after the office was given another name."""
    today, standing = timezone.localdate(), place.standings[OFFICE]
    told = {"name": "秘书处党支部", "on": str(today), "version": standing.version, "idempotency_key": uuid4()}
    url = reverse("organisation-rename", args=[standing.organisation_id])
    return clerk.post(url, told, follow=True).content.decode()


def undone(clerk: Client, page: str) -> str:
    button = BUTTON.search(page)
    assert button
    told = {"idempotency_key": uuid4(), "next": button[2]}
    return clerk.post(button[1], told, follow=True).content.decode()


def names(place: Bureau) -> list[str]:
    rows = Standing.objects.unscoped("a test").filter(organisation=place.place(OFFICE))
    return list(rows.order_by("valid_from").values_list("name", flat=True))


def test_what_was_just_done_can_be_undone_where_it_is_said(clerk: Client, place: Bureau) -> None:
    page = renamed(clerk, place)
    assert "更名已登记。" in page
    assert names(place) == [OFFICE, "秘书处党支部"]
    shown = undone(clerk, page)
    assert "已撤回，恢复到办理之前。" in shown
    assert f"<h1>{OFFICE}</h1>" in shown.replace("\n", "")
    assert names(place) == [OFFICE]


def test_when_it_is_too_late_the_page_says_so(clerk: Client, place: Bureau) -> None:
    page = renamed(clerk, place)
    with time_machine.travel(timezone.now() + timedelta(seconds=31)):
        assert "已经超过半分钟" in undone(clerk, page)
    assert names(place) == [OFFICE, "秘书处党支部"]


def test_the_offer_to_one_is_none_to_another(clerk: Client, place: Bureau) -> None:
    page = renamed(clerk, place)
    other = sign_in(Client(), appointed(to=place.standings[COMMITTEE].organisation, username="other"))
    assert "不能再撤回" in undone(other, page)
    assert names(place) == [OFFICE, "秘书处党支部"]


def test_it_leads_to_no_other_site(clerk: Client, place: Bureau) -> None:
    button = BUTTON.search(renamed(clerk, place))
    assert button
    answer = clerk.post(button[1], {"idempotency_key": uuid4(), "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == reverse("home")
