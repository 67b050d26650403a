"""An ugly roster becomes a clean one in ten steps, by somebody who has read no manual; and is taken back."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from dangwu.access.models import Account
from dangwu.foundation.actors import CommandLine
from dangwu.organisations.models import Organisation, OrganisationKind
from dangwu.organisations.services.reorganising import found_organisation
from dangwu.organisations.services.units import register_unit
from dangwu.workbench.demo.world import imagine_world
from tests.accounts import account, appointed, sign_in
from tests.browser.conftest import Look
from tests.browser.test_people_pages import faults_of
from tests.browser.walking import follow, opened_as
from tests.browsing import Live

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BY, FOUNDED = CommandLine("test"), date(2024, 1, 1)
ROSTER = "党员花名册（最新）.xlsx"


@pytest.fixture
def clerk(live: Live) -> Account:  # noqa: ARG001 - its database is the one that the site uses
    """Who keeps the organisations of the demonstration's messy roster."""
    unit = register_unit(by=BY, name="示例局", kind="organ", on=FOUNDED)
    kinds = {label: value for value, label in OrganisationKind.choices}
    top: Organisation | None = None
    for each in imagine_world(branches=9, members=120, seed=1, tell=lambda _: None).organisations[1:]:
        founded = found_organisation(by=BY, unit=unit, parent=top, name=each.name, kind=kinds[each.kind], on=FOUNDED)
        top = top or founded.organisation
    assert top
    return appointed(top, who=account("wenqing", name="文清"))


@pytest.mark.parametrize("width", [1280, 375])
def test_an_ugly_roster_is_brought_in_and_taken_back(
    live: Live, clerk: Account, messy: Path, look: Look, width: int
) -> None:
    page = opened_as(live, clerk, "/imports/", width=width)
    look(page, "imports")
    page.get_by_label("选择文件").set_input_files(messy / ROSTER)
    page.get_by_role("button", name="读取并预览").click()
    expect(page.locator(".lead")).to_contain_text("共 122 行：新增 97")
    look(page, "import")
    turn_to(page, "栏目")
    look(page, "import-columns")
    turn_to(page, "整理")
    look(page, "import-fixes")
    page.get_by_role("button", name="全部采用").click()
    turn_to(page, "问题")
    look(page, "import-problems")
    choose_among_namesakes(page, look)
    page.get_by_role("button", name="有错误的行都先不导入").click()
    look(page, "import-problems-rest")
    turn_to(page, "明细")
    look(page, "import-rows")
    turn_to(page, "问题")
    page.get_by_role("link", name="核对并导入").click()
    look(page, "import-confirm")
    page.get_by_role("button", name="确认导入").click()
    expect(page.get_by_text("已导入：写入")).to_be_visible()
    look(page, "import-done")
    follow(page, "撤销这次导入")
    look(page, "import-undo")
    page.get_by_role("button", name="撤销这次导入").click()
    expect(page.locator(".result")).to_contain_text("与导入以前完全一样")
    look(page, "import-undone")


def test_everything_works_without_a_script(live: Live, clerk: Account, messy: Path) -> None:
    session = sign_in(Client(), clerk).cookies[settings.SESSION_COOKIE_NAME].value
    page = live.open("/imports/", javascript=False, cookies={settings.SESSION_COOKIE_NAME: session}, width=375)
    page.get_by_label("选择文件").set_input_files(messy / ROSTER)
    page.get_by_role("button", name="读取并预览").click()
    page.get_by_role("link", name="处理问题").click()
    page.get_by_role("link", name="导入范围内没有").click()
    page.get_by_label("都改为").fill("中共云川市政务服务局信息中心支部委员会")
    page.get_by_role("button", name="保存").first.click()
    expect(page.locator(".settled")).to_contain_text("都改为“中共云川市政务服务局信息中心支部委员会”")
    page.get_by_role("button", name="有错误的行都先不导入").click()
    page.get_by_role("link", name="核对并导入").click()
    page.get_by_label("以上整理规则已经看过").check()
    page.get_by_role("button", name="确认导入").click()
    expect(page.get_by_text("已导入：写入")).to_be_visible()


def test_every_page_of_an_import_by_day_and_by_night(live: Live, clerk: Account, messy: Path) -> None:
    page = opened_as(live, clerk, "/imports/")
    page.get_by_label("选择文件").set_input_files(messy / ROSTER)
    page.get_by_role("button", name="读取并预览").click()
    expect(page.locator(".lead")).to_contain_text("共 122 行")
    its = page.url.removeprefix(live.url)
    key = "organisation.ambiguous:organisation"
    verbs = ("", "columns/", "fixes/", "problems/", f"problems/{key}/", "rows/?state=error", "discard/")
    paths = ["/imports/", "/imports/export/roster/", *(f"{its}{verb}" for verb in verbs)]
    assert [fault for path in paths for fault in faults_of(page, path)] == []


def turn_to(page: Page, tab: str) -> None:
    page.locator(".tabs").get_by_role("link", name=tab).click()


def choose_among_namesakes(page: Page, look: Look) -> None:
    """A name that two branches may bear is asked about, never guessed."""
    page.get_by_role("link", name="可能是几个党组织中的一个").click()
    look(page, "import-problem")
    page.get_by_label("就是").select_option(index=1)
    page.get_by_role("button", name="保存").first.click()
    expect(page.locator(".settled")).to_contain_text("就是“中共云川市政务服务局窗口服务第一支部委员会”")
