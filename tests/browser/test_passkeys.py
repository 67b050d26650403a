"""A passkey is added and signs in, with a security key that the browser keeps for us."""

import pytest
from playwright.sync_api import Page, expect

from dangwu.access.models import Account
from dangwu.foundation.audit.models import AuditEntry
from tests.accounts import PASSWORD, account
from tests.browser.conftest import Look
from tests.browser.walking import fill_in, follow
from tests.browsing import Live

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEY = {"protocol": "ctap2", "transport": "usb", "hasUserVerification": True, "isUserVerified": True}


@pytest.fixture
def who() -> Account:
    return account("wenqing", "文清")


def with_key(page: Page) -> Page:
    """The same page, with a security key plugged in that always says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY | {"automaticPresenceSimulation": True}})
    return page


def enter(page: Page, who: Account) -> None:
    page.goto("/sign-in/")
    fill_in(page, {"账号": who.username, "密码": PASSWORD})
    page.get_by_role("button", name="登录", exact=True).click()


def test_a_passkey_is_added_and_asked_for_when_signing_in(live: Live, look: Look, who: Account) -> None:
    page = with_key(live.open("/sign-in/"))
    enter(page, who)
    page.goto("/account/factors/")
    follow(page, "添加通行密钥")
    look(page, "passkey-add")
    fill_in(page, {"给它起个名字": "办公室的密钥"})
    page.get_by_role("button", name="添加", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("恢复码")
    page.context.clear_cookies()
    enter(page, who)
    page.get_by_role("button", name="使用通行密钥").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("第二重验证")
    assert AuditEntry.objects.filter(verb="account.signed_in", actor_key=f"account:{who.pk}").count() == 2
