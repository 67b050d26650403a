"""A member and a leading cadre look at their own year: what is asked of them, where they were, what counts and why."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from dangwu.access.models import Account
from dangwu.compliance.living.tests.living import BY, do, hold, living
from dangwu.members.models import Person
from dangwu.members.services.accounts import link_account
from dangwu.records.services.minuting import conclude_activity
from dangwu.records.told import Told, Whom
from tests.accounts import account
from tests.browser.test_people_pages import sweep
from tests.browser.walking import follow, opened_as
from tests.browsing import Live
from tests.cast import OFFICE, PERSONNEL, Bureau

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def yesterday() -> date:
    return timezone.localdate() - timedelta(days=1)


@pytest.fixture
def place(live: Live) -> Bureau:  # noqa: ARG001 - its database is the one that the site uses
    """The bureau yesterday: 白露, a head of the unit, was at her branch and lectured at another; 谷雨 was away."""
    today, place = timezone.localdate(), living(timezone.localdate(), packs=("practice",))
    head = Person.objects.of(pk=place.people["白露"].pk).get()
    head.unit_post = "副局长"
    do(head.save)
    hold(place, OFFICE, "theme_day", str(yesterday()), expected=8, present=7, absent=["谷雨"])
    told = Told(
        kind="party_lecture",
        held_on=yesterday(),
        topic="树立正确政绩观",
        hours=Decimal(2),
        lecturer=Whom("白露", head.pk),
    )
    where = place.standings[PERSONNEL].organisation
    do(lambda: conclude_activity(by=BY, organisation=where, told=told, today=today))
    return place


def signed_in(place: Bureau, name: str) -> Account:
    person = Person.objects.of(pk=place.people[name].pk).get()
    told = account(f"mine{person.pk}", name=name)
    link_account(by=BY, person=person, version=person.version, account=told, on=yesterday())
    return told


def open_own_year(live: Live, who: Account) -> Page:
    return opened_as(live, who, f"{reverse('my-activities')}?year={yesterday().year}", width=375)


def test_a_leading_cadre_finds_what_counts_and_reads_where_he_lectured(live: Live, place: Bureau) -> None:
    page = open_own_year(live, signed_in(place, "白露"))
    page.locator("details.duty-done summary").click()
    expect(page.locator("details.duty-done")).to_contain_text("讲党课 1 次，达到通常的 1 次")
    expect(page.locator("details.duty-done")).to_contain_text("参加所在党支部组织生活 1 次")
    expect(page.get_by_role("main")).to_contain_text("✓ 主讲，2 学时")
    follow(page, "党课")
    expect(page.get_by_role("main")).to_contain_text("树立正确政绩观")


def test_a_member_finds_where_he_was_and_nothing_that_is_asked_of_others(live: Live, place: Bureau) -> None:
    page = open_own_year(live, signed_in(place, "谷雨"))
    expect(page.get_by_role("main")).to_contain_text("缺席")
    expect(page.get_by_role("main")).not_to_contain_text("领导干部")
    follow(page, "主题党日")
    expect(page.get_by_role("main")).to_contain_text(OFFICE)


@pytest.mark.parametrize("name", ["白露", "谷雨"])
def test_every_page_of_ones_own_is_sound(live: Live, place: Bureau, name: str) -> None:
    paths = [reverse(each) for each in ("home", "mine", "my-activities", "notices", "calendar", "talks", "rules")]
    assert sweep(live, signed_in(place, name), paths) == []
