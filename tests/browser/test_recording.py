"""A meeting recorded on a phone, with a slow line: how many taps and letters it takes, how much goes over the line."""

import gzip
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from urllib.parse import urlparse

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from playwright.sync_api import Locator, Page, Response, expect

from dangwu.access.models import Account
from tests.accounts import account, appointed
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
