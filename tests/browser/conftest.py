"""What the journeys share: the demonstration's workbooks, pictures of what was seen, and a look by axe."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from dangwu.workbench.demo.workbooks import write_demo_workbooks
from tests.accounts import account, appointed, sign_in
from tests.browsing import Live
from tests.cast import COMMITTEE, bureau

PICTURES = Path(__file__).resolve().parents[2] / "build" / "screenshots"
Look = Callable[[Page, str], None]


@pytest.fixture(scope="session")
def messy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the messy workbooks."""
    folder = tmp_path_factory.mktemp("demo")
    write_demo_workbooks(folder)
    return folder / "messy"


@pytest.fixture
def look() -> Look:
    """Takes a picture, and fails where the page is wider than the screen or axe finds something."""
    return look_at


def look_at(page: Page, name: str) -> None:
    assert page.viewport_size
    width = page.viewport_size["width"]
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["target"]) for rule in found] == []


class Desk(Live):
    """The site as a clerk sees it who has signed in; workbooks are handed in at /checks/."""

    session: str = ""
    actor: str = ""

    def open(self, path: str = "/checks/", **how: Any) -> Page:  # noqa: ANN401 - as any page is opened
        return super().open(path, cookies={settings.SESSION_COOKIE_NAME: self.session}, **how)


@pytest.fixture
def desk(live: Live) -> Desk:
    """The site after the clerk of a committee has signed in."""
    clerk = appointed(bureau().standings[COMMITTEE].organisation, who=account("clerk", "文清"))
    seen = Desk(live.url, live.browser, live.closing, live.faults)
    seen.session = sign_in(Client(), clerk).cookies[settings.SESSION_COOKIE_NAME].value
    seen.actor = f"account:{clerk.pk}"
    return seen
