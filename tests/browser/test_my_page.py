"""A member's own page: what is held of him, his correction and its answer, who looked, all of it to take away."""

import json
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from tests.browser.bureau import PHONE, Bureau, small_bureau
from tests.browser.conftest import Look
from tests.browser.walking import fill_in, follow, opened_as, send
from tests.browsing import Live

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PURPOSE = "通知参加支部党员大会"


@pytest.fixture
def bureau(live: Live) -> Bureau:  # noqa: ARG001 - its database is the one that the site uses
    return small_bureau()


def ask_for_a_correction(page: Page, look: Look) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("林月")
    expect(page.get_by_role("main")).to_contain_text("党龄")
    look(page, "mine")
    page.locator(".datum").filter(has_text="籍贯").get_by_role("link", name="更正").click()
    look(page, "mine-correct")
    fill_in(page, {"应当为": "江苏无锡", "说明": "户口簿上写的是无锡"})
    send(page, "提出更正", "已提出")
    expect(page.locator(".panel").filter(has_text="我提出的更正")).to_contain_text("文清（党务工作人员）")


def reveal_and_answer(page: Page, look: Look) -> None:
    follow(page, "林月")
    page.locator(".datum").filter(has_text="手机号码").get_by_role("link").click()
    fill_in(page, {"用途": PURPOSE})
    page.get_by_role("button", name="查看并记录").click()
    expect(page.get_by_role("main")).to_contain_text(PHONE)
    look(page, "member-revealed")
    page.goto("/members/")
    follow(page, "更正申请（1）")
    look(page, "corrections")
    page.locator("tbody").get_by_role("link").first.click()
    look(page, "correction")
    page.get_by_label("采纳", exact=True).check()
    fill_in(page, {"答复": "已按户口簿更正"})
    send(page, "答复", "已答复")


def see_who_looked(page: Page, look: Look) -> None:
    page.reload()
    expect(page.locator(".looks")).to_contain_text(PURPOSE)
    expect(page.locator(".looks")).to_contain_text("文清")
    expect(page.locator(".panel").filter(has_text="我提出的更正")).to_contain_text("已按户口簿更正")
    expect(page.locator(".datum").filter(has_text="籍贯")).to_contain_text("江苏无锡")
    look(page, "mine-answered")


def take_it_away(page: Page) -> None:
    with page.expect_download() as download:
        page.get_by_role("button", name="下载我的全部记录").click()
    assert download.value.suggested_filename.startswith("我的记录-")
    with ZipFile(download.value.path()) as pack:
        told = json.loads(pack.read("我的记录.json"))
        assert PHONE in pack.read("我的记录.html").decode()
    assert told["name"] == "林月"
    assert PURPOSE in json.dumps(told["looks"], ensure_ascii=False)


def read_in_large_letters(page: Page, look: Look) -> None:
    size = "parseFloat(getComputedStyle(document.querySelector('main .plain-list')).fontSize)"
    before = page.evaluate(size)
    page.get_by_role("button", name="用大字显示").click()
    expect(page.get_by_role("button", name="恢复标准字号")).to_be_visible()
    page.wait_for_load_state("load")  # the style sheets too
    assert page.evaluate(size) >= 1.2 * before
    look(page, "mine-large")


@pytest.mark.parametrize("width", [1280, 375])
def test_a_member_asks_is_answered_and_sees_who_looked(live: Live, look: Look, bureau: Bureau, width: int) -> None:
    page = opened_as(live, bureau.member, "/me/", width=width)
    ask_for_a_correction(page, look)
    reveal_and_answer(opened_as(live, bureau.clerk, "/members/", width=width), look)
    see_who_looked(page, look)
    take_it_away(page)
    read_in_large_letters(page, look)
