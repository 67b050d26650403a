"""Handing a workbook in: what it is taken for, where it may go, and what is said of a file that is none."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dangwu.foundation.imports.models import Batch
from dangwu.workbench.imports.tests.conftest import OFFICE, Desk, identity
from tests.accounts import account, appointed, sign_in

GOOD = ("谷雨", identity(), OFFICE, "正式党员", "大学本科")


def test_a_roster_is_recognised_and_staged_at_once(desk: Desk) -> None:
    batch = desk.batch(GOOD)
    assert (batch.kind, batch.state, batch.counts["new"]) == ("roster", "staged", 1)
    assert batch.under == desk.committee.pk


def test_a_list_of_organisations_is_recognised_by_its_head(desk: Desk) -> None:
    batch = desk.batch(("财务处党支部", "党支部", "机关党委"), heads=("党组织名称", "组织类别", "上级党组织"))
    assert batch.kind == "organisations"


def test_the_only_organisation_of_a_clerk_is_chosen_beforehand(desk: Desk) -> None:
    assert f'name="into_key" value="{desk.committee.pk}"' in desk.page("imports")


def test_a_table_of_no_kind_is_not_kept(desk: Desk) -> None:
    response = desk.hand_in(desk.table(("苹果", 3), heads=("品名", "数量")))
    assert response.status_code == 422
    assert "没有认出这是哪一种表" in response.content.decode()  # type: ignore[attr-defined] # a page
    assert not Batch.objects.exists()


def test_a_file_that_is_no_workbook_is_refused_with_what_to_do(desk: Desk) -> None:
    path = desk.folder / "名册.xlsx"
    path.write_text("这不是工作簿", encoding="utf-8")
    response = desk.hand_in(path)
    assert "另存为 .xlsx" in response.content.decode()  # type: ignore[attr-defined] # a page
    assert not Batch.objects.exists()


def test_a_chosen_kind_that_it_is_not_is_told_on_its_page(desk: Desk) -> None:
    desk.hand_in(desk.table(("苹果", 3), heads=("品名", "数量")), kind="roster")
    batch = Batch.objects.get()
    assert batch.state == "refused"
    assert "没有读取" in desk.page("import", batch.pk)


@pytest.mark.parametrize("told", [{"since": ""}, {"into": "", "into_key": ""}, {"kind": "nonsense"}])
def test_what_is_missing_is_asked_for(desk: Desk, told: dict[str, str]) -> None:
    assert desk.hand_in(desk.table(GOOD), **told).status_code == 422
    assert not Batch.objects.exists()


def test_a_day_to_come_is_refused(desk: Desk) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    response = desk.hand_in(desk.table(GOOD), since=str(tomorrow))
    assert "不能晚于今天" in response.content.decode()  # type: ignore[attr-defined] # a page


def test_nobody_imports_outside_his_own_part(desk: Desk) -> None:
    secretary = appointed(desk.branches[OFFICE], role="secretary", who=account("zhong"))
    desk.client = sign_in(Client(), secretary)
    response = desk.hand_in(desk.table(GOOD), kind="roster")
    assert response.status_code == 422
    assert "您没有在“机关党委”导入党员名册的权限" in response.content.decode()  # type: ignore[attr-defined] # a page
    assert not Batch.objects.exists()


def test_whoever_keeps_nothing_finds_no_such_page(desk: Desk) -> None:
    supervisor = sign_in(Client(), appointed(desk.committee, role="supervisor", who=account("fang")))
    assert supervisor.get(reverse("imports")).status_code == 404


def test_a_blank_form_names_the_branches(desk: Desk) -> None:
    response = desk.client.get(reverse("import-form", args=["roster"]))
    assert response.getvalue().startswith(b"PK")
    assert desk.client.get(reverse("import-form", args=["nonsense"])).status_code == 404


def test_the_same_form_sent_twice_makes_one_batch(desk: Desk) -> None:
    path = desk.table(GOOD)
    told = {"kind": "", "into": "", "into_key": str(desk.committee.pk), "since": "2026-03-01"}
    key = {"idempotency_key": "0b0e7f6e-5d3c-4a52-9d7e-2f0a4c1b7d10"}
    for _ in range(2):
        with path.open("rb") as file:
            assert desk.client.post(reverse("imports"), {**told, **key, "file": file}).status_code == 302
    assert Batch.objects.count() == 1
