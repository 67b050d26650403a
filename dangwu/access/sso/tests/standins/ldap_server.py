"""A directory that answers bind, search and StartTLS; `people` are its entries by distinguished name."""

import socketserver
import ssl
import threading
from pathlib import Path
from typing import Any, Self

import sansldap
from sansldap import LDAPResultCode as Code

START_TLS = "1.3.6.1.4.1.1466.20037"
READER, READERS_PASSWORD = "cn=reader,dc=example", "reader-secret-17"

Person = dict[str, str]
PEOPLE: dict[str, Person] = {
    READER: {"cn": "reader", "password": READERS_PASSWORD},
    "uid=zhangsan,ou=people,dc=example": {"uid": "zhangsan", "entryUUID": "u-17", "password": "单位口令一十七"},
    "uid=lisi,ou=people,dc=example": {"uid": "lisi", "entryUUID": "u-18", "password": "单位口令一十八"},
}


class LdapServer:
    """With a certificate it speaks TLS from the first byte, or after StartTLS where `starttls` is said."""

    def __init__(self, certificate: tuple[Path, Path] | None = None, *, starttls: bool = False) -> None:
        self.people = {name: dict(person) for name, person in PEOPLE.items()}
        self.binds: list[tuple[str, str]] = []
        self.said: bytes | None = None
        """What it says to everything instead of an answer."""
        self.injected = b""
        """What somebody on the way says before the encryption."""
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if certificate else None
        if self.tls and certificate:
            self.tls.load_cert_chain(*certificate)
        self.starttls = starttls
        directory = self

        class Asked(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                try:
                    Conversation(directory, self.request).hold()
                except (OSError, sansldap.LDAPError):
                    return  # the other side hung up

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Asked)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


class Conversation:
    def __init__(self, directory: LdapServer, connection: Any) -> None:  # noqa: ANN401 - a socket, encrypted or not
        self.directory = directory
        self.connection = connection
        self.session = sansldap.LDAPServer()
        if directory.tls and not directory.starttls:
            self.connection = directory.tls.wrap_socket(connection, server_side=True)

    def hold(self) -> None:
        while received := self.connection.recv(65536):
            if self.directory.said is not None:
                self.connection.sendall(self.directory.said)
                return
            for message in self.session.receive(received):
                self.answer(message)

    def answer(self, message: sansldap.LDAPMessage) -> None:
        if isinstance(message, sansldap.BindRequest):
            self.session.bind_response(message.message_id, result_code=self.bound(message))
        elif isinstance(message, sansldap.SearchRequest):
            self.found(message)
        elif isinstance(message, sansldap.ExtendedRequest):
            self.encrypt(message)
            return
        self.connection.sendall(self.session.data_to_send())

    def bound(self, message: sansldap.BindRequest) -> Code:
        assert isinstance(message.authentication, sansldap.SimpleCredential)
        name, password = message.name, message.authentication.password
        self.directory.binds.append((name, password))
        if not password:
            return Code.SUCCESS  # an unauthenticated bind, as the protocol has it
        known = self.directory.people.get(name, {}).get("password")
        return Code.SUCCESS if known == password else Code.INVALID_CREDENTIALS

    def found(self, message: sansldap.SearchRequest) -> None:
        if not self.directory.binds or self.directory.binds[-1] != (READER, READERS_PASSWORD):
            self.session.search_result_done(message.message_id, result_code=Code.INSUFFICIENT_ACCESS_RIGHTS)
            return
        for name, person in self.directory.people.items():
            if name.endswith(message.base_object) and matches(message.filter, person):
                told = [sansldap.PartialAttribute(a, [person[a].encode()]) for a in message.attributes if a in person]
                self.session.search_result_entry(message.message_id, name, told)
        self.session.search_result_done(message.message_id)

    def encrypt(self, message: sansldap.ExtendedRequest) -> None:
        can = self.directory.starttls and message.name == START_TLS
        self.session.extended_response(
            message.message_id, name=START_TLS, result_code=Code.SUCCESS if can else Code.PROTOCOL_ERROR
        )
        self.connection.sendall(self.session.data_to_send() + self.directory.injected)
        if can and self.directory.tls:
            self.connection = self.directory.tls.wrap_socket(self.connection, server_side=True)
            self.session = sansldap.LDAPServer()


def matches(wanted: sansldap.LDAPFilter, person: Person) -> bool:
    match wanted:
        case sansldap.FilterAnd(filters=filters):
            return all(matches(each, person) for each in filters)
        case sansldap.FilterEquality(attribute=attribute, value=value):
            return person.get(attribute, "").lower() == value.decode().lower()
        case sansldap.FilterPresent():
            return True
    raise AssertionError(f"a question that the site never asks: {wanted}")
