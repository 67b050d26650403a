"""A clerk ends a group: from the organisation's page, over what will happen, and back by the button."""

from datetime import date

import pytest
from playwright.sync_api import expect

from dangwu.organisations.models import Group
from dangwu.organisations.services.keeping import form_group
from tests.browser.bureau import BY, FOUNDED, small_bureau
from tests.browser.conftest import Look
from tests.browser.walking import fill_in, opened_as, send
from tests.browsing import Live

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = date(2026, 6, 1)


@pytest.mark.parametrize("width", [1280, 375])
def test_a_group_ends_and_the_end_is_taken_back(live: Live, look: Look, width: int) -> None:
    bureau = small_bureau()
    group = Group.objects.unscoped("a test").get()
    form_group(by=BY, organisation=bureau.branch, name="第二党小组", on=FOUNDED, duty_group=True)
    page = opened_as(live, bureau.clerk, f"/organisations/{bureau.branch.pk}/", width=width)
    look(page, "groups")
    way = page.locator(f"a[href$='/groups/{group.pk}/disband/']")
    way.click()
    look(page, "group-disband")
    told = {"其中的人员编入": "第二党小组", "从哪一天起撤销": str(DAY), "理由": "党员减少，两个小组合为一个"}
    fill_in(page, told)
    page.get_by_role("button", name="下一步：看看会有什么变化").click()
    expect(page.locator(".confirm")).to_contain_text("1 人编入“第二党小组”：林月。")
    look(page, "group-disband-confirm")
    send(page, "确认办理", "“第一党小组”已撤销。")
    look(page, "group-disbanded")
    expect(way).to_have_count(0)
    send(page, "撤回", "已撤回")
    expect(way).to_have_count(1)
