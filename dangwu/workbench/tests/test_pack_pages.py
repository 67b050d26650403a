"""The clerk of the committee at the head chooses the packs on a page; the others find none."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from dangwu.compliance.living.tests.living import living
from dangwu.compliance.services.packs import packs_of
from tests.accounts import appointed, sign_in
from tests.cast import COMMITTEE, OFFICE, Bureau

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]


@pytest.fixture
def place() -> Bureau:
    return living()


@pytest.fixture
def clerk(place: Bureau) -> Client:
    return sign_in(Client(), appointed(place.standings[COMMITTEE].organisation))


def test_the_rulebook_leads_to_the_packs_and_says_which_are_on(place: Bureau, clerk: Client) -> None:
    url = reverse("rule-packs", args=[place.place(COMMITTEE)])
    assert url in clerk.get(reverse("rules")).content.decode()
    fields = {"idempotency_key": str(uuid4()), "chosen": ["tianjin"], "reason": "津机关工委〔2021〕3号"}
    assert clerk.post(url, fields).status_code == 302
    assert packs_of(place.unit.pk) == ("tianjin",)
    assert "还按 《天津市机关党员干部下沉社区入列轮值工作办法（试行）》" in clerk.get(reverse("rules")).content.decode()


def test_without_a_reason_the_page_says_what_is_missing(place: Bureau, clerk: Client) -> None:
    fields = {"idempotency_key": str(uuid4()), "chosen": ["tianjin"], "reason": ""}
    answer = clerk.post(reverse("rule-packs", args=[place.place(COMMITTEE)]), fields)
    assert answer.status_code == 422
    assert packs_of(place.unit.pk) == ()


def test_a_secretary_of_a_branch_finds_no_such_page(place: Bureau) -> None:
    secretary = sign_in(Client(), appointed(place.standings[OFFICE].organisation, role="secretary"))
    assert secretary.get(reverse("rule-packs", args=[place.place(OFFICE)])).status_code == 404
    assert "选用规则包" not in secretary.get(reverse("rules")).content.decode()
