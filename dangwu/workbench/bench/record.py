"""A meeting recorded on a phone with a slow line, by somebody who looks before he taps and types as people type."""

import sys
import time
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import CDPSession, Locator, Page, expect, sync_playwright

from dangwu.workbench.bench.databases import databases
from dangwu.workbench.bench.measuring import Measured, NotMeasurableError, Tell, apart
from dangwu.workbench.bench.serving import free_port, serving

SITE = (5_000, 39_000)
DELAY = 300  # milliseconds on the way
A_TAP, A_LETTER = 1.5, 1.0  # seconds of somebody who looks before he taps, and types Chinese on a phone
SCREEN = {"width": 375, "height": 667}
TAPS, LETTERS, KILOBYTES, SECONDS = 12, 60, 150, 120
PATIENCE = 30_000  # milliseconds


@dataclass
class Thumb:
    """Somebody at his phone: what he does is counted, and every byte of questions and answers."""

    page: Page
    line: CDPSession
    taps: int = 0
    letters: int = 0
    bytes: int = 0
    began: float = field(default_factory=time.monotonic)

    def listen(self) -> None:
        limits = {"offline": False, "latency": DELAY, "downloadThroughput": -1, "uploadThroughput": -1}
        self.line.send("Network.enable")
        self.line.send("Network.emulateNetworkConditions", limits)
        self.line.on("Network.loadingFinished", self._answered)
        self.line.on("Network.requestWillBeSentExtraInfo", self._asked)
        self.line.on("Network.requestWillBeSent", self._posted)

    def _answered(self, told: Any) -> None:  # noqa: ANN401 - the browser's own words
        self.bytes += int(told["encodedDataLength"])

    def _asked(self, told: Any) -> None:  # noqa: ANN401 - the browser's own words
        self.bytes += sum(len(name) + len(value) + 4 for name, value in told["headers"].items())

    def _posted(self, told: Any) -> None:  # noqa: ANN401 - the browser's own words
        self.bytes += len(told["request"].get("postData", ""))

    def tap(self, what: Locator) -> None:
        time.sleep(A_TAP)
        self.taps += 1
        what.click()

    def type(self, where: Locator, words: str) -> None:
        self.tap(where)
        self.letters += len(words)
        where.press_sequentially(words, delay=A_LETTER * 1000)


def measure(tell: Tell) -> list[Measured]:
    """What it takes: taps, letters, bytes, seconds. Raises NotMeasurableError where there is no browser."""
    from tests.browsing import ARGUMENTS, program  # noqa: PLC0415 - lies in a checkout, which benches need anyway

    if not program():
        raise NotMeasurableError("没有找到 chromium，请先安装。")
    with databases(one="SQLite") as sites:
        (site,) = sites.values()
        tell("正在生成网站，并在手机大小的浏览器里记录一次党员大会")
        found, port = apart("record_site", *SITE, surroundings=site), free_port()
        words = [sys.executable, "-m", "dangwu", "run", "--port", str(port)]
        with serving(words, port, site), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program(), args=ARGUMENTS)
            context = browser.new_context(viewport=SCREEN, has_touch=True, is_mobile=True, locale="zh-CN")  # type: ignore[arg-type] # a size
            url = f"http://127.0.0.1:{port}"
            context.add_cookies(
                [{"name": name, "value": value, "url": url} for name, value in found["cookies"].items()]
            )
            page = context.new_page()
            thumb = Thumb(page, context.new_cdp_session(page))
            _record(thumb, url, found)
            seconds = time.monotonic() - thumb.began
            browser.close()
    where = f"{found['people']} 人的支部记录一次党员大会："
    return [
        Measured(f"{where}点按", thumb.taps, "次", TAPS),
        Measured(f"{where}输入", thumb.letters, "字", LETTERS),
        Measured(f"{where}流量（首次访问，往返合计）", thumb.bytes / 1000, "KB", KILOBYTES),
        Measured(f"{where}用时（每次往返另加 0.3 秒）", seconds, "秒", SECONDS),
    ]


def _record(thumb: Thumb, url: str, found: Any) -> None:  # noqa: ANN401 - what the site told
    """From the page of the branch to the minutes as they are read."""
    page = thumb.page
    page.set_default_timeout(PATIENCE)
    thumb.listen()
    thumb.began = time.monotonic()
    page.goto(f"{url}/organisations/{found['branch']}/")
    thumb.tap(page.get_by_role("link", name="记录活动"))
    thumb.tap(page.locator(".kind-ways a", has_text="党员大会").first)
    for person, reason in zip(found["away"], ("病假", "出差"), strict=True):
        thumb.tap(page.locator(f"input[name=absent][value='{person}'] + label"))
        thumb.tap(page.locator(f"input[name=absent_{person}][value={reason}] + span"))
    thumb.type(page.get_by_label("第 1 项议题"), "讨论年度工作计划")
    thumb.type(page.get_by_label("第 1 项的结果"), "同意，按季度分工落实")
    thumb.type(page.get_by_label("第 1 项决议"), "通过年度工作计划")
    thumb.tap(page.get_by_role("button", name="办结", exact=True))
    expect(page.locator(".messages")).to_contain_text("已办结", timeout=PATIENCE)
