"""A partner finds what waits for his word, gives it with one tap, and both see how it stands."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dangwu.organisations.models import Organisation
from dangwu.records.models import Activity, Partner, Service
from dangwu.workbench.recording.tests.conftest import Typed
from tests.accounts import appointed, sign_in
from tests.cast import OFFICE, PERSONNEL, Bureau

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]
WAITS, ASKED = "待对方确认", "待确认的联办活动"


@pytest.fixture
def held(place: Bureau, page: Client, office: Organisation, typed: Typed) -> Activity:
    """What the office says that it held with the personnel branch."""
    partners = {"partners_text": [PERSONNEL], "partners_key": [str(place.place(PERSONNEL))]}
    page.post(reverse("record", args=[office.pk, "theme_day"]), typed(**partners))
    return Activity.objects.unscoped("a test").get()


@pytest.fixture
def partner(place: Bureau) -> Client:
    who = appointed(place.standings[PERSONNEL].organisation, role="secretary", username="personnel")
    return sign_in(Client(), who)


def shown(client: Client, name: str, *arguments: Any) -> str:  # noqa: ANN401 - the arguments of any address
    return client.get(reverse(name, args=arguments)).content.decode()


def answered(client: Client, held: Activity, how: str) -> str:
    """The page after the answer that stands on the page of the activity."""
    (asked,) = (each for each in client.get(reverse("activity", args=[held.pk])).context["partners"] if each.form)
    sent = {name: asked.form[name].value() for name in ("idempotency_key", "version")} | {"answer": how}
    response = client.post(reverse("partner-answer", args=[asked.row.pk]), sent, follow=True)
    assert client.post(reverse("partner-answer", args=[asked.row.pk]), sent).status_code == 302
    return response.content.decode()


def test_both_see_that_it_waits(place: Bureau, page: Client, partner: Client, held: Activity) -> None:
    assert WAITS in shown(page, "activity", held.pk)
    assert "确认共同开展" not in shown(page, "activity", held.pk)
    assert WAITS in shown(partner, "organisation-activities", place.place(PERSONNEL))
    assert f"{OFFICE}记录，与{PERSONNEL}共同开展" in shown(partner, "home")
    assert ASKED in shown(partner, "branch", place.place(PERSONNEL))
    assert ASKED not in shown(page, "home")


def test_one_tap_confirms_and_nobody_is_asked_again(
    place: Bureau, page: Client, partner: Client, held: Activity
) -> None:
    assert "已确认，这次活动也计入本组织。" in answered(partner, held, "confirm")
    assert Service.objects.of(activity=held).filter(organisation=place.place(PERSONNEL)).count() == 1
    assert WAITS not in shown(page, "activity", held.pk)
    assert ASKED not in shown(partner, "home")


def test_whoever_took_no_part_says_so(partner: Client, held: Activity) -> None:
    assert "不再列为联办" in answered(partner, held, "decline")
    assert not Partner.objects.of(activity=held).exists()


def test_what_waits_can_be_listed(page: Client, partner: Client, held: Activity) -> None:
    address = reverse("activities") + "?joint=waiting"
    assert "讨论年度工作" in page.get(address).content.decode()
    answered(partner, held, "confirm")
    assert "讨论年度工作" not in page.get(address).content.decode()
