import json
from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import unquote

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains, assertTemplateUsed

from dangwu.compliance.models import Check
from dangwu.foundation.actors import CommandLine
from dangwu.foundation.audit.checkpoints import checkpoint_now
from dangwu.foundation.deeds import Deed, doing
from dangwu.organisations.queries import standings_of_unit

DoneCheck = Callable[[int], Check]
PAGES = ("", "findings/", "due/", "problems/", "workbooks/")
POLL = {"HX-Request": "true", "HX-Target": "check-progress"}


@pytest.fixture
def client(clerk: Client) -> Client:
    return clerk


def path_of(check: Check, page: str = "") -> str:
    return f"/checks/{check.pk}/{page}"


@pytest.mark.parametrize(
    ("page", "queries"), [("", 14), ("findings/", 14), ("due/", 14), ("problems/", 15), ("workbooks/", 15)]
)
@pytest.mark.parametrize("branches", [9, 90])
def test_a_page_asks_the_database_as_often_for_ninety_branches_as_for_nine(
    client: Client,
    done_check: DoneCheck,
    django_assert_num_queries: DjangoAssertNumQueries,
    page: str,
    queries: int,
    branches: int,
) -> None:
    path = path_of(done_check(branches), page)
    with django_assert_num_queries(queries):
        assert client.get(path).status_code == HTTPStatus.OK


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_with_the_sentence_and_the_five_figures(
    client: Client, done_check: DoneCheck, page: str
) -> None:
    answer = client.get(path_of(done_check(3), page))
    for told in ("3 个党支部：3 个逾期", "应办", "已办", "按期", "完成率", "按期率", "91.6%"):
        assertContains(answer, told)


def test_a_square_has_shape_word_and_colour_and_leads_to_its_reasons(client: Client, done_check: DoneCheck) -> None:
    check = done_check(1)
    (branch,) = standings_of_unit(check.unit_id, check.on)
    answer = client.get(path_of(check))
    assertContains(
        answer,
        f'href="/checks/{check.pk}/findings/?organisation={branch.organisation_id}&amp;rule=theme-day-each-month"',
    )
    assertContains(answer, '<td role="cell" class="square standing-overdue')
    assertContains(answer, '<span class="shape" aria-hidden="true">✕</span> <span class="word">逾期</span>')


def test_a_finding_tells_clause_reason_remedy_and_how_sure_the_clause_is(client: Client, done_check: DoneCheck) -> None:
    answer = client.get(path_of(done_check(1), "findings/"))
    for told in ("《支部工作条例》第16条", "缺 1 次主题党日", "尽快补开。", "条文待核实，仅提示。", "2026年5月31日"):
        assertContains(answer, told)


def test_findings_are_narrowed_by_the_address(client: Client, done_check: DoneCheck) -> None:
    check = done_check(3)
    branch = standings_of_unit(check.unit_id, check.on).get(name="第1党支部")
    answer = client.get(
        path_of(check, "findings/"), {"organisation": str(branch.organisation_id), "rule": "theme-day-each-month"}
    )
    assertContains(answer, "1 个问题")
    assertContains(answer, "应办 9，已办 8，按期 8")


def test_findings_come_fifty_a_page_and_keep_what_was_chosen(client: Client, done_check: DoneCheck) -> None:
    path = path_of(done_check(60), "findings/")
    assertContains(client.get(path, {"by": "rule"}), 'href="?by=rule&amp;page=2"')
    assert len(client.get(path).context["page"].object_list) == 50
    assert len(client.get(path, {"page": 2}).context["page"].object_list) == 10


def test_no_match_says_what_to_do(client: Client, done_check: DoneCheck) -> None:
    assertContains(client.get(path_of(done_check(2), "findings/"), {"text": "没有的词"}), "请放宽上面的筛选条件")


def test_a_problem_tells_its_place_with_the_head_of_its_column(client: Client, done_check: DoneCheck) -> None:
    answer = client.get(path_of(done_check(1), "problems/"))
    assertContains(answer, "名册.xlsx · 第 7 行 E 列“出生年月”")
    assertNotContains(answer, "birth_date")


def test_columns_are_told_by_their_labels(client: Client, done_check: DoneCheck) -> None:
    answer = client.get(path_of(done_check(1), "workbooks/"))
    for told in ("姓 名", "出生日期", "较有把握", "没有用到"):
        assertContains(answer, told)


@pytest.mark.parametrize("suffix", [".xlsx", ".docx", ".pdf", ".html", ".json"])
def test_the_report_is_a_file_with_a_chinese_name(client: Client, done_check: DoneCheck, suffix: str) -> None:
    answer = client.get(path_of(done_check(1), f"report{suffix}"))
    assert unquote(answer["Content-Disposition"]).endswith(f"示例局党组织生活核对报告（2026-09-30）{suffix}")
    assert answer["Content-Disposition"].startswith("attachment")


def test_the_report_ends_with_the_last_checkpoint_of_the_audit(client: Client, done_check: DoneCheck) -> None:
    check = done_check(1)
    signed = checkpoint_now(datetime(2026, 10, 1, tzinfo=UTC))
    assertContains(client.get(path_of(check, "report.html")), str(signed))


def test_the_data_holds_every_finding(client: Client, done_check: DoneCheck) -> None:
    assert len(json.loads(client.get(path_of(done_check(3), "report.json")).content)["findings"]) == 3


@pytest.mark.parametrize("page", [*PAGES, "report.json", "delete/"])
def test_the_check_of_somebody_else_is_not_there(client: Client, done_check: DoneCheck, page: str) -> None:
    check = done_check(1)
    Check.objects.update(opened_by="account:404")
    assert client.get(path_of(check, page)).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("state", [Check.State.WAITING, Check.State.RUNNING])
def test_a_check_under_way_shows_its_progress(client: Client, done_check: DoneCheck, state: Check.State) -> None:
    check = done_check(1)
    Check.objects.update(state=state, step="正在读取 名册.xlsx", progress=40)
    answer = client.get(path_of(check))
    assertContains(answer, "<progress")
    assertContains(answer, '<meta http-equiv="refresh" content="2">')
    assert client.get(path_of(check, "findings/")).status_code == HTTPStatus.NOT_FOUND


def test_whoever_polls_gets_only_the_progress(client: Client, done_check: DoneCheck) -> None:
    check = done_check(1)
    Check.objects.update(state=Check.State.RUNNING, step="正在读取 名册.xlsx", progress=40)
    answer = client.get(path_of(check), headers=POLL)
    assertTemplateUsed(answer, "workbench/components/check_progress.html")
    assertNotContains(answer, "<html")
    assertContains(answer, "40%")


@pytest.mark.parametrize("state", [Check.State.DONE, Check.State.REFUSED])
def test_whoever_polls_is_told_to_look_anew_at_the_end(
    client: Client, done_check: DoneCheck, state: Check.State
) -> None:
    check = done_check(1)
    Check.objects.update(state=state)
    assert client.get(path_of(check), headers=POLL)["HX-Refresh"] == "true"


def test_a_refused_check_tells_why(client: Client, done_check: DoneCheck) -> None:
    check = done_check(1)
    Check.objects.update(state=Check.State.REFUSED, message="“名册.xlsx”设有密码。请取消密码后再选。")
    assertContains(client.get(path_of(check)), "“名册.xlsx”设有密码。请取消密码后再选。")


def test_nothing_of_a_workbook_becomes_markup(client: Client, done_check: DoneCheck) -> None:
    check = done_check(1)
    with doing(Deed("rename", CommandLine("test"))):
        standings_of_unit(check.unit_id, check.on).update(name="<script>alert(1)</script>")
    check.problems.update(message="<img src=x>")
    for page in PAGES:
        assertNotContains(client.get(path_of(check, page)), "<script>alert")
        assertNotContains(client.get(path_of(check, page)), "<img src=x>")
