"""Hands and eyes for the walks: forms are filled by their labels, lists are read as rows, a day is gone to."""

import re
from collections.abc import Mapping

from django.conf import settings
from django.test import Client
from playwright.sync_api import Locator, Page, expect

from dangwu.access.models import Account
from tests.accounts import sign_in
from tests.browsing import Live

Told = Mapping[str, str | bool]


def opened_as(live: Live, who: Account, path: str = "/", *, width: int = 1280) -> Page:
    """A page in a context of its own, in which an account has just signed in."""
    session = sign_in(Client(), who).cookies[settings.SESSION_COOKIE_NAME].value
    return live.open(path, cookies={settings.SESSION_COOKIE_NAME: session}, width=width)


def field(page: Page, label: str) -> Locator:
    """The field of a form by its label, whether it must be filled in or not."""
    return page.get_by_label(re.compile(f"^{re.escape(label)}(必填)?$"))


def fill_in(page: Page, told: Told) -> None:
    """Fill in fields by their labels, as one does who sees them."""
    for label, value in told.items():
        _fill(page, field(page, label), value)


def _fill(page: Page, box: Locator, value: str | bool) -> None:
    if isinstance(value, bool):
        box.set_checked(value)
    elif box.evaluate("box => box.tagName") == "SELECT":
        box.select_option(label=value)
    elif box.get_attribute("data-find"):
        _pick(page, box, value)
    else:
        box.fill(value)


def _pick(page: Page, box: Locator, words: str) -> None:
    expect(box).to_have_role("combobox")  # the script is there
    box.fill(words)
    page.locator(".finder-found [role=option]").filter(has_text=words).first.click()


def send(page: Page, button: str, done: str) -> None:
    """Press a button and see that it is told what was done."""
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator(".messages")).to_contain_text(done)


def follow(page: Page, link: str) -> None:
    """Follow the link of that name, in what the page is about."""
    page.get_by_role("main").get_by_role("link", name=link, exact=True).first.click()


def events(page: Page) -> list[str]:
    """A timeline as it reads, the latest first."""
    return [" ".join(words.split()) for words in page.locator(".chronicle > li").all_inner_texts()]
