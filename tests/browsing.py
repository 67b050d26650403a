"""A real browser for tests marked `browser`."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from types import MappingProxyType

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

# no sandbox: tests may run as root in a container; the rest keeps Chromium from calling its makers
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
NO_COOKIES: Mapping[str, str] = MappingProxyType({})
PATIENCE = 30_000  # milliseconds; a page may take its time where many tests share a machine

expect.set_options(timeout=PATIENCE)


def program() -> str:
    """Debian's Chromium, or the one that DANGWU_CHROMIUM names; empty where there is none."""
    return os.environ.get("DANGWU_CHROMIUM") or shutil.which("chromium") or ""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser, once for all tests."""
    found = program()
    assert found, "chromium is missing: ./run test installs it"
    # Playwright keeps an event loop in this thread, which makes Django fear for its queries
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@dataclass
class Live:
    """The running site, seen through the browser. Collects what a visitor would not see: errors and calls outside."""

    url: str
    browser: Browser
    closing: ExitStack
    faults: list[str] = field(default_factory=list)

    def open(
        self,
        path: str = "/",
        *,
        width: int = 1280,
        height: int = 900,
        javascript: bool = True,
        cookies: Mapping[str, str] = NO_COOKIES,
    ) -> Page:
        """Open a page in a context of its own; width and height in CSS pixels."""
        context = self.browser.new_context(
            base_url=self.url,
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            locale="zh-CN",
        )
        self.closing.callback(context.close)
        context.add_cookies([{"name": name, "value": value, "url": self.url} for name, value in cookies.items()])
        page = context.new_page()
        page.on("console", self._note_message)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", self._note_request)
        page.goto(self.url + path)
        return page

    def _note_message(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"{message.text} ({message.location['url']})")

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((self.url, "data:", "blob:")):
            self.faults.append(f"request to {request.url}")


@pytest.fixture
def live(live_server: LiveServer, chromium: Browser) -> Iterator[Live]:
    """The site in a browser. A test fails where a script failed, a policy was broken or the outside was called."""
    with ExitStack() as closing:
        site = Live(live_server.url, chromium, closing)
        yield site
    assert not site.faults
