"""The feed: a secret address that is told once, shows what its owner sees at that moment, and ends with the account."""

import re
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from dangwu.access.models import Account, Appointment, CalendarFeed
from dangwu.access.services.accounts import disable_account, enable_account
from dangwu.access.services.feeds import renew_feed
from dangwu.compliance.living.tests.living import TODAY, living
from dangwu.foundation.actors import CommandLine
from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.deeds import Deed, doing
from dangwu.foundation.objections import ObjectionError, RefusedError
from dangwu.members.models import Membership
from dangwu.records.services.planning import plan_activity
from dangwu.records.told import Told
from tests.accounts import account, actor, appointed, cast_of_accounts, sign_in
from tests.cast import COMMITTEE, OFFICE, Bureau

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]
BY = CommandLine("cast")


@pytest.fixture(autouse=True)
def _on_the_day() -> Any:  # noqa: ANN401 - a generator that pytest drives
    with time_machine.travel(f"{TODAY}T09:00:00+08:00", tick=False):
        yield


@pytest.fixture
def place() -> Bureau:
    return living()


@pytest.fixture
def secretary(place: Bureau) -> Account:
    return appointed(place.standings[OFFICE].organisation, role="secretary", username="secretary")


def post(client: Client, name: str) -> Any:  # noqa: ANN401 - what the test client answers
    return client.post(reverse(name), {"idempotency_key": str(uuid4())}, follow=True)


def fetched(secret: str) -> Any:  # noqa: ANN401 - what the test client answers
    return Client().get(reverse("calendar-ics", args=[secret]))


def events(secret: str) -> list[Any]:
    return list(Calendar.from_ical(fetched(secret).content).walk("VEVENT"))


def shown_address(page: Any) -> str:  # noqa: ANN401 - what the test client answers
    found = re.search(r"/calendar/feed/([\w-]+)\.ics", page.content.decode())
    return found[1] if found else ""


def test_the_address_is_shown_once_and_only_its_digest_is_kept(client: Client, secretary: Account) -> None:
    sign_in(client, secretary)
    secret = shown_address(post(client, "calendar-feed"))
    assert fetched(secret).status_code == 200
    assert shown_address(client.get(reverse("calendar-feed"))) == ""
    assert secret not in CalendarFeed.objects.get(account=secretary).digest
    entry = AuditEntry.objects.order_by("-sequence")[0]
    assert (entry.verb, secret in entry.body) == ("account.renew_feed", False)


def test_a_new_address_voids_the_old_and_ending_it_voids_both(client: Client, secretary: Account) -> None:
    sign_in(client, secretary)
    first, second = (shown_address(post(client, "calendar-feed")) for _ in range(2))
    assert (fetched(first).status_code, fetched(second).status_code) == (404, 200)
    post(client, "calendar-feed-end")
    assert fetched(second).status_code == 404
    assert "已经停用" in post(client, "calendar-feed-end").content.decode()


def test_it_says_what_the_account_sees_at_that_moment(secretary: Account, place: Bureau) -> None:
    told = Told(kind="general_assembly", held_on=date(2026, 8, 20), topic="讨论某事", place="三楼会议室")
    plan_activity(by=BY, organisation=place.standings[OFFICE].organisation, told=told, today=TODAY)
    secret = renew_feed(by=actor(secretary), account=secretary, on=TODAY)
    (meeting,) = (each for each in events(secret) if each["dtstart"].dt == date(2026, 8, 20))
    assert (str(meeting["summary"]), str(meeting["location"])) == ("党员大会", "三楼会议室")
    with doing(Deed("test", BY)):
        Appointment.objects.unscoped("a test").update(valid_until=TODAY)
    assert events(secret) == []


def test_it_names_nobody_and_no_topic(place: Bureau, secretary: Account) -> None:
    with doing(Deed("test", BY)):
        rows = Membership.objects.unscoped("a test").filter(person=place.people["谷雨"])
        rows.update(kind=Membership.Kind.PROBATIONARY, joined_on=date(2025, 8, 21))
    told = Told(kind="general_assembly", held_on=date(2026, 8, 20), topic="讨论某事")
    plan_activity(by=BY, organisation=place.standings[OFFICE].organisation, told=told, today=TODAY)
    secret = renew_feed(by=actor(secretary), account=secretary, on=TODAY)
    said = " ".join(str(each["summary"]) for each in events(secret))
    assert ("预备期满：1 名" in said, "谷雨" in said, "讨论某事" in said) == (True, False, False)


def test_an_ended_account_has_no_feed_and_gets_none_back(secretary: Account) -> None:
    secret = renew_feed(by=actor(secretary), account=secretary, on=TODAY)
    system = actor(cast_of_accounts().system)
    closed = disable_account(by=system, account=Account.objects.get(pk=secretary.pk), reason="离职", on=TODAY)
    assert fetched(secret).status_code == 404
    enable_account(by=system, account=closed, reason="返回", on=TODAY)
    assert fetched(secret).status_code == 404


def test_whoever_needs_a_second_factor_has_no_feed(client: Client, place: Bureau) -> None:
    who = account("later")
    secret = renew_feed(by=actor(who), account=who, on=TODAY)
    guarded = appointed(place.standings[COMMITTEE].organisation, role="discipline_secretary", who=who)
    assert fetched(secret).status_code == 404
    with pytest.raises(ObjectionError, match="第二重验证"):
        renew_feed(by=actor(guarded), account=guarded, on=TODAY)
    assert "不能开通" in sign_in(client, guarded).get(reverse("calendar-feed")).content.decode()


def test_nobody_makes_an_address_for_somebody_else(secretary: Account) -> None:
    with pytest.raises(RefusedError):
        renew_feed(by=actor(account("other")), account=secretary, on=TODAY)
