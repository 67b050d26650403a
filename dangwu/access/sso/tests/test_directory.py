"""Bind and search against a directory that speaks LDAP; OpenLDAP itself where it is installed (see below)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangwu.access.sso.directory import DirectoryError, prove
from dangwu.access.sso.entries import LdapEntry
from dangwu.access.sso.sign_on_file import read_entries
from dangwu.access.sso.tests.standins.certificates import authority
from dangwu.access.sso.tests.standins.ldap_server import READER, READERS_PASSWORD, LdapServer

PASSWORD = "单位口令一十七"
BASE = "ou=people,dc=example"


@pytest.fixture(scope="module")
def directory() -> Iterator[LdapServer]:
    with LdapServer() as server:
        yield server


def entry_for(standing_in: LdapServer, /, **more: object) -> LdapEntry:
    """Search and bind, unless something else is said."""
    told = {"base": BASE, "bind_dn": READER, "secret": READERS_PASSWORD, "subject": "entryUUID", **more}
    told = {name: value for name, value in told.items() if value is not None}
    address = told.pop("server", f"ldap://127.0.0.1:{standing_in.port}")
    return LdapEntry.model_validate({"id": "unit", "kind": "ldap", "name": "单位目录", "server": address, **told})


def directly(server: LdapServer, user_dn: str = f"uid={{login}},{BASE}") -> LdapEntry:
    return entry_for(server, user_dn=user_dn, base=None, bind_dn=None, secret=None, subject=None)


def test_whoever_knows_the_password_is_found(directory: LdapServer) -> None:
    assert prove(entry_for(directory), "zhangsan", PASSWORD) == {"uid": "zhangsan", "entryuuid": "u-17"}


def test_the_name_counts_as_the_directory_writes_it(directory: LdapServer) -> None:
    known = prove(entry_for(directory), "ZhangSan", PASSWORD)
    assert known is not None
    assert known["uid"] == "zhangsan"


def test_whoever_is_bound_directly_is_who_he_typed(directory: LdapServer) -> None:
    assert prove(directly(directory), "zhangsan", PASSWORD) == {"uid": "zhangsan"}


@pytest.mark.parametrize(("login", "password"), [("zhangsan", "错的"), ("nobody", PASSWORD), ("lisi", PASSWORD)])
def test_everybody_else_is_not(directory: LdapServer, login: str, password: str) -> None:
    assert prove(entry_for(directory), login, password) is None
    assert prove(directly(directory), login, password) is None


def test_no_password_is_never_sent(directory: LdapServer) -> None:
    directory.binds.clear()
    assert prove(entry_for(directory), "zhangsan", "") is None
    assert prove(directly(directory), "zhangsan", "") is None
    assert directory.binds == []


@given(st.text(min_size=1, max_size=40))
def test_a_login_is_never_read_as_a_question(directory: LdapServer, login: str) -> None:
    known = prove(entry_for(directory), login, PASSWORD)
    assert known is None or login.lower() == "zhangsan"


@pytest.mark.parametrize("login", ["*", "zhang*", "zhangsan)(uid=*", "zhangsan,ou=people", "x)(|(uid=*", "zhangsan\0"])
def test_signs_of_filters_and_names_are_only_signs(directory: LdapServer, login: str) -> None:
    assert prove(entry_for(directory), login, PASSWORD) is None
    directory.binds.clear()
    assert prove(directly(directory), login, PASSWORD) is None
    assert directory.binds == []


def test_of_two_with_one_name_it_is_neither(directory: LdapServer) -> None:
    other = "uid=zhangsan,ou=old,ou=people,dc=example"
    directory.people[other] = {"uid": "zhangsan", "entryUUID": "u-19", "password": PASSWORD}
    try:
        assert prove(entry_for(directory), "zhangsan", PASSWORD) is None
    finally:
        del directory.people[other]


def test_the_operators_filter_holds(directory: LdapServer) -> None:
    assert prove(entry_for(directory, filter="(uid=lisi)"), "zhangsan", PASSWORD) is None


def test_when_our_own_account_is_refused_nobody_is_blamed(directory: LdapServer) -> None:
    with pytest.raises(DirectoryError):
        prove(entry_for(directory, secret="another"), "zhangsan", PASSWORD)


def test_when_we_may_not_search_nobody_is_blamed(directory: LdapServer) -> None:
    with pytest.raises(DirectoryError, match="INSUFFICIENT_ACCESS_RIGHTS"):
        prove(entry_for(directory, secret=None), "zhangsan", PASSWORD)


def test_a_directory_that_is_away_is_an_error() -> None:
    with LdapServer() as server:
        entry = entry_for(server)
    with pytest.raises(DirectoryError, match="ConnectionRefusedError"):
        prove(entry, "zhangsan", PASSWORD)


@given(st.binary(max_size=60))
def test_rubbish_is_an_error_and_never_a_yes(rubbish: bytes) -> None:
    with LdapServer() as server:
        server.said = rubbish
        with pytest.raises(DirectoryError):
            prove(directly(server), "zhangsan", PASSWORD)


@pytest.mark.parametrize("starttls", [False, True])
def test_a_private_authority_is_trusted_where_it_is_named(tmp_path: Path, *, starttls: bool) -> None:
    certificate = authority(tmp_path)
    scheme = "ldap" if starttls else "ldaps"
    with LdapServer(certificate, starttls=starttls) as server:
        address = f"{scheme}://127.0.0.1:{server.port}"
        entry = entry_for(server, server=address, starttls=starttls, ca=str(certificate[0]))
        assert prove(entry, "zhangsan", PASSWORD)


@pytest.mark.parametrize("starttls", [False, True])
def test_nothing_is_told_to_a_server_that_nobody_vouches_for(tmp_path: Path, *, starttls: bool) -> None:
    certificate, another = authority(tmp_path), authority(tmp_path, "localhost")
    scheme = "ldap" if starttls else "ldaps"
    with LdapServer(certificate, starttls=starttls) as server:
        for ca in (None, str(another[0])):
            entry = entry_for(server, server=f"{scheme}://127.0.0.1:{server.port}", starttls=starttls, ca=ca)
            with pytest.raises(DirectoryError, match="SSL"):
                prove(entry, "zhangsan", PASSWORD)
        assert server.binds == []


def test_a_certificate_for_another_name_is_refused(tmp_path: Path) -> None:
    certificate = authority(tmp_path, "localhost")
    with LdapServer(certificate) as server:
        entry = entry_for(server, server=f"ldaps://127.0.0.1:{server.port}", ca=str(certificate[0]))
        with pytest.raises(DirectoryError, match="SSL"):
            prove(entry, "zhangsan", PASSWORD)


def test_a_server_that_will_not_encrypt_is_told_no_password() -> None:
    with LdapServer() as server:
        with pytest.raises(DirectoryError):
            prove(entry_for(server, starttls=True), "zhangsan", PASSWORD)
        assert server.binds == []


def test_what_was_said_before_the_encryption_does_not_count(tmp_path: Path) -> None:
    certificate = authority(tmp_path)
    with LdapServer(certificate, starttls=True) as server:
        server.injected = bytes.fromhex("300c02010161070a010004000400")  # a bind that succeeded
        entry = entry_for(server, starttls=True, ca=str(certificate[0]))
        with pytest.raises(DirectoryError):
            prove(entry, "zhangsan", "错的")


def test_an_entry_as_the_operator_writes_it(tmp_path: Path, directory: LdapServer) -> None:
    (tmp_path / "reader").write_text(READERS_PASSWORD)
    path = tmp_path / "sign-on.toml"
    path.write_text(
        f'[unit]\nkind = "ldap"\nname = "单位目录"\nserver = "ldap://127.0.0.1:{directory.port}"\n'
        f'base = "{BASE}"\nbind_dn = "{READER}"\nsecret = {{ file = "reader" }}\n',
        encoding="utf-8",
    )
    entry = read_entries(path)["unit"]
    assert isinstance(entry, LdapEntry)
    assert prove(entry, "zhangsan", PASSWORD)
