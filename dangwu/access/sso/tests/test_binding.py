"""Binding by the system administrator."""

from datetime import date

import pytest
from allauth.socialaccount.models import SocialAccount

from dangwu.access.models import Account
from dangwu.access.scoping import AccountActor
from dangwu.access.sso.binding import account_of, bind_account, bound_providers, connect_account, unbind_account
from dangwu.access.sso.tests.visiting import appoint, open_account
from dangwu.foundation.objections import ObjectionError, RefusedError

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def administrator(duty: str) -> AccountActor:
    account = open_account(f"{duty}.admin")
    appoint(account, duty)
    return AccountActor(account, TODAY)


def bind(by: AccountActor, account: Account, subject: str = "p-17") -> None:
    bind_account(by=by, account=account, provider="unit", subject=subject, on=TODAY)


def test_the_system_administrator_binds() -> None:
    account = open_account("zhangsan")
    bind(administrator("system"), account)
    assert account_of("unit", "p-17", "") == account
    assert bound_providers(account) == {"unit"}


@pytest.mark.parametrize("duty", ["security", "audit"])
def test_no_other_administrator_does(duty: str) -> None:
    with pytest.raises(RefusedError):
        bind(administrator(duty), open_account("zhangsan"))


def test_he_does_not_become_another_administrator_by_it() -> None:
    system, security = administrator("system"), administrator("security")
    with pytest.raises(RefusedError):
        bind(system, security.account)


def test_nobody_claims_a_subject_for_somebody_else() -> None:
    with pytest.raises(RefusedError):
        connect_account(
            by=AccountActor(open_account("lisi"), TODAY),
            account=open_account("zhangsan"),
            provider="unit",
            subject="p-17",
        )


def test_one_subject_has_one_account_and_one_account_one_subject() -> None:
    system, account = administrator("system"), open_account("zhangsan", bound_to="p-17")
    with pytest.raises(ObjectionError, match="别的账号"):
        bind(system, open_account("lisi"))
    with pytest.raises(ObjectionError, match="先解除"):
        bind(system, account, "p-18")


def test_nobody_is_bound_to_nothing() -> None:
    with pytest.raises(ObjectionError, match="请填写"):
        bind(administrator("system"), open_account("zhangsan"), " ")


def test_it_is_let_go_by_the_administrator_or_the_holder() -> None:
    system = administrator("system")
    for account in (open_account("zhangsan", bound_to="p-17"), open_account("lisi", bound_to="p-18")):
        by = system if account.username == "zhangsan" else AccountActor(account, TODAY)
        unbind_account(by=by, account=account, provider="unit", on=TODAY)
    assert not SocialAccount.objects.exists()
    with pytest.raises(ObjectionError, match="没有绑定"):
        unbind_account(by=system, account=open_account("wangwu"), provider="unit", on=TODAY)


def test_a_username_never_finds_a_disabled_account() -> None:
    open_account("zhangsan", is_active=False)
    assert account_of("unit", "p-17", "zhangsan") is None


def test_an_empty_username_finds_nobody() -> None:
    open_account("zhangsan")
    assert account_of("unit", "p-17", "") is None
