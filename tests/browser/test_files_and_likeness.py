"""Files at an activity, minutes that repeat others, and the search page: as they are seen, on a phone and on a desk."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import FilePayload, Page, expect

from dangwu.access.models import Account
from dangwu.foundation.actors import CommandLine
from dangwu.records.models import Activity
from dangwu.records.services.minuting import conclude_activity, minute_activity
from dangwu.records.tests.test_likeness import CHANGED, STUDY
from dangwu.records.told import Told
from tests.accounts import account, appointed
from tests.browser.conftest import Look
from tests.browser.walking import opened_as
from tests.browsing import Live
from tests.cast import COMMITTEE, OFFICE, PERSONNEL, Bureau, bureau

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BY, TODAY = CommandLine("test"), date(2026, 5, 12)
WIDTHS = pytest.mark.parametrize("width", [375, 1280])


@pytest.fixture
def place(live: Live) -> Bureau:  # noqa: ARG001 - its database is the one that the site uses
    return bureau()


@pytest.fixture
def secretary(place: Bureau) -> Account:
    return appointed(place.standings[OFFICE].organisation, role="secretary", who=account("secretary", "钟正"))


@pytest.fixture
def supervisor(place: Bureau) -> Account:
    return appointed(place.standings[COMMITTEE].organisation, role="supervisor", who=account("supervisor", "严明"))


def held(
    place: Bureau, where: str, day: int, minutes: str, write: Callable[..., Activity] = conclude_activity
) -> Activity:
    told = Told(kind="general_assembly", held_on=date(2026, 5, day), topic="讨论年度工作", minutes=minutes)
    return write(by=BY, organisation=place.standings[where].organisation, told=told, today=TODAY)


def in_both_lights(page: Page, look: Look, name: str) -> None:
    look(page, name)
    page.emulate_media(color_scheme="dark")
    look(page, f"{name}-dark")


@WIDTHS
def test_a_secretary_is_asked_about_a_text_that_is_there_already(
    live: Live, place: Bureau, secretary: Account, look: Look, width: int
) -> None:
    with time_machine.travel("2026-05-12T10:30:00+08:00", tick=True):
        held(place, OFFICE, 9, STUDY)
        waits = held(place, OFFICE, 10, CHANGED, minute_activity)
        page = opened_as(live, secretary, reverse("activity-minutes", args=[waits.pk]), width=width)
        page.get_by_role("button", name="办结", exact=True).click()
        expect(page.locator(".alert")).to_contain_text("与 5月9日 的记录有")
        live.faults.clear()  # the browser tells of the 422
        page.locator(".likeness summary").click()
        in_both_lights(page, look, "likeness-asked")
        page.get_by_role("button", name="办结", exact=True).click()
        expect(page.locator(".messages")).to_contain_text("已办结")
        page.get_by_text("看一看相同的段落").click()
        in_both_lights(page, look, "likeness-read")


@WIDTHS
def test_a_supervisor_has_a_list(live: Live, place: Bureau, supervisor: Account, look: Look, width: int) -> None:
    with time_machine.travel("2026-05-12T10:30:00+08:00", tick=True):
        held(place, OFFICE, 9, STUDY)
        held(place, PERSONNEL, 10, CHANGED)
        page = opened_as(live, supervisor, reverse("activities"), width=width)
        page.get_by_role("link", name="内容相近的记录").click()
        expect(page.locator("main")).to_contain_text("人事处党支部")
        in_both_lights(page, look, "likeness-list")


@WIDTHS
def test_files_are_put_to_an_activity(live: Live, place: Bureau, secretary: Account, look: Look, width: int) -> None:
    with time_machine.travel("2026-05-12T10:30:00+08:00", tick=True):
        kept = held(place, OFFICE, 9, STUDY)
        page = opened_as(live, secretary, reverse("activity", args=[kept.pk]), width=width)
        page.get_by_role("link", name="添加附件").click()
        page.locator("input[type=file]").set_input_files(
            FilePayload(name="签到表.txt", mimeType="text/plain", buffer="签到".encode())
        )
        look(page, "attachments-form")
        page.get_by_role("button", name="上传").click()
        expect(page.locator(".messages")).to_contain_text("已上传 1 个附件")
        page.goto(reverse("activity", args=[kept.pk]))
        expect(page.locator(".attachments")).to_contain_text("签到表.txt")
        in_both_lights(page, look, "attachments")


@WIDTHS
def test_the_search_page(live: Live, place: Bureau, supervisor: Account, look: Look, width: int) -> None:
    with time_machine.travel("2026-05-12T10:30:00+08:00", tick=True):
        held(place, OFFICE, 9, STUDY)
        page = opened_as(live, supervisor, reverse("search") + "?q=材料", width=width)
        expect(page.locator(".search-hits mark").first).to_contain_text("材料")
        in_both_lights(page, look, "search")
        page.goto(reverse("search") + "?q=没有这个")
        look(page, "search-nothing")
