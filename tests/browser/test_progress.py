"""Watching a check at work, with and without a script."""

from datetime import date

import pytest
from playwright.sync_api import expect

from dangwu.compliance.models import Check
from dangwu.foundation.actors import CommandLine
from dangwu.foundation.deeds import Deed, doing
from dangwu.organisations.models import Unit
from tests.browser.conftest import Desk, Look

pytestmark = pytest.mark.browser


@pytest.fixture
def running(desk: Desk) -> Check:
    with doing(Deed("store", CommandLine("test"))):
        unit = Unit.objects.create(name="示例局")
    return Check.objects.create(
        unit=unit,
        opened_by=desk.actor,
        on=date(2026, 9, 30),
        since=date(2026, 1, 1),
        state=Check.State.RUNNING,
        step="正在读取 党员名册.xlsx",
        progress=30,
    )


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_the_page_follows_the_check_and_then_shows_its_result(desk: Desk, running: Check, *, javascript: bool) -> None:
    page = desk.open(f"/checks/{running.pk}/", javascript=javascript)
    expect(page.get_by_text("正在读取 党员名册.xlsx")).to_be_visible()
    Check.objects.update(step="正在对照条文逐项核对", progress=70)
    expect(page.get_by_text("70%")).to_be_visible()
    Check.objects.update(state=Check.State.DONE)
    expect(page.get_by_role("link", name="总览")).to_be_visible()


def test_a_check_that_is_refused_ends_the_waiting(desk: Desk, look: Look, running: Check) -> None:
    page = desk.open(f"/checks/{running.pk}/", width=375)
    look(page, "progress")
    Check.objects.update(state=Check.State.REFUSED, message="“名册.xlsx”设有密码，请取消密码后另存为 .xlsx。")
    expect(page.get_by_role("heading", name="未能核对")).to_be_visible()
    look(page, "refused")
