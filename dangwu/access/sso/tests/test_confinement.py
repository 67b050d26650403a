import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
import requests

from dangwu.access.sso import confinement
from dangwu.access.sso.addresses import origin, web_address
from dangwu.access.sso.confinement import AnswerTooLongError, confined_session
from dangwu.access.sso.tests.standins.certificates import authority
from dangwu.access.sso.tests.standins.serving import Answer, Question, StandIn, sent_to


class Somewhere(StandIn):
    def hello(self, question: Question) -> Answer:
        return Answer(str(sorted(question.headers)))

    def away(self, question: Question) -> Answer:
        return sent_to(question.fields["to"])

    def endless(self, _: Question) -> Answer:
        return Answer("x" * (confinement.LARGEST + 1))

    routes: ClassVar = {"/hello": hello, "/away": away, "/endless": endless}


@pytest.fixture
def known() -> Iterator[Somewhere]:
    with Somewhere() as known:
        yield known


def session_to(address: str, ca: Path | None = None) -> requests.Session:
    return confined_session({origin(address): ca})


def test_who_is_known_is_asked(known: Somewhere) -> None:
    assert session_to(known.address).get(f"{known.address}/hello").status_code == 200


def test_nobody_else_can_be_asked(known: Somewhere) -> None:
    with Somewhere() as other:
        for address in (other.address, known.address.replace("://", "://a@"), f"{known.address}1", "file:///etc/hosts"):
            with pytest.raises(requests.RequestException):
                session_to(known.address).get(f"{address}/hello")
        assert other.asked == []


def test_no_redirection_is_followed(known: Somewhere) -> None:
    with Somewhere() as other:
        for target in (other, known):
            with pytest.raises(requests.RequestException):
                session_to(known.address).get(f"{known.address}/away?to={target.address}/hello")
        assert other.asked == []


def test_no_proxy_of_the_environment_is_used(known: Somewhere, monkeypatch: pytest.MonkeyPatch) -> None:
    with Somewhere() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.address)
        monkeypatch.setenv("http_proxy", proxy.address)
        assert session_to(known.address).get(f"{known.address}/hello").status_code == 200
        assert proxy.asked == []


def test_an_answer_has_a_limit(known: Somewhere) -> None:
    with pytest.raises(AnswerTooLongError):
        session_to(known.address).get(f"{known.address}/endless")


def test_a_server_that_is_silent_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confinement, "TIMEOUT", 0.2)
    silent = threading.Event()

    class Silent(Somewhere):
        routes: ClassVar = {"/hello": lambda _, __: (silent.wait(5) and Answer("late")) or Answer("late")}

    with Silent() as server, pytest.raises(requests.Timeout):
        session_to(server.address).get(f"{server.address}/hello")
    silent.set()


@contextmanager
def encrypted(folder: Path, host: str) -> Iterator[tuple[str, Path]]:
    certificate, key = authority(folder, host)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"https://127.0.0.1:{server.server_port}", certificate
    server.shutdown()
    server.server_close()


def test_a_private_authority_is_trusted_where_it_is_named(tmp_path: Path) -> None:
    with encrypted(tmp_path, "127.0.0.1") as (address, certificate):
        assert session_to(address, certificate).get(address).status_code == 501


def test_otherwise_it_is_not(tmp_path: Path) -> None:
    with encrypted(tmp_path, "127.0.0.1") as (address, _), pytest.raises(requests.exceptions.SSLError):
        session_to(address).get(address, verify=False)


def test_a_certificate_for_another_name_is_refused(tmp_path: Path) -> None:
    with encrypted(tmp_path, "localhost") as (address, certificate), pytest.raises(requests.exceptions.SSLError):
        session_to(address, certificate).get(address)


@pytest.mark.parametrize(
    "wrong", ["http://sso.example.gov.cn", "sso.example.gov.cn", "ftp://a", "https://", "https://a?b"]
)
def test_an_address_is_encrypted_or_here(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"https://"):
        web_address(wrong)
