"""A meeting recorded on a phone, with a slow line: how many taps and letters it takes, how much goes over the line."""

import gzip
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from urllib.parse import urlparse

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Locator, Page, Response, expect

from dangwu.access.models import Account
from tests.accounts import account, appointed, sign_in
from tests.browser.conftest import PICTURES, Look
from tests.browser.walking import opened_as
from tests.browsing import Live
from tests.cast import OFFICE, Bureau, bureau

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DELAY = 300  # milliseconds on the way
A_TAP, A_LETTER = 1.5, 1.0  # seconds of somebody who looks before he taps, and types Chinese on a phone
HEAD = 700  # bytes of a question and of the head of its answer


@dataclass
class Thumb:
    """Somebody at his phone: what he does is counted, and what goes over the line."""

    page: Page
    taps: int = 0
    letters: int = 0
    bytes: int = 0
    files: set[str] = field(default_factory=set)
    began: float = field(default_factory=monotonic)

    def listen(self) -> None:
        line = self.page.context.new_cdp_session(self.page)
        line.send("Network.enable")
        limits = {"offline": False, "latency": DELAY, "downloadThroughput": -1, "uploadThroughput": -1}
        line.send("Network.emulateNetworkConditions", limits)
        self.page.on("response", self._count)

    def _count(self, response: Response) -> None:
        """Files come compressed from a site, and once; what a page posts counts too."""
        posted, length = len(response.request.post_data or ""), int(response.headers.get("content-length", 0))
        path = urlparse(response.url).path
        if path.startswith("/static/"):
            length = 0 if path in self.files else _compressed(path.removeprefix("/static/"))
            self.files.add(path)
        self.bytes += HEAD + posted + length

    def tap(self, what: Locator) -> None:
        self.taps += 1
        what.click()

    def type(self, where: Locator, words: str) -> None:
        self.tap(where)
        self.letters += len(words)
        where.press_sequentially(words, delay=20)

    @property
    def seconds(self) -> float:
        """What it takes at human speed: what the program took, and what people take."""
        return monotonic() - self.began + self.taps * A_TAP + self.letters * A_LETTER


def _compressed(path: str) -> int:
    found = finders.find(path)
    assert isinstance(found, str)
    return len(gzip.compress(Path(found).read_bytes()))


@pytest.fixture
def place(live: Live) -> Bureau:  # noqa: ARG001 - its database is the one that the site uses
    return bureau()


@pytest.fixture
def secretary(place: Bureau) -> Account:
    office = place.standings[OFFICE].organisation
    return appointed(office, role="secretary", who=account("secretary", "钟正"))


def test_a_meeting_is_recorded_in_two_minutes_on_a_phone(
    live: Live, place: Bureau, secretary: Account, look: Look
) -> None:
    page = opened_as(live, secretary, reverse("rules"), width=375)
    thumb = Thumb(page)
    thumb.listen()
    page.goto(f"/organisations/{place.place(OFFICE)}/")
    thumb.began = monotonic()
    thumb.tap(page.get_by_role("link", name="记录活动"))
    thumb.tap(page.locator(".kind-ways a", has_text="党员大会").first)
    look(page, "record-opened")
    thumb.tap(page.locator(".chip-name", has_text="谷雨"))
    thumb.tap(page.get_by_label("谷雨缺席的原因").locator("label", has_text="病假"))
    thumb.tap(page.locator(".chip-name", has_text="冬青"))
    thumb.tap(page.get_by_label("冬青缺席的原因").locator("label", has_text="出差"))
    expect(page.locator("#said")).to_contain_text("实到 6")
    thumb.type(page.get_by_label("第 1 项议题"), "讨论年度工作计划")
    thumb.type(page.get_by_label("第 1 项的结果"), "同意，按季度分工落实")
    thumb.type(page.get_by_label("第 1 项决议"), "通过年度工作计划")
    expect(page.locator("#saved")).to_contain_text("已自动保存")
    look(page, "record-filled")
    thumb.tap(page.get_by_role("button", name="办结", exact=True))
    expect(page.locator(".messages")).to_contain_text("已办结")
    look(page, "activity-read")
    PICTURES.joinpath("record.txt").write_text(f"{thumb.taps} {thumb.letters} {thumb.bytes} {thumb.seconds}")
    assert thumb.taps <= 12
    assert thumb.letters <= 60
    assert thumb.bytes <= 150_000
    assert thumb.seconds <= 120


def opened(live: Live, place: Bureau, secretary: Account, kind: str, width: int) -> Page:
    return opened_as(live, secretary, f"/organisations/{place.place(OFFICE)}/record/{kind}/", width=width)


@pytest.mark.parametrize(
    ("kind", "width"), [("general_assembly", 320), ("community_rotation", 375), ("theme_day", 1280)]
)
def test_it_is_usable_on_the_smallest_phone_and_on_a_desk(
    live: Live, place: Bureau, secretary: Account, look: Look, kind: str, width: int
) -> None:
    page = opened(live, place, secretary, kind, width)
    page.locator("summary", has_text="更多").click()
    look(page, f"record-{kind}")
    page.emulate_media(color_scheme="dark")
    look(page, f"record-{kind}-dark")


def test_what_was_typed_survives_a_lost_line_and_a_closed_tab(
    live: Live, place: Bureau, secretary: Account, look: Look
) -> None:
    page = opened(live, place, secretary, "theme_day", 375)
    page.get_by_label("主题").fill("参观纪念馆")
    expect(page.locator("#saved")).to_contain_text("已自动保存")
    page.context.set_offline(True)
    page.get_by_label("会议记录").fill("第一段")
    expect(page.locator("#saved")).to_contain_text("没有连上服务器")
    live.faults.clear()
    page.context.set_offline(False)
    page.get_by_label("会议记录").fill("第一段。\n第二段。")
    expect(page.locator("#saved")).to_contain_text("已自动保存")
    page.close()
    again = opened(live, place, secretary, "theme_day", 375)
    look(again, "record-draft")
    again.get_by_role("link", name="接着填").click()
    expect(again.get_by_label("会议记录")).to_have_value("第一段。\n第二段。")
    again.get_by_role("button", name="办结", exact=True).click()
    expect(again.locator(".messages")).to_contain_text("已办结")


def test_it_works_without_a_script(live: Live, place: Bureau, secretary: Account) -> None:
    session = sign_in(Client(), secretary).cookies[settings.SESSION_COOKIE_NAME].value
    address = f"/organisations/{place.place(OFFICE)}/record/general_assembly/"
    page = live.open(address, cookies={settings.SESSION_COOKIE_NAME: session}, width=375, javascript=False)
    page.locator(".chip-name", has_text="谷雨").click()
    page.locator("#rows-agenda").get_by_role("button", name="再加一行").click()
    page.get_by_label("第 3 项议题").fill("学习计划")
    page.get_by_role("button", name="办结", exact=True).click()
    expect(page.locator("main")).to_contain_text("应到 8 人，实到 7 人")
    expect(page.locator("main")).to_contain_text("达到 1/2，可以进行表决")


def test_a_plan_becomes_a_notice_with_its_code(live: Live, place: Bureau, secretary: Account, look: Look) -> None:
    page = opened_as(live, secretary, f"/organisations/{place.place(OFFICE)}/plan/theme_day/", width=375)
    page.get_by_label("主题").fill("参观纪念馆")
    look(page, "activity-plan")
    page.get_by_role("button", name="保存计划").click()
    look(page, "activity-planned")
    page.get_by_role("link", name="通知", exact=True).last.click()
    expect(page.locator(".notice")).to_contain_text("主题为“参观纪念馆”")
    look(page, "activity-call")
    page.goto("/activities/")
    look(page, "activities")
    page.goto(f"/organisations/{place.place(OFFICE)}/record/")
    look(page, "record-choose")
