"""The sign-in page's name and password, checked by the office's directory."""

from collections.abc import Iterator

import pytest
from django.contrib.auth import authenticate
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.test import RequestFactory

from dangwu.access.models import Account
from dangwu.access.sso.directory_backend import DirectoryBackend
from dangwu.access.sso.tests.conftest import Write
from dangwu.access.sso.tests.standins.ldap_server import READER, READERS_PASSWORD, LdapServer
from dangwu.access.sso.tests.visiting import PASSWORD as LOCAL_PASSWORD
from dangwu.access.sso.tests.visiting import open_account

pytestmark = pytest.mark.django_db
PASSWORD = "单位口令一十七"
ENTRY = f"""[unit]
kind = "ldap"
name = "单位目录"
server = "ldap://127.0.0.1:PORT"
base = "ou=people,dc=example"
bind_dn = "{READER}"
secret = "{READERS_PASSWORD}"
"""


@pytest.fixture
def directory(sign_on_file: Write) -> Iterator[LdapServer]:
    with LdapServer() as server:
        sign_on_file(ENTRY.replace("PORT", str(server.port)))
        yield server


def at_the_door() -> HttpRequest:
    request = RequestFactory().post("/sign-in/")
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]  # noqa: SLF001 - as its middleware does
    return request


def signs_in(username: str, password: str) -> Account | None:
    account = authenticate(at_the_door(), username=username, password=password)
    assert account is None or isinstance(account, Account)
    return account


@pytest.mark.usefixtures("directory")
def test_an_account_of_that_name_is_signed_in() -> None:
    account = open_account("zhangsan")
    assert signs_in("zhangsan", PASSWORD) == account


@pytest.mark.usefixtures("directory")
def test_whoever_has_no_account_is_refused_and_none_is_made() -> None:
    assert signs_in("zhangsan", PASSWORD) is None
    assert Account.objects.count() == 0


@pytest.mark.usefixtures("directory")
def test_a_disabled_account_is_refused() -> None:
    open_account("zhangsan", is_active=False)
    assert signs_in("zhangsan", PASSWORD) is None


@pytest.mark.usefixtures("directory")
def test_the_sites_own_password_still_works() -> None:
    account = open_account("zhangsan")
    assert signs_in("zhangsan", LOCAL_PASSWORD) == account


@pytest.mark.usefixtures("directory")
def test_somebody_elses_password_in_the_directory_opens_nothing() -> None:
    open_account("zhangsan")
    assert signs_in("zhangsan", "单位口令一十八") is None


def test_capitals_in_the_directory_do_not_matter(directory: LdapServer) -> None:
    directory.people["uid=zhangsan,ou=people,dc=example"]["uid"] = "ZhangSan"
    account = open_account("zhangsan")
    assert signs_in("zhangsan", PASSWORD) == account


def test_a_binding_goes_before_the_name(sign_on_file: Write, directory: LdapServer) -> None:
    sign_on_file(ENTRY.replace("PORT", str(directory.port)) + 'subject = "entryUUID"\n')
    open_account("zhangsan")
    bound = open_account("zhang.san2", bound_to="u-17")
    assert signs_in("zhangsan", PASSWORD) == bound


@pytest.mark.usefixtures("directory")
def test_wrong_passwords_pause_the_account_as_local_ones_do() -> None:
    open_account("zhangsan")
    for _ in range(5):
        assert signs_in("zhangsan", "错的") is None
    assert signs_in("zhangsan", PASSWORD) is None


def test_a_directory_that_is_away_is_named_and_local_passwords_still_work(directory: LdapServer) -> None:
    account = open_account("zhangsan")
    directory.stop()
    request = at_the_door()
    assert DirectoryBackend().authenticate(request, username="zhangsan", password=PASSWORD) is None
    assert ["“单位目录”暂时连接不上" in str(message) for message in request._messages] == [True]  # type: ignore[attr-defined]  # noqa: SLF001
    assert signs_in("zhangsan", LOCAL_PASSWORD) == account


def test_a_file_that_cannot_be_read_leaves_local_passwords_alone(sign_on_file: Write) -> None:
    sign_on_file("[unit]\nkind = 1\n")
    account = open_account("zhangsan")
    assert signs_in("zhangsan", LOCAL_PASSWORD) == account
