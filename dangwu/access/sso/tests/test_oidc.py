"""An issuer, or somebody who would like to be one, tells something wrong."""

import time
from collections.abc import Callable, Iterator

import jwt
import pytest
from django.test import Client

from dangwu.access.sso.tests.conftest import Write
from dangwu.access.sso.tests.standins.issuer import Claims, Issuer, key
from dangwu.access.sso.tests.standins.serving import StandIn
from dangwu.access.sso.tests.visiting import (
    NOT_OPENED,
    is_signed_in,
    leave,
    open_account,
    sent_back,
    sign_on,
    words,
)

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]
NOT_CONFIRMED = "没有确认您的身份"
HOUR = 3600


@pytest.fixture
def issuer(sign_on_file: Write) -> Iterator[Issuer]:
    with Issuer() as issuer:
        sign_on_file(issuer.entry())
        yield issuer


WRONG: dict[str, Callable[[Claims], Claims]] = {
    "another nonce": lambda claims: claims | {"nonce": "of another sign-in"},
    "no nonce": lambda claims: {name: value for name, value in claims.items() if name != "nonce"},
    "expired": lambda claims: claims | {"exp": int(time.time()) - HOUR},
    "no end": lambda claims: {name: value for name, value in claims.items() if name != "exp"},
    "from the future": lambda claims: claims | {"iat": int(time.time()) + HOUR},
    "for another site": lambda claims: claims | {"aud": "another"},
    "given to another site": lambda claims: claims | {"aud": ["dangwu", "another"], "azp": "another"},
    "of another issuer": lambda claims: claims | {"iss": "https://elsewhere.example"},
    "nobody": lambda claims: {name: value for name, value in claims.items() if name != "sub"},
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_token_that_is_not_for_this_very_sign_in_is_refused(client: Client, issuer: Issuer, wrong: str) -> None:
    open_account(bound_to=issuer.person)
    issuer.changed = WRONG[wrong]
    answer = sign_on(client)
    assert (answer.status_code, NOT_CONFIRMED in words(answer)) == (403, True)
    assert not is_signed_in(client)


SIGNED: dict[str, Callable[[StandIn, Claims], str]] = {
    "by a stranger": lambda _, claims: jwt.encode(claims, key("stranger"), "RS256", {"kid": "one"}),
    "with another key of the issuer's": lambda _, claims: jwt.encode(claims, key("two"), "RS256", {"kid": "one"}),
    "with a key that nobody knows": lambda _, claims: jwt.encode(claims, key("one"), "RS256", {"kid": "three"}),
    "with a key left open": lambda _, claims: jwt.encode(claims, key("one"), "RS256"),
    "with our own secret": lambda site, claims: jwt.encode(claims, (site.secret * 2).encode(), "HS256", {"kid": "one"}),
    "not at all": lambda _, claims: jwt.encode(claims, "", "none", {"kid": "one"}),
    "beyond recognition": lambda _, claims: f"{len(claims)}.not.a-token",
}


@pytest.mark.parametrize("signed", SIGNED)
def test_a_token_that_the_issuer_did_not_sign_is_refused(
    client: Client, issuer: Issuer, signed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_account(bound_to=issuer.person)
    monkeypatch.setattr(issuer, "sign", lambda claims: SIGNED[signed](issuer, claims))
    answer = sign_on(client)
    assert (answer.status_code, NOT_CONFIRMED in words(answer)) == (403, True)
    assert not is_signed_in(client)


def test_a_code_is_worth_nothing_without_the_verifier_of_its_sign_in(client: Client, issuer: Issuer) -> None:
    open_account(bound_to=issuer.person)
    stolen = sent_back(leave(Client())).partition("code=")[2].partition("&")[0]
    mine = sent_back(leave(client))
    code = mine.partition("code=")[2].partition("&")[0]
    assert client.get(mine.replace(code, stolen)).status_code == 403
    assert not is_signed_in(client)


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
def test_an_address_that_the_operator_did_not_write_is_never_asked(
    client: Client, issuer: Issuer, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Issuer() as elsewhere:
        monkeypatch.setattr(issuer, "discovery", {name: f"{elsewhere.address}/token"}, raising=False)
        page = client.post("/sign-on/unit/")
        if page.status_code == 200:
            page = client.get(sent_back(leave(client)))
        assert page.status_code == 403
        assert elsewhere.asked == []


def test_a_discovery_of_another_issuer_is_refused(
    client: Client, issuer: Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(issuer, "discovery", {"issuer": "https://elsewhere.example"}, raising=False)
    assert client.post("/sign-on/unit/").status_code == 403


def test_an_issuer_that_is_away_is_named_before_one_leaves(client: Client, issuer: Issuer) -> None:
    issuer.stop()
    page = client.post("/sign-on/unit/")
    assert (page.status_code, "“单位门户”暂时连接不上" in words(page)) == (503, True)


def test_a_username_counts_where_the_operator_says_so(client: Client, issuer: Issuer, sign_on_file: Write) -> None:
    sign_on_file(issuer.entry(username="preferred_username"))
    account = open_account("zhangsan")
    assert sign_on(client).status_code == 302
    assert client.session["_auth_user_id"] == str(account.pk)


def test_a_username_does_not_open_what_is_bound_to_somebody_else(
    client: Client, issuer: Issuer, sign_on_file: Write
) -> None:
    sign_on_file(issuer.entry(username="preferred_username"))
    open_account("zhangsan", bound_to="somebody-else")
    assert NOT_OPENED in words(sign_on(client))


def test_what_the_user_endpoint_says_of_somebody_else_does_not_count(
    client: Client, issuer: Issuer, sign_on_file: Write
) -> None:
    sign_on_file(issuer.entry(username="preferred_username"))
    open_account("zhangsan")
    issuer.changed = lambda claims: claims | {"sub": "p-18"}
    assert sign_on(client).status_code == 403
    assert not is_signed_in(client)
