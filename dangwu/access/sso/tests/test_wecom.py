from collections.abc import Iterator

import pytest
from django.test import Client

from dangwu.access.sso.tests.conftest import Write
from dangwu.access.sso.tests.standins.offices import WeCom
from dangwu.access.sso.tests.visiting import NOT_OPENED, address_left_for, open_account, sent_back, sign_on, words

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]


@pytest.fixture
def wecom(sign_on_file: Write) -> Iterator[WeCom]:
    with WeCom() as wecom:
        sign_on_file(wecom.entry())
        yield wecom


def test_inside_the_app_nothing_is_scanned(client: Client, wecom: WeCom) -> None:
    open_account(bound_to=wecom.person)
    address = address_left_for(client.post("/sign-on/unit/", headers={"User-Agent": "Mozilla/5.0 wxwork/4.1"}))
    assert address.startswith(f"{wecom.address}/connect/oauth2/authorize")
    assert address.endswith("#wechat_redirect")
    assert client.get(sent_back(address)).status_code == 302


def test_the_sites_own_token_is_asked_for_once(wecom: WeCom) -> None:
    open_account(bound_to=wecom.person)
    assert [sign_on(Client()).status_code for _ in range(3)] == [302] * 3
    assert [asked.path for asked in wecom.asked].count("/cgi-bin/gettoken") == 1


def test_a_token_that_does_not_hold_any_more_is_renewed(client: Client, wecom: WeCom) -> None:
    open_account(bound_to=wecom.person)
    sign_on(Client())
    wecom.site_token = "another"
    assert sign_on(client).status_code == 302


def test_somebody_from_outside_the_office_has_no_userid(
    client: Client, wecom: WeCom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wecom, "owner", {"openid": "o-1"}, raising=False)
    assert sign_on(client).status_code == 403


def test_the_older_way_to_write_it_is_understood(client: Client, wecom: WeCom, monkeypatch: pytest.MonkeyPatch) -> None:
    open_account(bound_to=wecom.person)
    monkeypatch.setattr(wecom, "owner", {"UserId": wecom.person}, raising=False)
    assert sign_on(client).status_code == 302


def test_a_userid_may_be_the_username(client: Client, wecom: WeCom, sign_on_file: Write) -> None:
    sign_on_file(wecom.entry(username="userid"))
    open_account(wecom.person)
    assert sign_on(client).status_code == 302


def test_nobody_else_has_that_username(client: Client, wecom: WeCom, sign_on_file: Write) -> None:
    sign_on_file(wecom.entry(username="userid"))
    open_account("lisi")
    assert NOT_OPENED in words(sign_on(client))
