"""A committee looks where the few are that need help, finds out why, says what it finds, and drafts a reminder."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from dangwu.compliance.living.tests.living import living
from dangwu.notices.models import Notice
from tests.accounts import appointed
from tests.browser.test_people_pages import sweep
from tests.browser.walking import fill_in, follow, opened_as, send
from tests.browsing import Live
from tests.cast import COMMITTEE, OFFICE, Bureau

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RULE = "branch-needs-three-full-members"


def world() -> Bureau:
    """The bureau, judged today."""
    return living(timezone.localdate())


def test_a_supervisor_goes_from_the_sentence_to_the_reason_and_decides(live: Live) -> None:
    place = world()
    page = opened_as(live, appointed(place.standings[COMMITTEE].organisation))
    expect(page.locator(".home-sentence").first).to_be_visible()
    page.goto(live.url + reverse("overview"))
    expect(page.locator(".glance-sentence")).to_contain_text("3 个支部")
    page.locator(".square a").filter(has_text="主题党日每月开展一次").first.click()
    expect(page.get_by_role("heading", name="没有做到的")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="主题党日每月开展一次").first.click()
    follow(page, "作出认定")
    page.get_by_label("认定为已完成").check()
    fill_in(page, {"理由": "已见到原始记录"})
    send(page, "认定", "已办理：作出认定")
    expect(page.get_by_role("main")).to_contain_text("经上级认定为已完成：已见到原始记录")


def test_a_reminder_is_drafted_and_waits_for_a_person(live: Live) -> None:
    place = world()
    page = opened_as(live, appointed(place.standings[COMMITTEE].organisation), reverse("remind"), width=375)
    page.get_by_role("button", name="拟成提醒").click()
    expect(page.locator(".messages")).to_contain_text("还没有发出")
    assert Notice.objects.of(organisation=place.place(COMMITTEE)).get().sent_at is None


def test_every_page_of_verdicts_is_sound(live: Live) -> None:
    place = world()
    office, committee = place.place(OFFICE), place.standings[COMMITTEE].organisation
    duty = [office, "theme-day-each-month", f"{timezone.localdate().year}-01"]
    paths = [reverse(name) for name in ("home", "overview", "overview-levels", "remind")]
    paths += [f"{reverse('overview')}?all=on", f"{reverse('overview')}?as=print"]
    paths += [reverse("overview-duty", args=["theme-day-each-month"]), reverse("branch", args=[office])]
    paths += [reverse(f"branch-{name}", args=duty) for name in ("duty", "answer", "overrule", "exempt")]
    assert sweep(live, appointed(committee), paths) == []
