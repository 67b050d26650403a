"""Every page as it is seen: in both widths and on the narrowest screen, by day and by night, by axe."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Desk, Look

pytestmark = pytest.mark.browser
OF_A_CHECK = {
    "overview": "",
    "overview-all": "?all=on",
    "findings": "findings/",
    "due": "due/",
    "problems": "problems/",
    "workbooks": "workbooks/",
    "delete": "delete/",
}
OTHERS = {"rules": "/rules/", "rule": "/rules/general-assembly-each-quarter/", "dues": "/rules/dues-rate/"}


def try_demonstration(page: Page) -> str:
    page.get_by_role("button", name="用演示工作簿试一试").click()
    expect(page.get_by_role("link", name="总览")).to_be_visible()
    return page.url


@pytest.mark.parametrize("width", [1280, 375, 320])
def test_every_page_fits_its_screen_and_axe_finds_nothing(desk: Desk, look: Look, width: int) -> None:
    page = desk.open(width=width)
    look(page, "home-new")
    check = try_demonstration(page)
    for name, path in OF_A_CHECK.items():
        page.goto(check + path)
        look(page, name)
    for name, path in OTHERS.items():
        page.goto(desk.url + path)
        look(page, name)
    page.goto(desk.url + "/checks/")
    look(page, "home")


@pytest.mark.parametrize("width", [1280, 375])
def test_every_page_can_be_read_at_night(desk: Desk, look: Look, width: int) -> None:
    page = desk.open(width=width)
    page.get_by_role("button", name="深色").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    check = try_demonstration(page)
    for name, path in OF_A_CHECK.items():
        page.goto(check + path)
        look(page, f"night-{name}")


def test_the_night_of_the_system_is_followed_unless_light_was_chosen(desk: Desk) -> None:
    page = desk.open()
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="浅色").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != dark


def test_the_keyboard_alone_leads_from_the_top_to_the_matrix(desk: Desk) -> None:
    page = desk.open()
    try_demonstration(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


def test_a_page_that_is_not_there_leads_back(desk: Desk) -> None:
    page = desk.open("/nothing/", width=375)
    page.get_by_role("link", name="返回首页").click()
    expect(page).to_have_url(f"{desk.url}/")
    desk.faults.clear()  # Chromium notes every answer of 404


def test_the_pages_are_in_chinese_only(desk: Desk) -> None:
    page = desk.open()
    check = try_demonstration(page)
    for path in OF_A_CHECK.values():
        page.goto(check + path)
        words = set(page.evaluate("document.body.innerText.match(/[A-Za-z]{3,}/g) || []"))
        assert words <= {"Excel", "Word", "PDF", "JSON", "xlsx", "csv"}
