"""What holds for every protocol: bound accounts sign on, everybody else reads what to do."""

import logging

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory

from dangwu.access.models import Account
from dangwu.access.sso.tests.standins.serving import StandIn
from dangwu.access.sso.tests.visiting import (
    NOT_OPENED,
    PASSWORD,
    address_left_for,
    is_signed_in,
    leave,
    open_account,
    sent_back,
    sign_on,
    words,
)
from dangwu.foundation.audit.models import AuditEntry

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]


def test_whoever_is_bound_signs_on(client: Client, provider: StandIn) -> None:
    account = open_account(bound_to=provider.person)
    answer = sign_on(client)
    assert (answer.status_code, answer["Location"]) == (302, settings.LOGIN_REDIRECT_URL)
    assert client.session["_auth_user_id"] == str(account.pk)


def test_signing_on_stands_in_the_audit(client: Client, provider: StandIn) -> None:
    account = open_account(bound_to=provider.person)
    sign_on(client)
    last = AuditEntry.objects.order_by("-pk")[0]
    assert (last.verb, last.actor_key) == ("account.signed_in", f"account:{account.pk}")


@pytest.mark.usefixtures("provider")
def test_nobody_is_created(client: Client) -> None:
    answer = sign_on(client)
    assert (answer.status_code, NOT_OPENED in words(answer)) == (403, True)
    assert not is_signed_in(client)
    assert (Account.objects.count(), SocialAccount.objects.count()) == (0, 0)


def test_a_refusal_stands_in_the_audit_without_saying_who_it_was(client: Client, provider: StandIn) -> None:
    sign_on(client)
    last = AuditEntry.objects.order_by("-pk")[0]
    assert last.verb == "account.refuse_sign_on"
    assert provider.person not in str(last.__dict__)


@pytest.mark.usefixtures("provider")
def test_an_account_that_is_not_bound_is_not_found_by_its_email(client: Client) -> None:
    open_account("lisi")
    assert NOT_OPENED in words(sign_on(client))
    assert not is_signed_in(client)


def test_a_disabled_account_reads_the_same(client: Client, provider: StandIn) -> None:
    open_account(bound_to=provider.person, is_active=False)
    answer = sign_on(client)
    assert (answer.status_code, NOT_OPENED in words(answer)) == (403, True)
    assert not is_signed_in(client)


def test_the_same_way_back_is_not_gone_twice(client: Client, provider: StandIn) -> None:
    open_account(bound_to=provider.person)
    back = sent_back(leave(client))
    client.get(back)
    client.logout()
    provider.asked.clear()
    assert client.get(back).status_code == 400
    assert (is_signed_in(client), provider.asked) == (False, [])


def test_a_code_that_was_used_is_refused_by_the_provider(client: Client, provider: StandIn) -> None:
    open_account(bound_to=provider.person)
    back = sent_back(leave(client))
    provider.codes.clear()
    answer = client.get(back)
    assert (answer.status_code, "没有确认您的身份" in words(answer)) == (403, True)
    assert not is_signed_in(client)


def test_the_way_back_is_for_the_browser_that_left(client: Client, provider: StandIn) -> None:
    open_account(bound_to=provider.person)
    back = sent_back(leave(client))
    other = Client()
    assert other.get(back).status_code == 400
    assert not is_signed_in(other)


def test_a_wait_of_more_than_ten_minutes_is_too_long(
    client: Client, provider: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_account(bound_to=provider.person)
    back = sent_back(leave(client))
    monkeypatch.setattr("allauth.socialaccount.internal.statekit.STATE_TTL", -1)
    assert client.get(back).status_code == 400
    assert not is_signed_in(client)


@pytest.mark.usefixtures("provider")
def test_whoever_gives_up_reads_that_nothing_happened(client: Client) -> None:
    back = sent_back(leave(client))
    state = back.partition("state=")[2].partition("&")[0]
    answer = client.get(f"/sign-on/unit/callback/?state={state}&error=access_denied")
    assert answer.status_code == 403
    assert not is_signed_in(client)


def test_a_provider_that_is_away_is_named_and_passwords_still_work(client: Client, provider: StandIn) -> None:
    account = open_account(bound_to=provider.person)
    back = sent_back(leave(client))
    provider.stop()
    answer = client.get(back)
    assert (answer.status_code, "“单位门户”暂时连接不上" in words(answer)) == (503, True)
    at_the_door = RequestFactory().post("/sign-in/")
    assert authenticate(at_the_door, username="zhangsan", password=PASSWORD) == account


def test_a_provider_that_is_ill_is_named(client: Client, provider: StandIn) -> None:
    back = sent_back(leave(client))
    provider.is_broken = True
    assert client.get(back).status_code == 503


def test_neither_tokens_nor_names_are_kept(client: Client, provider: StandIn) -> None:
    open_account(bound_to=provider.person)
    sign_on(client)
    assert SocialToken.objects.count() == 0
    assert SocialAccount.objects.get().extra_data == {}
    kept = str([session.get_decoded() for session in Session.objects.all()])
    assert not any(word in kept for word in ("token", "verifier", "someone@example.com", provider.secret))


def test_logs_hold_neither_secrets_nor_codes(
    client: Client, provider: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    back = sent_back(leave(client))
    code = next(iter(provider.codes))
    provider.stop()
    client.get(back)
    assert "sign-on by unit failed" in caplog.text
    assert not any(word in caplog.text for word in (provider.secret, code))


def test_after_signing_on_one_is_where_one_wanted_to_go(client: Client, provider: StandIn) -> None:
    open_account(bound_to=provider.person)
    page = client.post("/sign-on/unit/", {"next": "/rules/"})
    assert page.status_code == 200
    assert client.get(sent_back(address_left_for(page)))["Location"] == "/rules/"
