"""Talks are recorded without a draft, read by those concerned, and appear nowhere else."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from dangwu.foundation.actors import CommandLine
from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.deeds import Deed, doing
from dangwu.organisations.models import Organisation
from dangwu.records.models import Activity, Draft, Talk
from tests.accounts import account, sign_in
from tests.cast import Bureau

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]
SECRET = "孩子升学的事放心不下"


@pytest.fixture
def talk(place: Bureau, page: Client, office: Organisation) -> Talk:
    sent = {
        "idempotency_key": str(uuid4()),
        "held_on": "2026-05-11",
        "talker_key": place.people["严明"].pk,
        "talker": "严明",
        "partner_key": place.people["谷雨"].pk,
        "partner": "谷雨",
        "content": SECRET,
    }
    page.post(reverse("talk-record", args=[office.pk, "heart_to_heart_talk"]), sent)
    return Talk.objects.unscoped("a test").get()


def member(place: Bureau, name: str) -> Client:
    person = place.people[name]
    person.account = account(f"member{person.pk}", name=name)
    with doing(Deed("test", CommandLine("test"))):
        person.save()
    return sign_in(Client(), person.account)


def test_one_of_the_two_reads_it_and_that_is_logged(place: Bureau, talk: Talk) -> None:
    client, address = member(place, "谷雨"), reverse("talk", args=[talk.pk])
    assert SECRET not in client.get(address).content.decode()
    assert SECRET in client.post(address).content.decode()
    assert AuditEntry.objects.latest("sequence").verb == "talk.read"


def test_a_colleague_finds_nothing_of_it(place: Bureau, talk: Talk) -> None:
    client = member(place, "白露")
    assert client.get(reverse("talk", args=[talk.pk])).status_code == 404
    assert "谷雨" not in client.get(reverse("talks")).content.decode()
    assert client.get(reverse("activity", args=[talk.activity_id])).status_code == 404


def test_its_activity_names_nobody_even_to_the_secretary(page: Client, talk: Talk) -> None:
    words = page.get(reverse("activity", args=[talk.activity_id])).content.decode()
    assert "这次谈话已经开展并登记" in words
    assert not any(told in words for told in ("谷雨", "严明", SECRET))


def test_the_secretary_sees_with_whom_nobody_talked(page: Client, talk: Talk) -> None:
    waiting = page.get(reverse("talks")).context["waiting"]
    assert {person.name for person in waiting[0].people} == {"钟正", "文清", "白露", "夏至", "秋分", "冬青"}
    assert talk.partner.name == "谷雨"


def test_it_cannot_be_recorded_as_an_ordinary_activity(page: Client, office: Organisation) -> None:
    assert page.get(reverse("record", args=[office.pk, "heart_to_heart_talk"])).status_code == 404
    assert page.get(reverse("talk-record", args=[office.pk, "general_assembly"])).status_code == 404
    assert not Draft.objects.exists()
    assert not Activity.objects.unscoped("a test").exists()


def test_the_two_are_people_of_the_roster(place: Bureau, page: Client, office: Organisation) -> None:
    sent = {"idempotency_key": str(uuid4()), "held_on": "2026-05-11", "talker": "不知道谁", "content": SECRET}
    sent |= {"partner": "方圆", "partner_key": str(place.people["方圆"].pk)}
    response = page.post(reverse("talk-record", args=[office.pk, "heart_to_heart_talk"]), sent)
    assert response.status_code == 422
    assert "请从名册里选择一个人" in response.content.decode()
    assert not Talk.objects.unscoped("a test").exists()
