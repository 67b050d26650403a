"""From an empty site to a roster: three administrators with their codes, a first committee, and its clerk."""

import re
from collections.abc import Iterator

import pytest
import time_machine
from click.testing import CliRunner
from playwright.sync_api import Page, expect

from dangwu.config.commands import setup
from tests.authenticator import Authenticator
from tests.browser.conftest import Look
from tests.browser.walking import fill_in, follow, send
from tests.browsing import Live

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MORNING, NEXT_MORNING = "2026-03-02T09:00:00+08:00", "2026-03-03T09:00:00+08:00"
TOP = "中共示例市某某局机关委员会"
BUREAU = "示例市某某局"
PASSWORDS = {
    "系统管理员": "院里那棵槐树今年开了两回花",
    "安全管理员": "雨后山路上的石头格外青又滑",
    "审计管理员": "账本翻到最后一页才能安心",
    "党务工作人员": "清晨的码头上有三只白鹭鸶",
}
NAMES = {"系统管理员": ("zhong", "钟正"), "安全管理员": ("tan", "谭安"), "审计管理员": ("shen", "沈明")}


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MORNING, tick=True) as traveller:
        yield traveller


def codes_on_paper() -> dict[str, str]:
    """What `dangwu setup` prints, by the duty."""
    printed = CliRunner().invoke(setup.command, catch_exceptions=False).output
    return dict(re.findall(r"^(\S+管理员)  (\S+)$", printed, re.MULTILINE))


def take_office(live: Live, duty: str, code: str) -> tuple[Page, Authenticator]:
    """A new administrator opens his account with his code and sets up his second factor."""
    page = live.open("/begin/")
    (username, name), password = NAMES[duty], PASSWORDS[duty]
    fill_in(
        page, {"一次性口令": code, "账号": username, "姓名": name, "新密码": password, "再输入一次新密码": password}
    )
    page.get_by_role("button", name="开通并登录").click()
    expect(page.get_by_role("alert")).to_contain_text("要求第二重验证")
    follow(page, "设置验证器")
    phone = Authenticator(page.locator(".slip-code").inner_text())
    fill_in(page, {"验证器显示的 6 位数字": phone.code()})
    send(page, "设置", "验证器已设置")
    expect(page.get_by_role("heading", level=1)).to_have_text("恢复码")
    follow(page, "已经保存")
    return page, phone


def set_up(page: Page, look: Look) -> str:
    """The system administrator registers the unit, sets up the first committee, opens the clerk's account; its code."""
    page.goto("/")
    look(page, "first-run-system")
    follow(page, "登记单位")
    fill_in(page, {"单位全称": BUREAU, "单位类别": "机关"})
    send(page, "保存", f"单位“{BUREAU}”已保存")
    page.goto("/")
    follow(page, "建立最高一级党组织")
    told = {
        "组织类别": "机关党委",
        "全称": "中共示例市某某局机关委员会",
        "简称": "机关党委",
        "管理单位": "示例市某某局",
    }
    fill_in(page, {**told, "批准成立日期": "2020-07-01"})
    send(page, "建立", "已建立“中共示例市某某局机关委员会”")
    look(page, "first-run-committee")
    page.goto("/")
    follow(page, "开通党务工作人员的账号")
    fill_in(page, {"账号": "wenqing", "姓名或者岗位名称": "文清", "账号类别": "个人账号"})
    page.get_by_role("button", name="开通").click()
    look(page, "first-run-slip")
    return page.locator(".slip-code").inner_text()


def appoint(page: Page, look: Look) -> None:
    """The security administrator makes him the clerk."""
    page.goto("/")
    look(page, "first-run-security")
    follow(page, "把账号任用到党组织")
    fill_in(
        page,
        {
            "账号": "文清",
            "党组织": "中共示例市某某局机关委员会",
            "角色": "党务工作人员",
            "任用依据": "机关党委会议决定",
        },
    )
    send(page, "任用", "已任用")
    look(page, "first-run-appointments")


def enter(live: Live, code: str) -> Page:
    """The clerk gives himself a password with the code on the slip, and signs in with it."""
    page = live.open("/sign-in/")
    page.get_by_role("link", name="用一次性口令设置密码").click()
    password = PASSWORDS["党务工作人员"]
    fill_in(page, {"一次性口令": code, "新密码": password, "再输入一次新密码": password})
    send(page, "设置密码", "密码已设置")
    fill_in(page, {"账号": "wenqing", "密码": password})
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("首页")
    return page


def begin_work(page: Page, look: Look) -> None:
    """He founds branches and registers their members."""
    look(page, "first-run-clerk")
    for name in ("办公室党支部", "财务处党支部"):
        page.goto("/organisations/")
        follow(page, "机关党委")
        follow(page, "建立下级组织")
        fill_in(page, {"组织类别": "党支部", "全称": name, "批准成立日期": "2020-09-01"})
        send(page, "建立", f"已建立“{name}”")
    for name, branch in (("安宁", "办公室党支部"), ("白洁", "办公室党支部"), ("曹敏", "财务处党支部")):
        page.goto("/members/")
        follow(page, "登记人员")
        fill_in(page, {"党组织": branch, "从哪一天起在这个党组织": "2021-03-01", "姓名": name, "性别": "女"})
        send(page, "保存", f"{name}已登记入册")


def come_back(live: Live, duty: str, phone: Authenticator) -> Page:
    """An administrator signs in with his password and what his telephone shows."""
    page = live.open("/sign-in/")
    fill_in(page, {"账号": NAMES[duty][0], "密码": PASSWORDS[duty]})
    page.get_by_role("button", name="登录").click()
    fill_in(page, {"验证码": phone.code(later=1)})  # the code of now may be the one with which it was set up
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("首页")
    return page


def test_from_an_empty_site_to_a_roster(live: Live, look: Look, clock: time_machine.Traveller) -> None:
    page = live.open("/sign-in/")
    expect(page.get_by_role("heading", level=1)).to_have_text("开始使用")
    look(page, "first-run-empty")
    codes = codes_on_paper()
    pages, phones = {}, {}
    for duty in NAMES:
        pages[duty], phones[duty] = take_office(live, duty, codes[duty])
    code = set_up(pages["系统管理员"], look)
    appoint(pages["安全管理员"], look)
    clerk = enter(live, code)
    begin_work(clerk, look)
    clerk.goto("/members/")
    expect(clerk.locator("tbody th")).to_have_text(["安宁", "白洁", "曹敏"])
    clerk.goto("/organisations/")
    expect(clerk.locator(".tree-label")).to_have_text(["机关党委", "办公室党支部", "财务处党支部"])

    clock.move_to(NEXT_MORNING)
    page = come_back(live, "审计管理员", phones["审计管理员"])
    page.goto("/audit/")
    look(page, "first-run-audit")
    for who in ("钟正", "谭安", "文清"):
        expect(page.locator("tbody")).to_contain_text(who)
