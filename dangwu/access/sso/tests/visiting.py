"""A browser between the site and a provider, and accounts to sign on to."""

import html
import re
from datetime import date
from functools import cache
from urllib.parse import urlsplit

import requests
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import make_password
from django.http import HttpResponseBase
from django.test import Client

from dangwu.access.models import Account, Administration
from dangwu.foundation.actors import CommandLine
from dangwu.foundation.deeds import Deed, doing
from dangwu.kernel.span import FAR

PASSWORD = "春天的第一场雨落在院子里"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NOT_OPENED = "您的账号尚未开通"


@cache
def hashed() -> str:
    return make_password(PASSWORD)


def open_account(username: str = "zhangsan", *, bound_to: str = "", is_active: bool = True) -> Account:
    account = Account(username=username, name="张三", is_active=is_active, email="someone@example.com")
    account.password = hashed()
    with doing(Deed("test.open", CommandLine("test"))):
        account.save()
    if bound_to:
        SocialAccount.objects.create(user=account, provider="unit", uid=bound_to)
    return account


def appoint(account: Account, duty: str) -> None:
    """Make somebody an administrator."""
    with doing(Deed("test.appoint", CommandLine("test"))):
        Administration(account=account, duty=duty, valid_from=date(2026, 1, 1), valid_until=FAR).save()


def enter(client: Client, account: Account) -> None:
    """Be signed in, and have said the password just now."""
    client.force_login(account, BACKEND)
    client.post("/confirm/", {"password": PASSWORD})


def address_left_for(page: HttpResponseBase) -> str:
    """Where the page in between sends the browser."""
    found = re.search(r'url=([^"]+)"', page.content.decode())  # type: ignore[attr-defined]
    assert found, page.content.decode()  # type: ignore[attr-defined]
    return html.unescape(found[1])


def leave(client: Client, url: str = "/sign-on/unit/") -> str:
    page = client.post(url)
    assert page.status_code == 200, page.content.decode()
    return address_left_for(page)


def sent_back(address: str) -> str:
    """The path on our site to which the provider sends the browser."""
    answer = requests.get(address, allow_redirects=False, timeout=5)
    parts = urlsplit(answer.headers["Location"])
    return f"{parts.path}?{parts.query}"


def sign_on(client: Client) -> HttpResponseBase:
    """The whole way: to the provider and back."""
    return client.get(sent_back(leave(client)))


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def words(page: HttpResponseBase) -> str:
    text: str = page.content.decode()  # type: ignore[attr-defined]
    return text
