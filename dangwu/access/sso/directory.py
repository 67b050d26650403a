"""LDAP as far as a sign-in needs it: bind, and find the one entry of somebody. The bytes are sansldap's."""

import re
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from typing import TypeVar

import sansldap

from dangwu.access.sso.confinement import TIMEOUT
from dangwu.access.sso.entries import LdapEntry

Answer = TypeVar("Answer", bound=sansldap.LDAPMessage)
Result = sansldap.BindResponse | sansldap.ExtendedResponse | sansldap.SearchResultDone

START_TLS = "1.3.6.1.4.1.1466.20037"
PLAIN_LOGIN = re.compile(r"[\w.-]{1,60}")
"""What may be put into a distinguished name as it is."""

REFUSALS = frozenset(
    {
        sansldap.LDAPResultCode.INVALID_CREDENTIALS,
        sansldap.LDAPResultCode.NO_SUCH_OBJECT,
        sansldap.LDAPResultCode.INVALID_DN_SYNTAX,
        sansldap.LDAPResultCode.INAPPROPRIATE_AUTHENTICATION,
        sansldap.LDAPResultCode.CONSTRAINT_VIOLATION,  # locked by the directory's own policy
        sansldap.LDAPResultCode.UNWILLING_TO_PERFORM,
    }
)
"""Answers that say no to somebody; every other one says that the directory cannot be asked."""


class DirectoryError(Exception):
    """The directory could not be asked: it is away, its certificate is not trusted, it does not let us search."""


def prove(entry: LdapEntry, login: str, password: str) -> Mapping[str, str] | None:
    """What the directory calls whoever knows this password (`subject`, `username`); None where it says no.

    Raises DirectoryError.
    """
    if not login or not password or "\0" in login:  # a bind without a password succeeds for everybody (RFC 4513, 5.1.2)
        return None
    try:
        with _connected(entry) as directory:
            return _prove_directly(directory, entry, login, password) or _prove_found(directory, entry, login, password)
    except (OSError, sansldap.LDAPError, UnicodeError) as error:
        raise DirectoryError(type(error).__name__) from error


def _prove_directly(directory: "Directory", entry: LdapEntry, login: str, password: str) -> Mapping[str, str] | None:
    if not entry.user_dn or not PLAIN_LOGIN.fullmatch(login):
        return None
    proved = directory.bind(entry.user_dn.replace("{login}", login), password)
    return {entry.login: login} if proved else None


def _prove_found(directory: "Directory", entry: LdapEntry, login: str, password: str) -> Mapping[str, str] | None:
    if not entry.base:
        return None
    if entry.secret is not None and not directory.bind(entry.bind_dn, entry.secret.get_secret_value()):
        raise DirectoryError("our own account was refused")
    found = directory.find(entry, login)
    if len(found) != 1:
        return None
    name, attributes = found[0]
    return attributes if name and directory.bind(name, password) else None


class Directory:
    """One connection. Every question is answered before the next is asked."""

    def __init__(self, connection: socket.socket) -> None:
        """Take a connection that is open."""
        self._connection = connection
        self._session = sansldap.LDAPClient()

    def bind(self, name: str, password: str) -> bool:
        """Whether a name and a password that is not empty belong together. Raises DirectoryError."""
        self._session.bind_simple(name, password)
        return _agreed(self._last(sansldap.BindResponse))

    def start_tls(self) -> None:
        """Ask for encryption. Raises DirectoryError where it is refused."""
        self._session.extended_request(START_TLS)
        if not _agreed(self._last(sansldap.ExtendedResponse)):
            raise DirectoryError("no encryption")

    def find(self, entry: LdapEntry, login: str) -> list[tuple[str, dict[str, str]]]:
        """The entries with this login below the base: distinguished name, and the attributes that we map. Raises
        DirectoryError. The login is compared as a value, never read as a part of the question.
        """
        wanted = sansldap.FilterEquality(entry.login, login.encode())
        self._session.search_request(
            entry.base,
            size_limit=2,
            time_limit=int(TIMEOUT),
            filter=sansldap.FilterAnd([sansldap.LDAPFilter.from_string(entry.filter), wanted]),
            attributes=sorted({entry.login, entry.subject, entry.username} - {""}),
        )
        *entries, done = self._answers(sansldap.SearchResultDone)
        if isinstance(done, sansldap.SearchResultDone) and not _agreed(done):
            return []
        return [_mapped(found) for found in entries if isinstance(found, sansldap.SearchResultEntry)]

    def _last(self, kind: type[Answer]) -> Answer:
        *_, last = self._answers(kind)
        assert isinstance(last, kind)
        return last

    def _answers(self, last: type[sansldap.LDAPMessage]) -> Iterator[sansldap.LDAPMessage]:
        """What the directory answers, until a message of this kind."""
        self._connection.sendall(self._session.data_to_send())
        while True:
            received = self._connection.recv(65536)
            if not received:
                raise DirectoryError("hung up")
            for message in self._session.receive(received):
                yield message
                if isinstance(message, last):
                    return


@contextmanager
def _connected(entry: LdapEntry) -> Iterator[Directory]:
    with closing(socket.create_connection((entry.host, entry.port), timeout=TIMEOUT)) as plain:
        if entry.starttls:
            Directory(plain).start_tls()
        if not (entry.is_ldaps or entry.starttls):
            yield Directory(plain)
            return
        trust = ssl.create_default_context(cafile=entry.ca)
        with closing(trust.wrap_socket(plain, server_hostname=entry.host)) as encrypted:
            # a session of its own: nothing that came before the encryption counts
            yield Directory(encrypted)


def _agreed(answer: Result) -> bool:
    code = answer.result.result_code
    if code != sansldap.LDAPResultCode.SUCCESS and code not in REFUSALS:
        raise DirectoryError(code.name)
    return code == sansldap.LDAPResultCode.SUCCESS


def _mapped(found: sansldap.SearchResultEntry) -> tuple[str, dict[str, str]]:
    """Attributes that have one value; names as the directory writes them differ in case only."""
    values = {attribute.name.lower(): attribute.values for attribute in found.attributes}
    return found.object_name, {name: _text(told[0]) for name, told in values.items() if len(told) == 1}


def _text(value: bytes) -> str:
    """A value as text; a binary identifier (objectGUID) as hexadecimal figures."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.hex()
