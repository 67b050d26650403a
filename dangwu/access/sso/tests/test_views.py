"""Binding by the holder, and the second factor after signing on."""

import time
from uuid import uuid4

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from dangwu.access.sso.tests.standins.serving import StandIn
from dangwu.access.sso.tests.visiting import (
    BACKEND,
    PASSWORD,
    address_left_for,
    appoint,
    enter,
    is_signed_in,
    leave,
    open_account,
    sent_back,
    sign_on,
    words,
)
from dangwu.foundation.audit.models import AuditEntry

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]


def test_the_holder_binds_while_signed_in(client: Client, provider: StandIn) -> None:
    account = open_account("lisi")
    enter(client, account)
    answer = client.get(sent_back(leave(client, "/sign-on/unit/connect/")))
    assert (answer.status_code, answer["Location"]) == (302, "/sign-on/")
    bound = SocialAccount.objects.get()
    assert (bound.user_id, bound.provider, bound.uid, bound.extra_data) == (account.pk, "unit", provider.person, {})


def test_a_binding_stands_in_the_audit_as_a_commitment(client: Client, provider: StandIn) -> None:
    enter(client, open_account("lisi"))
    client.get(sent_back(leave(client, "/sign-on/unit/connect/")))
    entry = AuditEntry.objects.order_by("-pk")[0]
    assert entry.verb == "account.connect"
    assert "socialaccount" in str(entry.__dict__)
    assert provider.person not in str(entry.__dict__)


def test_what_is_bound_to_another_account_stays_there(client: Client, provider: StandIn) -> None:
    other = open_account("zhangsan", bound_to=provider.person)
    enter(client, open_account("lisi"))
    page = client.get(sent_back(leave(client, "/sign-on/unit/connect/")), follow=True)
    assert "已经绑定了别的账号" in words(page)
    assert SocialAccount.objects.get().user_id == other.pk


@pytest.mark.usefixtures("provider")
def test_an_account_is_bound_once(client: Client) -> None:
    enter(client, open_account("lisi", bound_to="p-1"))
    page = client.get(sent_back(leave(client, "/sign-on/unit/connect/")), follow=True)
    assert "请先解除原来的绑定" in words(page)
    assert SocialAccount.objects.get().uid == "p-1"


@pytest.mark.usefixtures("provider")
def test_nobody_binds_who_is_not_signed_in(client: Client) -> None:
    assert client.post("/sign-on/unit/connect/").status_code in {302, 403}
    assert "socialaccount_states" not in client.session


@pytest.mark.usefixtures("provider")
def test_to_bind_one_proves_again_who_one_is(client: Client) -> None:
    account = open_account("lisi")
    client.force_login(account, BACKEND)
    answer = client.post("/sign-on/unit/connect/")
    assert (answer.status_code, answer["Location"].startswith("/confirm/")) == (302, True)
    assert address_left_for(client.post(answer["Location"], {"password": PASSWORD}))


@pytest.mark.usefixtures("provider")
def test_whoever_signs_on_meanwhile_binds_nothing(client: Client) -> None:
    enter(client, open_account("lisi"))
    back = sent_back(leave(client, "/sign-on/unit/connect/"))
    client.logout()
    assert client.get(back).status_code == 400
    assert not SocialAccount.objects.exists()


def test_the_page_tells_what_is_bound_and_lets_it_go(client: Client, provider: StandIn) -> None:
    enter(client, open_account("lisi", bound_to=provider.person))
    page = client.get("/sign-on/")
    assert "单位门户" in words(page)
    assert "解除绑定" in words(page)
    page = client.post("/sign-on/unit/unbind/", {"idempotency_key": str(uuid4())}, follow=True)
    assert "已解除绑定。" in words(page)
    assert not SocialAccount.objects.exists()


def test_a_second_factor_is_asked_for_after_signing_on(client: Client, provider: StandIn) -> None:
    cache.clear()  # a code is good once, and this account has the number of the last test's
    account = open_account(bound_to=provider.person)
    factor = TOTP.activate(account, "JBSWY3DPEHPK3PXP").instance
    assert factor.user == account
    answer = sign_on(client)
    assert (answer.status_code, answer["Location"].startswith("/sign-in/code/")) == (302, True)
    assert not is_signed_in(client)
    kept = str([session.get_decoded() for session in Session.objects.all()])
    assert "token" not in kept
    code = format_hotp_value(hotp_value("JBSWY3DPEHPK3PXP", int(time.time()) // 30))
    client.post("/sign-in/code/", {"code": code})
    assert is_signed_in(client)


def test_a_page_leads_the_way_because_a_form_may_not(client: Client, provider: StandIn) -> None:
    page = client.post("/sign-on/unit/")
    assert address_left_for(page).startswith(provider.address)
    assert "form-action 'self'" in page.headers["Content-Security-Policy"]


@pytest.mark.usefixtures("provider")
def test_the_sign_in_page_offers_the_provider_and_remembers_where_one_was_going(client: Client) -> None:
    appoint(open_account("system.admin"), "system")
    page = words(client.get("/sign-in/?next=/rules/"))
    assert "用“单位门户”登录" in page
    assert 'action="/sign-on/unit/"' in page
    assert 'name="next" value="/rules/"' in page


@pytest.mark.usefixtures("provider")
def test_a_link_alone_starts_nothing(client: Client) -> None:
    assert client.get("/sign-on/unit/").status_code == 405
    assert Client(enforce_csrf_checks=True).post("/sign-on/unit/").status_code == 403


def test_an_unknown_provider_is_no_page(client: Client) -> None:
    assert client.post("/sign-on/nowhere/").status_code == 404
    assert client.get("/sign-on/nowhere/callback/").status_code == 404
