"""A year of reorganisations, done by hand on the days they took effect; afterwards every past day is still right."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from textwrap import dedent
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Page, expect

from dangwu.access.models import Account
from dangwu.foundation.actors import CommandLine
from dangwu.members.services.posts import take_post
from dangwu.members.services.registering import register_person
from dangwu.organisations.models import Organisation
from dangwu.organisations.services.reorganising import found_organisation
from dangwu.organisations.services.units import register_unit
from tests.accounts import appointed
from tests.browser.walking import events, fill_in, follow, opened_as, send
from tests.browsing import Live

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BY = CommandLine("test")
BEGIN = date(2024, 1, 1)
FOUNDED, RENAMED, SPLIT, MOVED = date(2025, 1, 15), date(2025, 2, 20), date(2025, 3, 17), date(2025, 4, 10)
MERGED, LEFT, TRANSFERRED, REALLY = date(2025, 6, 5), date(2025, 7, 1), date(2025, 8, 20), date(2025, 8, 18)
CORRECTED, DISSOLVED, UPGRADED = date(2025, 9, 10), date(2025, 10, 15), date(2025, 11, 20)
AFTERWARDS = date(2025, 12, 31)
DAY = timedelta(days=1)
BRANCHES = {
    "综合处党支部": ("机关党委", "安宁 白洁"),
    "规划一处党支部": ("机关党委", "曹敏 丁香"),
    "规划二处党支部": ("机关党委", "范青"),
    "财务科党支部": ("服务中心党委", "高原"),
    "信息科党支部": ("服务中心党委", "何川"),
    "后勤科党支部": ("服务中心党委", "江月"),
}
HISTORY = {
    BEGIN: """
        机关党委
          服务中心党委
            财务科党支部：高原
            信息科党支部：何川
            后勤科党支部：江月
          综合处党支部：安宁、白洁
          规划一处党支部：丁香、曹敏
          规划二处党支部：范青
    """,
    FOUNDED: """
        机关党委
          服务中心党委
            财务科党支部：高原
            信息科党支部：何川
            后勤科党支部：江月
          综合处党支部：安宁、白洁
          规划一处党支部：丁香、曹敏
          规划二处党支部：范青
          督查处党支部
    """,
    RENAMED: """
        机关党委
          服务中心党委
            财务科党支部：高原
            信息科党支部：何川
            后勤科党支部：江月
          综合处党支部：安宁、白洁
          规划处党支部：丁香、曹敏
          规划二处党支部：范青
          督查处党支部
    """,
    SPLIT: """
        机关党委
          服务中心党委
            财务科党支部：高原
            后勤科党支部：江月
          综合处党支部：安宁、白洁
          规划处党支部：丁香、曹敏
          规划二处党支部：范青
          督查处党支部
          信息中心党委
            信息科党支部：何川
    """,
    MOVED: """
        机关党委
          服务中心党委
            财务科党支部：高原
          综合处党支部：安宁、白洁
          规划处党支部：丁香、曹敏
          规划二处党支部：范青
          督查处党支部
          信息中心党委
            信息科党支部：何川
          后勤科党支部：江月
    """,
    MERGED: """
        机关党委
          服务中心党委
            财务科党支部：高原
          综合处党支部：安宁、白洁
          规划处党支部：丁香、曹敏、范青
          督查处党支部
          信息中心党委
            信息科党支部：何川
          后勤科党支部：江月
    """,
    REALLY: """
        机关党委
          服务中心党委
            财务科党支部：高原
          综合处党支部：安宁、白洁
          规划处党支部：丁香、曹敏、范青
          督查处党支部：何川
          信息中心党委
            信息科党支部
          后勤科党支部：江月
    """,
    DISSOLVED: """
        机关党委
          服务中心党委
            财务科党支部：高原
          综合处党支部：安宁、白洁
          规划处党支部：丁香、曹敏、范青
          信息中心党委
            信息科党支部：何川
          后勤科党支部：江月
    """,
    UPGRADED: """
        机关党委
          服务中心党委
            财务科党支部：高原
          综合处党支部：安宁、白洁
          规划处党支部：丁香、曹敏、范青
          信息中心党委
            信息科党支部：何川
          后勤科党总支：江月
    """,
}
"""The tree with its people, from each of these days until the next."""
TIMELINES = {
    "服务中心党委": """
        2025年4月10日 下级 划出：后勤科党支部
        2025年3月17日 下级 划出：信息科党支部
        2024年1月1日 建立 成立，名称为“服务中心党委” 隶属于机关党委
        2024年1月1日 下级 新建：财务科党支部、信息科党支部、后勤科党支部
    """,
    "规划一处党支部": """
        2025年7月1日 卸任 曹敏不再任书记
        2025年6月5日 党员 1 名党员由“规划二处党支部”转入
        2025年2月20日 更名 由“规划一处党支部”更名为“规划处党支部”
        2024年1月1日 建立 成立，名称为“规划一处党支部” 隶属于机关党委
        2024年1月1日 任职 曹敏任书记
    """,
    "督查处党支部": """
        2025年10月15日 撤销 “督查处党支部”不再存在
        2025年10月15日 党员 1 名党员转入“信息科党支部”
        2025年1月15日 建立 成立，名称为“督查处党支部” 隶属于机关党委
    """,
    "后勤科党支部": """
        2025年11月20日 改设 由党支部改设为党总支 名称为“后勤科党总支”
        2025年4月10日 隶属 隶属于机关党委 此前隶属于服务中心党委
        2024年1月1日 建立 成立，名称为“后勤科党支部” 隶属于服务中心党委
        2024年1月1日 任职 江月任书记
    """,
}
HE_CHUAN = """
    2025年10月15日 组织关系 转入信息科党支部 由督查处党支部转来
    2025年9月10日 更正
    2025年9月10日 更正
    2025年9月10日 更正
    2025年8月18日 组织关系 转入督查处党支部 由信息科党支部转来
    2025年8月18日 卸任
    2024年1月1日 党籍 登记为正式党员
    2024年1月1日 组织关系 编入信息科党支部
    2024年1月1日 任职
"""
"""How his timeline reads, the words of some events left out."""


@dataclass
class Bureau:
    """The site, its clerk, and the organisations by the names they had at first."""

    live: Live
    clerk: Account
    places: dict[str, Organisation] = field(default_factory=dict)

    @contextmanager
    def at_work(self, on: date, path: str = "/organisations/") -> Iterator[Page]:
        """The clerk's browser on a morning."""
        with time_machine.travel(f"{on}T09:00:00+08:00", tick=True):
            page = opened_as(self.live, self.clerk, path)
            yield page
            page.context.close()

    def address(self, name: str, verb: str = "") -> str:
        return f"/organisations/{self.places[name].pk}/{verb}"


@pytest.fixture
def bureau(live: Live) -> Bureau:
    unit = register_unit(by=BY, name="示例局", kind="organ", on=BEGIN)
    places: dict[str, Organisation] = {}

    def founded(name: str, kind: str, above: str = "") -> None:
        told: dict[str, Any] = {"unit": unit, "parent": places.get(above), "name": name, "kind": kind}
        places[name] = found_organisation(by=BY, on=BEGIN, **told).organisation

    def settled(where: str, names: str) -> None:
        told: dict[str, Any] = {"organisation": places[where], "kind": "full"}
        first, *_ = [register_person(by=BY, name=name, on=BEGIN, **told) for name in names.split()]
        take_post(by=BY, person=first, organisation=places[where], kind="secretary", on=BEGIN)

    founded("机关党委", "committee")
    founded("服务中心党委", "committee", "机关党委")
    for name, (above, names) in BRANCHES.items():
        founded(name, "branch", above)
        settled(name, names)
    return Bureau(live, appointed(to=places["机关党委"]), places)


# --- what the clerk does


def found(bureau: Bureau) -> None:
    with bureau.at_work(FOUNDED, bureau.address("机关党委")) as page:
        follow(page, "建立下级组织")
        fill_in(page, {"组织类别": "党支部", "全称": "督查处党支部", "批准成立日期": str(FOUNDED)})
        send(page, "建立", "已建立“督查处党支部”")
        bureau.places["督查处党支部"] = Organisation.objects.unscoped("a test").latest("pk")


def rename(bureau: Bureau) -> None:
    with bureau.at_work(RENAMED, bureau.address("规划一处党支部")) as page:
        follow(page, "更名")
        fill_in(page, {"全称": "规划处党支部", "生效日期": str(RENAMED)})
        send(page, "保存", "更名已登记")


def split(bureau: Bureau) -> None:
    with bureau.at_work(SPLIT, bureau.address("服务中心党委")) as page:
        follow(page, "分设")
        fill_in(page, {"新党组织的全称": "信息中心党委", "信息科党支部": True, "生效日期": str(SPLIT)})
        page.get_by_role("button", name="下一步：看看会有什么变化").click()
        expect(page.locator(".confirm")).to_contain_text("1 个下级党组织改由新党组织管理：信息科党支部")
        send(page, "确认办理", "已登记")


def move(bureau: Bureau) -> None:
    with bureau.at_work(MOVED, bureau.address("后勤科党支部")) as page:
        follow(page, "调整隶属")
        fill_in(page, {"新的上级组织": "机关党委", "生效日期": str(MOVED)})
        send(page, "保存", "调整隶属关系已登记")


def merge(bureau: Bureau) -> None:
    with bureau.at_work(MERGED, bureau.address("规划一处党支部")) as page:
        follow(page, "合并")
        fill_in(page, {"规划二处党支部": True, "生效日期": str(MERGED)})
        page.get_by_role("button", name="下一步：看看会有什么变化").click()
        expect(page.locator(".confirm")).to_contain_text("1 名党员的组织关系转入“规划处党支部”")
        send(page, "确认办理", "已登记")


def end_post(bureau: Bureau) -> None:
    with bureau.at_work(LEFT, "/members/") as page:
        follow(page, "曹敏")
        page.get_by_role("link", name="卸任").click()
        fill_in(page, {"从哪一天起不再担任": str(LEFT)})
        send(page, "保存", "卸任书记已登记")


def transfer(bureau: Bureau) -> None:
    with bureau.at_work(TRANSFERRED, "/members/") as page:
        follow(page, "何川")
        follow(page, "转接组织关系")
        fill_in(page, {"转入的党组织": "督查处党支部", "生效日期": str(TRANSFERRED)})
        send(page, "保存", "转接组织关系已登记")


def correct(bureau: Bureau) -> None:
    """The transfer was registered with a day that was wrong."""
    with bureau.at_work(CORRECTED, "/members/") as page:
        follow(page, "何川")
        page.get_by_text("逐段记录和更正").click()
        page.get_by_role("link", name="更正转接").click()
        fill_in(page, {"实际从哪一天起": str(REALLY), "理由": "介绍信上的日期是八月十八日"})
        send(page, "保存", "更正转接已登记")


def dissolve(bureau: Bureau) -> None:
    with bureau.at_work(DISSOLVED, bureau.address("督查处党支部")) as page:
        follow(page, "撤销")
        fill_in(page, {"由哪个党组织接收党员和下级": "信息科党支部", "生效日期": str(DISSOLVED)})
        page.get_by_role("button", name="下一步：看看会有什么变化").click()
        expect(page.locator(".confirm")).to_contain_text("1 名党员的组织关系转入“信息科党支部”")
        send(page, "确认办理", "“督查处党支部”已撤销。这里是接收它的党组织。")
        expect(page.get_by_role("heading", level=1)).to_have_text("信息科党支部")


def upgrade(bureau: Bureau) -> None:
    with bureau.at_work(UPGRADED, bureau.address("后勤科党支部")) as page:
        follow(page, "改设")
        fill_in(page, {"改设为": "党总支", "全称": "后勤科党总支", "生效日期": str(UPGRADED)})
        send(page, "保存", "改设已登记")


YEAR = (found, rename, split, move, merge, end_post, transfer, correct, dissolve, upgrade)


# --- what the pages show

DEPTHS = """labels => labels.map(label => {
    let depth = -1;
    for (let at = label.closest("li"); at; at = at.parentElement.closest("li")) depth += 1;
    return "  ".repeat(depth) + label.textContent.trim();
})"""


def picture(page: Page, on: date) -> str:
    """The tree of a day, each organisation with the people whom the roster of that day shows there."""
    people = roster(page, on)
    lines = tree(page, on)
    return "\n".join(f"{line}：{people[name]}" if (name := line.strip()) in people else line for line in lines)


def tree(page: Page, on: date) -> list[str]:
    page.goto(f"/organisations/?on={on}")
    while page.locator(".tree-more").count():
        closed = page.locator("details:has(> .tree-more)").first
        more = closed.get_attribute("hx-get")
        closed.locator("summary").click()
        expect(page.locator(f"details[hx-get='{more}'] > .tree-more")).to_have_count(0)
    return [str(line) for line in page.locator(".tree-label").evaluate_all(DEPTHS)]


def roster(page: Page, on: date) -> dict[str, str]:
    page.goto(f"/members/?on={on}")
    heads = page.locator("thead th").all_inner_texts()
    place = next(at for at, head in enumerate(heads) if head.startswith("党组织"))
    people: dict[str, list[str]] = {}
    for row in page.locator("tbody tr").all():
        cells = row.locator("th, td").all_inner_texts()
        people.setdefault(cells[place], []).append(cells[0])
    return {name: "、".join(sorted(names)) for name, names in people.items()}


def called(page: Page) -> tuple[str, str]:
    """What an organisation is called, and where it stands."""
    crumbs = page.get_by_label("当前位置").get_by_role("listitem").all_inner_texts()
    return page.locator("h1").inner_text(), "／".join(crumbs[1:-1])


def test_after_a_year_of_changes_every_past_day_is_still_right(bureau: Bureau) -> None:
    for step in YEAR:
        step(bureau)
    with bureau.at_work(AFTERWARDS) as page:
        trees_and_rosters_are_right(page)
        organisations_are_right(bureau, page)
        timelines_read_well(bureau, page)


def trees_and_rosters_are_right(page: Page) -> None:
    for before, day in pairwise(HISTORY):
        assert picture(page, day - DAY) == dedent(HISTORY[before]).strip()
        assert picture(page, day) == dedent(HISTORY[day]).strip()
    assert picture(page, AFTERWARDS) == dedent(HISTORY[UPGRADED]).strip()


def organisations_are_right(bureau: Bureau, page: Page) -> None:
    for name, day, stood in (
        ("规划一处党支部", RENAMED - DAY, ("规划一处党支部", "机关党委")),
        ("规划一处党支部", RENAMED, ("规划处党支部", "机关党委")),
        ("信息科党支部", SPLIT - DAY, ("信息科党支部", "机关党委／服务中心党委")),
        ("信息科党支部", SPLIT, ("信息科党支部", "机关党委／信息中心党委")),
        ("后勤科党支部", MOVED - DAY, ("后勤科党支部", "机关党委／服务中心党委")),
        ("后勤科党支部", MOVED, ("后勤科党支部", "机关党委")),
    ):
        page.goto(bureau.address(name, f"?on={day}"))
        assert called(page) == stood
    leaders = page.locator(".panel", has=page.get_by_role("heading", name="班子成员"))
    page.goto(bureau.address("规划一处党支部", f"?on={LEFT - DAY}"))
    expect(leaders).to_contain_text("曹敏 书记")
    page.goto(bureau.address("规划一处党支部", f"?on={LEFT}"))
    expect(leaders).not_to_contain_text("曹敏")
    page.goto(bureau.address("规划二处党支部"))
    expect(page.locator(".messages")).to_contain_text(f"以下是 {MERGED - DAY} 的情况")


def timelines_read_well(bureau: Bureau, page: Page) -> None:
    for name, history in TIMELINES.items():
        page.goto(bureau.address(name))
        assert events(page) == dedent(history).strip().splitlines()
    page.goto("/members/")
    follow(page, "何川")
    told = dedent(HE_CHUAN).strip().splitlines()
    assert [event[: len(words)] for event, words in zip(events(page), told, strict=True)] == told
