"""A clerk ends a group on its page: first it says who goes where, and for half a minute it can be taken back."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dangwu.foundation.audit.models import AuditEntry
from dangwu.members.models import Affiliation, Person
from dangwu.members.services.lines import transfer_person
from dangwu.members.services.posts import take_post
from dangwu.members.tests.accounts import signed_in, somebody
from dangwu.members.tests.conftest import BY, FOUNDED, House
from dangwu.members.tests.sending import in_two_steps, messages_on, send
from dangwu.organisations.models import Group
from dangwu.organisations.services.keeping import form_group

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]
SINCE, WHY = FOUNDED + timedelta(days=1), "两个小组合为一个"


@pytest.fixture
def secretary(house: House) -> Client:
    return signed_in(somebody("secretary", house.office, role="secretary"))


@pytest.fixture
def first(house: House) -> Group:
    return form_group(by=BY, organisation=house.office, name="第一党小组", on=FOUNDED)


@pytest.fixture
def second(house: House) -> Group:
    return form_group(by=BY, organisation=house.office, name="第二党小组", on=FOUNDED)


@pytest.fixture
def zhong(house: House, first: Group) -> Person:
    person = house.register("钟正", house.office)
    transfer_person(by=BY, person=person, organisation=house.office, group=first, on=SINCE)
    take_post(by=BY, person=person, organisation=house.office, kind="group_leader", group=first, on=SINCE)
    return person


def page(group: Group) -> str:
    return reverse("group-disband", args=[group.organisation_id, group.pk])


def team(person: Person) -> Group | None:
    return Affiliation.objects.of(person=person).select_related("group").latest("valid_from").group


def ended(client: Client, group: Group, **told: object) -> tuple[list[str], HttpResponse]:
    return in_two_steps(client, page(group), version=group.version, reason=WHY, **told)


def test_it_says_first_who_goes_where(secretary: Client, zhong: Person, first: Group, second: Group) -> None:
    before, after = ended(secretary, first, heir=second.pk)
    assert before == [
        "2026年6月1日起，“第一党小组”撤销。",
        "1 人编入“第二党小组”：钟正。",
        "钟正担任的党小组组长同时结束。",
        "撤销之前各天的名册和小组保持原样。",
    ]
    assert after.status_code == 302
    assert team(zhong) == second
    assert AuditEntry.objects.latest("sequence").reason == WHY


def test_nothing_has_happened_before_it_is_confirmed(secretary: Client, zhong: Person, first: Group) -> None:
    entries = AuditEntry.objects.count()
    answer = send(secretary, page(first), on="2026-06-01", reason=WHY)
    assert "1 人留在本党组织，不再编入这个小组：钟正。" in answer.content.decode()
    assert (team(zhong), AuditEntry.objects.count()) == (first, entries)


def test_it_can_be_taken_back_for_half_a_minute(secretary: Client, zhong: Person, first: Group) -> None:
    _, after = ended(secretary, first)
    shown = secretary.get(after["Location"])
    (said,) = shown.context["messages"]
    assert (said.message, team(zhong)) == ("“第一党小组”已撤销。", None)
    secretary.post(said.extra_tags, {"idempotency_key": uuid4()})
    first.refresh_from_db()
    assert first.is_open
    assert team(zhong) == first


def test_whoever_changed_it_meanwhile_is_not_overruled_unseen(secretary: Client, first: Group) -> None:
    answer = secretary.post(page(first), {**form_of(secretary, first), "version": first.version + 1})
    assert answer.status_code == 409
    first.refresh_from_db()
    assert first.is_open


def form_of(client: Client, group: Group) -> dict[str, object]:
    given = client.get(page(group)).context["form"].initial
    return {"idempotency_key": given["idempotency_key"], "on": "2026-06-01", "reason": WHY}


def test_without_a_reason_it_asks_for_one(secretary: Client, first: Group) -> None:
    answer = send(secretary, page(first), on="2026-06-01", reason="")
    assert answer.status_code == 422
    assert "请填写理由。" in answer.content.decode()


def test_the_organisation_leads_there_and_no_more_once_its_end_is_known(
    secretary: Client, house: House, first: Group
) -> None:
    there = reverse("organisation", args=[house.office.pk])
    assert page(first) in secretary.get(there).content.decode()
    _, after = ended(secretary, first, on=str(timezone.localdate() + timedelta(days=30)))
    shown = secretary.get(after["Location"])
    assert "起撤销。" in messages_on(shown)[0]
    assert first.name in shown.content.decode()
    assert page(first) not in shown.content.decode()
    assert secretary.get(page(first)).status_code == 404


def test_on_a_past_day_it_is_still_there(secretary: Client, house: House, first: Group) -> None:
    ended(secretary, first)
    there = reverse("organisation", args=[house.office.pk])
    assert [group.name for group in secretary.get(f"{there}?on=2026-05-31").context["groups"]] == ["第一党小组"]
    assert secretary.get(f"{there}?on={date(2026, 6, 1)}").context["groups"] == []
