from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings
from pytest_django.asserts import assertContains, assertRedirects, assertTemplateUsed

from dangwu.compliance.models import Check
from dangwu.organisations.models import Unit

DoneCheck = Callable[[int], Check]
ELSEWHERE = "elsewhere.example"
KEY = {"idempotency_key": "00000000-0000-4000-8000-000000000001"}
DAYS = KEY | {"on": "2026-09-30", "since": "2026-01-01"}
ROSTER = "姓名,所在党支部,人员类别\n白露,办公室党支部,正式党员\n谷雨,办公室党支部,正式党员\n"


@pytest.fixture
def client(clerk: Client) -> Client:
    return clerk


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> None:
    settings.HOME = tmp_path


@pytest.mark.django_db
def test_the_first_page_says_the_next_step_to_whom_is_new(client: Client) -> None:
    assertContains(client.get("/checks/"), "还没有核对过")


@pytest.mark.django_db
def test_a_roster_becomes_a_check_with_its_result(client: Client) -> None:
    answer = client.post("/checks/", {**DAYS, "roster": SimpleUploadedFile("名册.csv", ROSTER.encode())}, follow=True)
    check = Check.objects.get()
    assertRedirects(answer, f"/checks/{check.pk}/")
    assertContains(answer, "1 个党支部")


@pytest.mark.django_db
def test_an_unreadable_workbook_is_refused_with_a_way_out(client: Client) -> None:
    answer = client.post("/checks/", {**DAYS, "roster": SimpleUploadedFile("名册.xlsx", b"no workbook")}, follow=True)
    assertContains(answer, "未能核对")
    assertContains(answer, "“名册.xlsx”")
    assertContains(answer, "重新选择工作簿")


@pytest.mark.django_db
def test_after_an_error_it_says_which_files_to_choose_again(client: Client) -> None:
    answer = client.post("/checks/", {**DAYS, "ledgers": SimpleUploadedFile("台账.xlsx", b"x")})
    assertContains(answer, "请选择党员名册。")
    assertContains(answer, "请重新选择：台账.xlsx")
    assert not Check.objects.exists()


@pytest.mark.django_db
def test_the_demonstration_needs_no_workbooks(client: Client) -> None:
    answer = client.post("/checks/demo/", KEY, follow=True)
    assertTemplateUsed(answer, "workbench/overview.html")
    assert Check.objects.get().state == Check.State.DONE


@pytest.mark.django_db
def test_whoever_presses_twice_starts_one_check(client: Client) -> None:
    first, second = (client.post("/checks/demo/", KEY)["Location"] for _ in range(2))
    assert (first, Check.objects.count()) == (second, 1)


def test_recent_checks_are_listed_with_their_sentences(client: Client, done_check: DoneCheck) -> None:
    done_check(3)
    assertContains(client.get("/checks/"), "3 个党支部：3 个逾期")


def test_deleting_asks_first(client: Client, done_check: DoneCheck) -> None:
    check = done_check(1)
    assertContains(client.get(f"/checks/{check.pk}/delete/"), "确认删除")
    assert Check.objects.exists()


def test_deleting_takes_everything_that_was_read(client: Client, done_check: DoneCheck) -> None:
    check = done_check(1)
    assertRedirects(client.post(f"/checks/{check.pk}/delete/", KEY), "/checks/")
    assert not Check.objects.exists()
    assert not Unit.objects.filter(pk=check.unit_id).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/checks/", "/checks/demo/", "/checks/1/delete/", "/appearance/"])
def test_no_form_is_taken_without_its_token(path: str) -> None:
    answer = Client(enforce_csrf_checks=True).post(path)
    assertContains(answer, "页面已失效，没有提交", status_code=HTTPStatus.FORBIDDEN)


@pytest.mark.parametrize(("chosen", "kept"), [("dark", "dark"), ("light", "light"), ("", ""), ("<b>", "")])
def test_light_or_dark_is_kept(client: Client, chosen: str, kept: str) -> None:
    answer = client.post("/appearance/", {"appearance": chosen, "next": "/rules/?a=1"})
    assert answer["Location"] == "/rules/?a=1"
    assert answer.cookies["appearance"].value == kept


@pytest.mark.parametrize("place", [f"//{ELSEWHERE}/", f"https://{ELSEWHERE}/", "javascript:alert(1)", ""])
def test_the_way_back_leads_nowhere_else(client: Client, place: str) -> None:
    assert client.post("/appearance/", {"next": place})["Location"] == "/"


def test_a_page_wears_what_was_chosen(client: Client) -> None:
    client.cookies["appearance"] = "dark"
    assertContains(client.get("/rules/"), 'data-bs-theme="dark"')


@pytest.mark.django_db
def test_what_is_not_there_is_told_in_chinese(client: Client) -> None:
    for path in ("/nothing/", "/checks/7/", "/rules/no-such-rule/"):
        assertContains(client.get(path), "没有这个页面", status_code=HTTPStatus.NOT_FOUND)


@pytest.mark.django_db
def test_pages_allow_no_script_or_style_in_their_text(client: Client) -> None:
    answer = client.get("/checks/")
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
    assert b"<style" not in answer.content
    assert b" style=" not in answer.content
    assert b"onclick" not in answer.content
