"""From the workbooks to the report, as a clerk goes."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Desk, Look

pytestmark = pytest.mark.browser
SENTENCE = re.compile(r"9 个党支部：.*\d 个逾期")


def hand_in(page: Page, messy: Path) -> None:
    page.get_by_label("党员名册").set_input_files(only(messy, "*名册*"))
    page.get_by_label("组织生活台账").set_input_files(sorted(messy.glob("*台账*")))
    page.get_by_label("党组织信息").set_input_files(only(messy, "党组织*"))
    page.get_by_label("核对到").fill("2026-09-30")
    page.get_by_label("起始日期").fill("2026-01-01")
    page.get_by_role("button", name="开始核对").click()


def only(folder: Path, pattern: str) -> Path:
    (path,) = folder.glob(pattern)
    return path


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_from_workbooks_to_reason_rule_and_report(desk: Desk, messy: Path, *, width: int, javascript: bool) -> None:
    page = desk.open(width=width, javascript=javascript)
    hand_in(page, messy)
    expect(page.get_by_role("heading", level=1)).to_have_text(SENTENCE)

    page.get_by_label("情况", exact=True).select_option("逾期")
    page.get_by_role("button", name="筛选").click()
    expect(page.get_by_role("heading", name=re.compile(r"^3 个党组织"))).to_be_visible()

    page.get_by_role("cell", name=re.compile("逾期 主题党日")).get_by_role("link").click()
    expect(page.get_by_text("2026年5月应开展主题党日 1 次，台账中有 0 次，缺 1 次。")).to_be_visible()
    expect(page.get_by_text("《中国共产党支部工作条例（试行）》第16条")).to_be_visible()

    with page.expect_download() as download:
        page.get_by_role("link", name="Excel 表格").click()
    assert download.value.suggested_filename.endswith(".xlsx")

    page.get_by_role("heading", level=4).get_by_role("link", name="主题党日每月开展一次").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("主题党日每月开展一次")
    expect(page.get_by_role("heading", name="例子")).to_be_visible()


def test_problems_of_the_workbooks_are_told_with_their_place(desk: Desk, messy: Path) -> None:
    page = desk.open()
    hand_in(page, messy)
    page.get_by_role("link", name=re.compile("表格问题")).click()
    page.get_by_label("程度").select_option("错误")
    expect(page).to_have_url(re.compile("severity=error"))
    expect(page.locator(".places li").first).to_contain_text(re.compile(r"第 \d+ 行"))
    assert set(page.locator(".severity").all_text_contents()) == {"错误"}


def test_chosen_files_are_listed_add_up_and_can_be_cleared(desk: Desk, messy: Path) -> None:
    page = desk.open()
    ledgers = page.get_by_label("组织生活台账")
    first, second = sorted(messy.glob("*台账*"))[:2]
    ledgers.set_input_files(first)
    ledgers.set_input_files(second)
    chosen = page.locator("[data-drop]").nth(1).locator("[data-chosen] li")
    expect(chosen).to_have_text([first.name, second.name])
    page.get_by_role("button", name=re.compile("清除.*组织生活台账")).click()
    expect(chosen).to_have_count(0)


def test_what_is_wrong_with_the_form_is_told_at_the_field(desk: Desk, look: Look, messy: Path) -> None:
    page = desk.open(width=375)
    page.get_by_label("组织生活台账").set_input_files(sorted(messy.glob("*台账*")))
    page.get_by_role("button", name="开始核对").click()
    expect(page.get_by_role("alert")).to_contain_text("请重新选择")
    expect(page.get_by_text("请选择党员名册。")).to_be_visible()
    look(page, "form-with-errors")
