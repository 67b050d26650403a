from uuid import uuid4

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from dangwu.access.actors import Visitor
from dangwu.access.models import Account
from dangwu.access.scoping import AccountActor
from dangwu.access.services.accounts import issue_reset_code
from dangwu.access.services.passwords import set_password_with_code
from dangwu.access.tests.conftest import NOW, TODAY
from dangwu.foundation.objections import ObjectionError, RefusedError
from dangwu.organisations.models import Organisation
from tests.accounts import PASSWORD, Cast, sign_in

ZHONG = Account(username="zhongzheng", name="钟正")


@pytest.mark.parametrize(
    "password",
    [
        "a-b-c-d-e",  # short
        "aaaaaaaaaaaaaaaa",
        "123456789012345",
        "1qaz2wsx3edc4rfv",
        "qwertyuiop12345",
        "Passw0rd@2026",
        "dangzhibu2026!",
        "DangWu@20261015",
        "zhongzheng2026",
        "钟正钟正钟正钟正钟正钟正",
        "Zhongzheng@zz123",
        "shilijudangwei2026",  # the unit's own name
        "slj20261015slj",
        "iloveyou20262026",
        "administrator1",
    ],
)
def test_what_anybody_would_guess_is_refused(places: dict[str, Organisation], password: str) -> None:  # noqa: ARG001
    with pytest.raises(ValidationError) as refused:
        validate_password(password, ZHONG)
    assert not any(letter.isascii() and letter.isalpha() for letter in "".join(refused.value.messages))


@pytest.mark.parametrize(
    "password", [PASSWORD, "correct horse battery staple", "T9#vLq2!mXz7Rw", "夜里下雨早上天晴去爬山吧好"]
)
def test_what_nobody_would_guess_is_taken(places: dict[str, Organisation], password: str) -> None:  # noqa: ARG001
    validate_password(password, ZHONG)


def test_a_code_on_paper_sets_a_password_once(system: AccountActor, clerk: Account) -> None:
    code = issue_reset_code(by=system, account=clerk, now=NOW, on=TODAY)
    set_password_with_code(by=Visitor(), code=code.lower(), password="又是一年春草绿了门前的路", now=NOW)
    assert Account.objects.get(pk=clerk.pk).check_password("又是一年春草绿了门前的路")
    with pytest.raises(ObjectionError, match="一次性口令不对"):
        set_password_with_code(by=Visitor(), code=code, password=PASSWORD, now=NOW)


def test_until_the_code_is_used_the_old_password_holds(system: AccountActor, clerk: Account) -> None:
    issue_reset_code(by=system, account=clerk, now=NOW, on=TODAY)
    assert Account.objects.get(pk=clerk.pk).check_password(PASSWORD)


def test_the_password_of_an_administrator_is_reset_by_nobody_alone(system: AccountActor, cast: Cast) -> None:
    for account in (cast.security, cast.audit, cast.system):
        with pytest.raises(RefusedError):
            issue_reset_code(by=system, account=account, now=NOW, on=TODAY)


def test_a_wrong_old_password_changes_nothing(cast: Cast, browser: Client) -> None:
    sign_in(browser, cast.nobody)
    new = "又是一年春草绿了门前的路"
    form = {"idempotency_key": uuid4(), "old": "不是这个", "password": new, "again": new}
    answer = browser.post("/account/password/", form)
    assert answer.status_code == 422
    assert "原密码不对" in answer.content.decode()
