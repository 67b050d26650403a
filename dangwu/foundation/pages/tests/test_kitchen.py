"""Every part as it is seen: wide and narrow, by day and by night, by axe, with and without a script."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import look_at
from tests.browsing import Live

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("kitchen")]
PAGES = {
    "list": "/list/",
    "list-chosen": "/list/?kind=full&q=赵&sort=-joined&on=2025-03-01",
    "list-none": "/list/?q=没有",
    "list-empty": "/list/?none=1",
    "list-print": "/list/?as=print&paper=a3",
    "object": "/object/",
    "form": "/form/",
    "confirm": "/confirm/",
}


def fill_in_wrong(page: Page) -> None:
    page.get_by_label("名称", exact=False).first.fill("")
    page.get_by_role("button", name="更名").click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375, 320])
def test_every_part_fits_its_screen_and_axe_finds_nothing(live: Live, width: int, scheme: str) -> None:
    page = live.open("/list/", width=width)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # one of its two words
    for name, path in PAGES.items():
        page.goto(live.url + path)
        look_at(page, f"kitchen-{name}-{scheme}")
    page.goto(live.url + "/form/")
    fill_in_wrong(page)
    look_at(page, f"kitchen-form-wrong-{scheme}")
    live.faults.clear()  # Chromium notes every answer of 422
