"""How the parts behave under hands: with a script, with the keyboard alone, and without either."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import Live

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("kitchen")]


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_a_list_is_narrowed_sorted_and_widened_again(live: Live, *, javascript: bool) -> None:
    page = live.open("/list/?on=2025-03-01", javascript=javascript)
    page.get_by_label("类别").select_option("预备党员")
    if not javascript:
        page.get_by_role("button", name="筛选").click()
    expect(page.locator(".listing-count")).to_contain_text("共 14 名党员")
    page.get_by_role("link", name="入党日期").click()
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("入党日期")
    page.get_by_role("link", name=re.compile("取消条件.*预备党员")).click()
    expect(page.locator(".listing-count")).to_contain_text("共 130 名党员")
    expect(page).to_have_url(re.compile(r"on=2025-03-01.*sort=joined"))
    expect(page.get_by_text("以下是 2025 年 3 月 1 日的情况。")).to_be_visible()


def test_a_new_list_is_read_out_and_has_a_plain_address(live: Live) -> None:
    page = live.open("/list/")
    page.get_by_label("只看逾期").check()
    expect(page.locator("[data-announcer]")).to_have_text("共 18 名党员")
    expect(page).to_have_url(f"{live.url}/list/?late=on")


def test_a_refusal_in_the_middle_of_a_list_is_shown_as_a_page(live: Live) -> None:
    page = live.open("/list/")
    page.route(
        "**/list/?*",
        lambda route: route.fulfill(status=403, body="<h1>请重新登录</h1>", content_type="text/html; charset=utf-8"),
    )
    page.get_by_label("只看逾期").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("请重新登录")
    live.faults.clear()  # Chromium notes every answer of 403


def test_a_server_that_is_away_is_said_and_the_list_stays(live: Live) -> None:
    page = live.open("/list/")
    page.route("**/list/?*", lambda route: route.abort())
    page.get_by_label("只看逾期").check()
    expect(page.get_by_text("没有连上服务器")).to_be_visible()
    expect(page.locator(".listing-count")).to_contain_text("共 130 名党员")
    live.faults.clear()  # Chromium notes what does not arrive


def test_a_workbook_leaves_with_a_safe_name(live: Live) -> None:
    page = live.open("/list/?kind=probationary")
    with page.expect_download() as download:
        page.get_by_role("link", name="导出 Excel").click()
    assert re.fullmatch(r"党员名册（\d{4}-\d\d-\d\d）\.xlsx", download.value.suggested_filename)


def test_the_print_is_as_wide_as_its_paper_and_says_who_printed_it(live: Live) -> None:
    page = live.open("/list/?as=print&kind=probationary")
    page.emulate_media(media="print")
    table, paper = page.locator(".listing-table").bounding_box(), page.locator("html").bounding_box()
    assert table
    assert paper
    assert table["width"] > 0.9 * paper["width"]
    expect(page.get_by_text("打印人：林知夏")).to_be_visible()
    expect(page.get_by_role("navigation", name="主导航")).to_be_hidden()


def test_answers_come_while_one_types_and_the_keyboard_takes_one(live: Live) -> None:
    page = live.open("/object/")
    box = page.get_by_role("combobox", name="全站搜索")
    box.press_sequentially("赵一", delay=20)
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("赵一鸣")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/object/\?guest=\d+"))


def test_nothing_found_is_said_and_escape_closes(live: Live) -> None:
    page = live.open("/object/")
    box = page.get_by_role("combobox", name="全站搜索")
    box.fill("<b>查无此人")
    expect(page.get_by_role("option")).to_have_text("没有找到“<b>查无此人”")
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")


def test_a_branch_of_the_tree_comes_when_it_is_opened(live: Live) -> None:
    page = live.open("/object/")
    tree = page.get_by_role("group", name="党组织", exact=True)
    tree.get_by_role("link", name="下属单位党委").focus()
    page.keyboard.press("ArrowRight")
    expect(tree.get_by_role("link", name="离退休党支部")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(tree.get_by_role("link", name="离退休党支部")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_chart_is_drawn_above_its_table(live: Live, scheme: str) -> None:
    page = live.open("/object/")
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # one of its two words
    chart = page.get_by_role("img", name="每月开展组织生活")
    expect(chart.locator("canvas")).to_be_visible()
    chart.hover(position={"x": 200, "y": 150})
    expect(page.get_by_role("cell", name="2")).to_be_visible()


def test_errors_are_listed_with_ways_to_their_fields(live: Live) -> None:
    page = live.open("/form/")
    page.get_by_role("button", name="更名").click()
    faults = page.get_by_role("alert")
    expect(faults).to_be_focused()
    expect(faults).to_contain_text("没有保存，请改正以下 2 处")
    faults.get_by_role("link", name="理由").click()
    expect(page.get_by_label("理由")).to_be_focused()
    live.faults.clear()  # Chromium notes every answer of 422


def fill_in(page: Page, name: str) -> None:
    page.get_by_label("名称").fill(name)
    page.get_by_label("正式党员").last.check()
    page.get_by_label("理由").fill("原名称有误")


def test_a_lost_update_shows_both_sides_and_can_be_overruled(live: Live) -> None:
    page = live.open("/form/")
    fill_in(page, "抢先")
    page.get_by_role("button", name="更名").click()
    row = page.get_by_role("row", name="名称 抢先 第二党支部")
    expect(row).to_be_visible()
    expect(page.get_by_role("button", name="仍按我填的更名")).to_be_visible()
    expect(page.locator("input[name=version]")).to_have_value("4")
    live.faults.clear()  # Chromium notes every answer of 409


def test_what_was_done_is_said_with_the_way_back(live: Live) -> None:
    page = live.open("/form/")
    fill_in(page, "第三党支部")
    page.get_by_role("button", name="更名").click()
    expect(page.get_by_role("status").first).to_contain_text("已更名。")
    undo = page.locator("form[action='/undo/']")
    expect(undo.get_by_role("button", name="撤回")).to_be_visible()
    expect(undo.locator("input[name=idempotency_key]")).to_have_value(re.compile(r"[0-9a-f-]{36}"))


def test_somebody_is_picked_by_typing(live: Live) -> None:
    page = live.open("/form/")
    box = page.get_by_role("combobox", name="主持人")
    box.press_sequentially("钱雨桐", delay=20)
    page.get_by_role("option").first.click()
    expect(box).to_have_value("钱雨桐")
    expect(page.locator("input[name=chair_key]")).to_have_value(re.compile(r"\d+"))


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_the_navigation_opens_on_a_narrow_screen(live: Live, *, javascript: bool) -> None:
    page = live.open("/list/", width=375, javascript=javascript)
    link = page.get_by_role("navigation", name="主导航").get_by_role("link", name="组织树")
    expect(link).to_be_hidden()
    page.get_by_role("link", name="菜单").click()
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("机关第一党支部")


def test_the_account_menu_closes_by_escape(live: Live) -> None:
    page = live.open("/list/")
    page.get_by_text("林知夏").click()
    expect(page.get_by_role("button", name="退出")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="退出")).to_be_hidden()
