"""A new site: three people, three codes, three accounts, and nothing that lies ready for a stranger."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from click.testing import CliRunner
from django.test import Client

from dangwu.access.models import Account, Administration, OneTimeCode
from dangwu.access.services.administrators import issue_first_codes
from dangwu.access.tests.conftest import NOW, TODAY
from dangwu.config.commands import setup
from dangwu.foundation.actors import CommandLine
from dangwu.foundation.audit.models import AuditEntry
from tests.accounts import PASSWORD, Cast

AT_THE_MACHINE = CommandLine("setup")


def first_codes() -> dict[str, str]:
    return issue_first_codes(by=AT_THE_MACHINE, now=NOW, on=TODAY)


def begin(browser: Client, code: str, username: str = "zhong", password: str = PASSWORD) -> str:
    """What the page answers: where it leads, or its words."""
    given = {"code": code, "username": username, "name": "钟正", "password": password, "again": password}
    answer = browser.post("/begin/", {"idempotency_key": uuid4(), **given})
    return answer.headers.get("Location") or answer.content.decode()


pytestmark = pytest.mark.django_db


def test_an_empty_site_says_what_to_do_and_has_no_account(browser: Client) -> None:
    assert not Account.objects.exists()
    assert browser.get("/sign-in/").headers["Location"] == "/begin/"
    assert "dangwu setup" in browser.get("/begin/").content.decode()


def test_three_codes_make_three_administrators() -> None:
    with time_machine.travel(NOW):
        for duty, code in first_codes().items():
            assert begin(Client(), code, username=duty) == "/"
    held = Administration.objects.values_list("account__username", "duty")
    assert set(held) == {(duty, duty) for duty in ("system", "security", "audit")}


def test_a_new_administrator_is_led_to_the_second_factor_without_being_asked_again(browser: Client) -> None:
    with time_machine.travel(NOW):
        begin(browser, first_codes()["system"])
        assert browser.get("/").headers["Location"] == "/account/factors/"
        assert browser.get("/account/factors/app/").status_code == 200
        assert browser.get("/accounts/").headers["Location"] == "/account/factors/"


def test_the_entrance_leads_on_while_codes_wait(browser: Client) -> None:
    with time_machine.travel(NOW):
        begin(Client(), first_codes()["system"])
        assert 'href="/begin/"' in browser.get("/sign-in/").content.decode()


def test_a_code_is_good_once_and_only_whole(browser: Client) -> None:
    with time_machine.travel(NOW):
        code = first_codes()["system"]
        assert "一次性口令不对" in begin(browser, code[: len(code) // 2])
        assert begin(browser, code.lower().replace("-", " ")) == "/"
        assert "一次性口令不对" in begin(Client(), code, username="second")
    assert Account.objects.count() == 1


def test_a_code_is_good_for_a_day() -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        code = first_codes()["audit"]
        clock.shift(timedelta(hours=24))
        assert "dangwu setup" in begin(Client(), code)
    assert not Account.objects.exists()


def test_new_codes_make_earlier_ones_void(browser: Client) -> None:
    with time_machine.travel(NOW):
        earlier = first_codes()["system"]
        first_codes()
        assert "一次性口令不对" in begin(browser, earlier)


def test_no_code_lies_readable_anywhere() -> None:
    codes = first_codes()
    kept = str(list(OneTimeCode.objects.values())) + str(list(AuditEntry.objects.values()))
    assert not any(part in kept for code in codes.values() for part in re.findall(r"\w{4}-\w{4}", code))


def test_there_are_codes_for_vacant_duties_only(cast: Cast) -> None:  # noqa: ARG001 - who is there
    assert first_codes() == {}


def test_afterwards_there_is_no_such_page(cast: Cast, browser: Client) -> None:  # noqa: ARG001 - who is there
    assert browser.get("/begin/").status_code == 404
    assert browser.get("/sign-in/").status_code == 200


@pytest.mark.parametrize("password", ["zhong2026zhong", "Dangwu@2026!!", "短密码"])
def test_a_weak_password_makes_no_administrator(browser: Client, password: str) -> None:
    with time_machine.travel(NOW):
        answer = begin(browser, first_codes()["system"], password=password)
    assert "密码" in answer
    assert not Account.objects.exists()


def test_the_command_prints_the_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dangwu.config.site.prepare", lambda: None)
    told = CliRunner().invoke(setup.command).output
    assert len(re.findall(r"管理员  (?:\w{4}-){7}\w{4}", told)) == 3
