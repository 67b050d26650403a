from uuid import uuid4

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.http import HttpResponseBase
from django.test import Client

from dangwu.access.models import Account
from dangwu.access.sso.tests.conftest import Write
from dangwu.access.sso.tests.visiting import appoint, enter, open_account, words

pytestmark = pytest.mark.django_db
CAS = '[portal]\nkind = "cas"\nname = "单位门户"\nserver = "https://cas.example.gov.cn/cas"\n'


@pytest.fixture
def system(client: Client, sign_on_file: Write) -> Account:
    """The system administrator, signed in."""
    sign_on_file(CAS)
    account = open_account("system.admin")
    appoint(account, "system")
    TOTP.activate(account, "JBSWY3DPEHPK3PXP")
    enter(client, account)
    return account


def send(client: Client, account: Account, what: str, **given: str) -> HttpResponseBase:
    given = {"idempotency_key": str(uuid4()), "provider": "portal", **given}
    return client.post(f"/sign-on/accounts/{account.pk}/{what}/", given, follow=True)


@pytest.mark.usefixtures("system")
def test_the_page_of_an_account_leads_to_binding_it(client: Client) -> None:
    account = open_account("zhangsan")
    assert "绑定单位身份" in words(client.get(f"/accounts/{account.pk}/"))
    assert "单位门户" in words(client.get(f"/sign-on/accounts/{account.pk}/bind/"))


@pytest.mark.usefixtures("system")
def test_the_system_administrator_binds_and_lets_go(client: Client) -> None:
    account = open_account("zhangsan")
    assert "已绑定。" in words(send(client, account, "bind", subject="p-17"))
    assert SocialAccount.objects.get().user_id == account.pk
    assert "已解除绑定。" in words(send(client, account, "let-go"))
    assert not SocialAccount.objects.exists()


@pytest.mark.usefixtures("system")
def test_a_subject_that_is_taken_is_said_at_its_field(client: Client) -> None:
    other = open_account("lisi")
    send(client, other, "bind", subject="p-17")
    page = send(client, open_account("zhangsan"), "bind", subject="p-17")
    assert (page.status_code, "已经绑定了别的账号" in words(page)) == (422, True)


@pytest.mark.usefixtures("system")
def test_another_administrators_account_is_not_his_to_bind(client: Client) -> None:
    account = open_account("security.admin")
    appoint(account, "security")
    assert send(client, account, "bind", subject="p-17").status_code == 403
    assert not SocialAccount.objects.exists()


def test_for_anybody_else_there_is_no_such_page(client: Client, sign_on_file: Write) -> None:
    sign_on_file(CAS)
    account = open_account("zhangsan")
    enter(client, account)
    assert send(client, account, "bind", subject="p-17").status_code == 404
