"""A month as a page: what is alike is put together, everything opens its page, nobody sees more than elsewhere."""

import re
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from dangwu.access.models import Account
from dangwu.compliance.living.tests.living import TODAY, hold, living
from dangwu.duties.services.setting import hand_on, open_campaign, set_measure
from dangwu.foundation.actors import CommandLine
from dangwu.foundation.deeds import Deed, doing
from dangwu.members.models import Membership
from dangwu.members.services.accounts import link_account
from dangwu.organisations.models import Term
from dangwu.records.services.planning import call_activity, plan_activity
from dangwu.records.told import Told
from dangwu.workbench.calendar.gathering import Entry, Sight
from dangwu.workbench.calendar.months import month_asked
from tests.accounts import account, actor, appointed, sign_in
from tests.cast import COMMITTEE, OFFICE, PERSONNEL, Bureau

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]
BY = CommandLine("cast")


@pytest.fixture(autouse=True)
def _on_the_day() -> Any:  # noqa: ANN401 - a generator that pytest drives
    with time_machine.travel(f"{TODAY}T09:00:00+08:00", tick=False):
        yield


@pytest.fixture
def place() -> Bureau:
    return living()


def of(place: Bureau, where: str, role: str = "clerk") -> Account:
    return appointed(place.standings[where].organisation, role=role, username=role)


def told(who: Account, month: str = "2026-08", *kinds: str) -> list[Entry]:
    sight = Sight(actor(who, TODAY), month_asked(month, TODAY).span)
    return [entry for entry in sight.entries() if not kinds or entry.kind in kinds]


def planned(place: Bureau, where: str, kind: str, day: date) -> Any:  # noqa: ANN401 - an Activity
    organisation = place.standings[where].organisation
    return plan_activity(by=BY, organisation=organisation, told=Told(kind=kind, held_on=day, topic="主题"), today=TODAY)


def text(response: Any) -> str:  # noqa: ANN401 - what the test client answers
    return re.sub(r"\s+", " ", response.content.decode())


def test_a_committee_reads_one_line_for_all_its_branches_and_a_branch_its_own(place: Bureau) -> None:
    clerk, secretary = of(place, COMMITTEE), of(place, OFFICE, "secretary")
    (many,) = (entry for entry in told(clerk, "2026-08", "deadline") if "theme-day" in entry.key)
    (one,) = (entry for entry in told(secretary, "2026-08", "deadline") if "theme-day" in entry.key)
    assert (many.day, many.title) == (date(2026, 8, 31), "主题党日每月开展一次：3 个党组织")
    assert "overview" in many.url
    assert one.url == reverse("branch-duty", args=[place.place(OFFICE), "theme-day-each-month", "2026-08"])


def test_what_was_done_is_no_deadline_any_more(place: Bureau) -> None:
    hold(place, OFFICE, "theme_day", "2026-08-03", expected=8, present=8)
    entries = told(of(place, OFFICE, "secretary"), "2026-08")
    assert [entry.note for entry in entries if entry.kind == "activity"] == ["已办结"]
    assert not any("theme-day" in entry.key for entry in entries)


def test_activities_alike_on_a_day_stand_together_and_open_their_list(place: Bureau) -> None:
    for where in (OFFICE, PERSONNEL):
        planned(place, where, "general_assembly", date(2026, 8, 20))
    planned(place, OFFICE, "committee_meeting", date(2026, 8, 20))
    entries = told(of(place, COMMITTEE), "2026-08", "activity")
    assert [entry.title for entry in entries] == [f"支部委员会会议 {OFFICE}", "党员大会 2 次"]
    assert "since=2026-08-20" in entries[1].url


def test_confidential_talks_are_on_nobodys_calendar(place: Bureau) -> None:
    hold(place, OFFICE, "heart_to_heart_talk", "2026-08-03")
    assert told(of(place, OFFICE, "secretary"), "2026-08", "activity") == []


def test_terms_probations_and_tasks_stand_on_their_days(place: Bureau) -> None:
    clerk = of(place, COMMITTEE)
    with doing(Deed("test", BY)):
        mine = {"organisation": place.place(OFFICE)}
        Term.objects.unscoped("a test").filter(**mine).update(until=date(2026, 8, 20))
        rows = Membership.objects.unscoped("a test").filter(person=place.people["谷雨"])
        rows.update(kind=Membership.Kind.PROBATIONARY, joined_on=date(2025, 8, 21))
    committee, days = place.standings[COMMITTEE].organisation, (date(2026, 8, 1), date(2026, 8, 22))
    campaign = open_campaign(
        by=actor(clerk), organisation=committee, name="学习", starts_on=days[0], ends_on=days[1], on=TODAY
    )
    measure = set_measure(by=actor(clerk), campaign=campaign, title="查摆问题", due_on=days[1], on=TODAY)
    hand_on(by=actor(clerk), task=measure, organisations=[place.place(OFFICE), place.place(PERSONNEL)], on=TODAY)
    entries = told(clerk, "2026-08", "term", "probation", "task")
    assert [entry.named or entry.title for entry in entries] == [
        f"{OFFICE}届满",
        "谷雨预备期满",
        "查摆问题：2 个党组织",
    ]


def test_a_member_without_a_post_sees_what_he_was_called_to(place: Bureau) -> None:
    who, person = account("member"), place.people["谷雨"]
    link_account(by=BY, person=person, version=person.version, account=who, on=TODAY)
    called = planned(place, OFFICE, "general_assembly", date(2026, 8, 20))
    planned(place, OFFICE, "committee_meeting", date(2026, 8, 21))
    assert told(who) == []
    call_activity(by=BY, activity=called, today=TODAY)
    assert [(entry.kind, entry.url) for entry in told(who)] == [("mine", reverse("activity", args=[called.pk]))]


def test_the_page_marks_holidays_and_days_worked_instead(client: Client, place: Bureau) -> None:
    sign_in(client, of(place, COMMITTEE))
    page = text(client.get(reverse("calendar"), {"month": "2026-10"}))
    assert 'month-rest">休' in page
    assert 'month-rest">班' in page
    assert "放假安排尚未录入" in text(client.get(reverse("calendar"), {"month": "2031-10"}))


def test_filters_narrow_and_go_with_the_month(client: Client, place: Bureau) -> None:
    sign_in(client, of(place, COMMITTEE))
    asked: dict[str, str | int] = {"month": "2026-08", "under": place.place(PERSONNEL), "kind": "deadline"}
    page = client.get(reverse("calendar"), asked).content.decode()
    assert f"/organisations/{place.place(PERSONNEL)}/life/theme-day-each-month/2026-08/" in page
    assert f"/organisations/{place.place(OFFICE)}/" not in page
    assert re.search(r'href="\?[^"]*kind=deadline[^"]*month=2026-09"', page)


def test_what_is_no_month_is_taken_for_this_one_and_the_ends_have_no_way_on(client: Client, place: Bureau) -> None:
    sign_in(client, of(place, COMMITTEE))
    for month in ("abc", "2026Q3", "0001-01", "2026-13"):
        assert "2026年8月" in text(client.get(reverse("calendar"), {"month": month, "kind": "x", "under": "y"}))
    assert "上一月" not in text(client.get(reverse("calendar"), {"month": "2000-01"}))


def test_every_entry_opens_its_page(client: Client, place: Bureau) -> None:
    planned(place, OFFICE, "general_assembly", date(2026, 8, 20))
    planned(place, PERSONNEL, "general_assembly", date(2026, 8, 20))
    clerk = of(place, COMMITTEE)
    sign_in(client, clerk)
    assert {client.get(entry.url).status_code for entry in told(clerk)} == {200}


def test_a_fuller_month_costs_no_more_queries(
    place: Bureau, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    clerk = of(place, COMMITTEE)
    for day in range(1, 15):
        place.held(OFFICE, "theme_day", f"2026-08-{day:02}")
    with django_assert_max_num_queries(10):
        assert len(told(clerk)) > 14
