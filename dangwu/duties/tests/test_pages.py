"""The pages of duties: one tap for the branch, the overview for the committee."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dangwu.access.models import Account
from dangwu.duties.models import Assignment, Campaign, Task
from dangwu.duties.services.setting import hand_on
from dangwu.duties.tests.conftest import BY, DAY, DUE, FOUNDED, Bureau, of
from dangwu.organisations.services.reorganising import found_organisation
from tests.accounts import sign_in

pytestmark = pytest.mark.same_everywhere  # a page is the same on every database


@pytest.fixture(autouse=True)
def _on_the_day() -> object:
    with time_machine.travel(f"{DAY}T09:00+08:00", tick=False):
        yield


def page(who: Account, name: str, *args: int, **asked: str) -> str:
    response = sign_in(Client(), who).get(reverse(name, args=args), asked)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def fill(who: Account, name: str, filled: dict[str, object], *args: int, status: int = 302) -> str:
    told = {"idempotency_key": str(uuid4()), **filled}
    response = sign_in(Client(), who).post(reverse(name, args=args), told)
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def test_the_branch_fulfils_a_directive_with_one_tap(bureau: Bureau) -> None:
    row, activity = of(bureau.directive(bureau.office), bureau.office), bureau.held()
    told = page(bureau.secretary, "duty", row.pk)
    assert "还有 8 个工作日" in told
    assert "主题党日：学习全会精神" in told
    fill(bureau.secretary, "duty-use-record", {"record": activity.pk}, row.pk)
    row.refresh_from_db()
    assert row.state == "studied"
    assert "还要报告贯彻落实情况" in page(bureau.secretary, "duty", row.pk)


def test_one_tap_reports_a_measure_in_the_words_of_the_record(bureau: Bureau) -> None:
    row, activity = of(bureau.measure(bureau.campaign(), bureau.office), bureau.office), bureau.held()
    fill(bureau.secretary, "duty-use-record", {"record": activity.pk}, row.pk)
    row.refresh_from_db()
    assert (row.state, row.measures_taken) == ("reported", "2026-11-10 主题党日：学习全会精神")
    assert "确认完成" in page(bureau.clerk, "duty", row.pk)
    fill(bureau.clerk, "duty-confirm", {"version": row.version}, row.pk)
    row.refresh_from_db()
    assert row.state == "confirmed"


def test_without_a_choice_nothing_happens_and_it_is_said(bureau: Bureau) -> None:
    row = of(bureau.directive(bureau.office), bureau.office)
    fill(bureau.secretary, "duty-use-record", {"record": ""}, row.pk)
    fill(bureau.secretary, "duty-use-record", {"record": "999"}, row.pk)
    row.refresh_from_db()
    assert row.state == "handed"


def test_a_directive_is_registered_and_handed_to_all_branches(bureau: Bureau) -> None:
    where = {"organisation": "机关党委", "organisation_key": bureau.committee.pk}
    days = {"received_on": DAY, "due_on": DUE}
    fill(bureau.clerk, "directive-new", {"title": "通知", "reports": "on", **where, **days})
    task = Task.objects.unscoped("a test").get()
    fill(bureau.clerk, "duty-hand-on", {"to": "branches"}, task.pk)
    assert Assignment.objects.of(task=task).count() == 2
    told = page(bureau.clerk, "duty-task", task.pk)
    assert "办公室党支部" in told
    assert "人事处党支部" in told


def test_a_branch_sees_of_a_directive_its_own_part_alone(bureau: Bureau) -> None:
    task = bureau.directive(bureau.office, bureau.personnel)
    told = page(bureau.secretary, "duty-task", task.pk)
    assert ("办公室党支部" in told, "人事处党支部" in told) == (True, False)
    assert "布置</a>" not in told


def test_who_is_late_is_found_and_exported(bureau: Bureau) -> None:
    task = bureau.directive(bureau.office, bureau.personnel)
    with time_machine.travel(DUE + timedelta(days=3), tick=False):
        assert "逾期 3 天" in page(bureau.clerk, "duty-task", task.pk, standing="late")
        response = sign_in(Client(), bureau.clerk).get(reverse("duty-task", args=[task.pk]), {"as": "xlsx"})
    assert response["Content-Type"].startswith("application/vnd.openxml")
    for standing in ("open", "late", "soon", "unstudied", "waiting", "returned", "done", "done_late"):
        page(bureau.clerk, "duty-task", task.pk, standing=standing)


def test_a_campaign_shows_its_measures_and_each_organisation(bureau: Bureau) -> None:
    where = {"organisation": "机关党委", "organisation_key": bureau.committee.pk}
    fill(bureau.clerk, "campaign-new", {"name": "学习教育", "starts_on": DAY, "ends_on": DUE, **where})
    campaign = Campaign.objects.unscoped("a test").get()
    fill(bureau.clerk, "measure-new", {"title": "列出问题清单", "due_on": DUE}, campaign.pk)
    fill(bureau.clerk, "duty-hand-on", {"to": "all"}, Task.objects.unscoped("a test").get().pk)
    assert "列出问题清单" in page(bureau.clerk, "campaign", campaign.pk)
    matrix = page(bureau.clerk, "campaign", campaign.pk, by="organisation")
    assert "人事处党支部" in matrix
    assert "措施1" in matrix


def test_what_was_handed_to_us_is_handed_on_without_typing_it_again(bureau: Bureau) -> None:
    row = of(bureau.directive(bureau.committee), bureau.committee)
    told = sign_in(Client(), bureau.clerk).get(reverse("directive-new"), {"from": row.pk}).content.decode()
    assert "关于学习贯彻全会精神的通知" in told


def cost(who: Account, name: str, *args: int, **asked: str) -> int:
    client = sign_in(Client(), who)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse(name, args=args), asked).status_code == 200
    return len(queries)


def test_the_pages_cost_the_same_however_many_organisations_there_are(bureau: Bureau) -> None:
    campaign = bureau.campaign()
    directive, measure = bureau.directive(bureau.office), bureau.measure(campaign, bureau.office, post="secretary")

    def costs() -> list[int]:
        pages = [("duties",), ("duty-tasks",), ("duty-task", directive.pk), ("duty-task", measure.pk)]
        fixed = [cost(bureau.clerk, *each) for each in pages]  # type: ignore[arg-type] # a name and a key
        return [*fixed, cost(bureau.clerk, "campaign", campaign.pk, by="organisation")]

    few = costs()
    unit, on = bureau.committee.unit, FOUNDED
    for number in range(20):
        name = f"第{number}党支部"
        found_organisation(by=BY, unit=unit, parent=bureau.committee, name=name, kind="branch", on=on)
    for task in (directive, measure):
        everyone = [row.pk for row in type(bureau.office).objects.unscoped("a test") if row.pk != bureau.elsewhere.pk]
        hand_on(by=BY, task=task, organisations=everyone, on=DAY)
    assert costs() == few
