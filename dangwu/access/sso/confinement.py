"""Asking a provider, and nobody else: only the servers that the operator wrote can be reached at all."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from requests import PreparedRequest, RequestException, Response, Session
from requests.adapters import HTTPAdapter

TIMEOUT = 5.0
"""Seconds for a connection, and for every silence after it."""

LARGEST = 1_000_000
"""Bytes of an answer; keys and claims take a few thousand."""


class AnswerTooLongError(RequestException):
    """A provider that sends more than anybody asked for."""


def confined_session(servers: Mapping[str, Path | None]) -> Session:
    """A session that reaches these origins (`https://host:port/`), each with its own authority of certificates or the
    system's; it follows no redirection, and no proxy or password of the environment.
    """
    session = Session()
    session.trust_env = False
    session.max_redirects = 0
    session.adapters.clear()
    for server, authority in servers.items():
        session.mount(server, _OneServer(authority))
    return session


class _OneServer(HTTPAdapter):
    """Verified, with a limit of time and size, whatever the caller says."""

    def __init__(self, authority: Path | None) -> None:
        super().__init__()
        self.authority = authority

    def send(self, request: PreparedRequest, **kwargs: Any) -> Response:  # type: ignore[override]  # noqa: ANN401 - what requests sends along
        kwargs |= {"timeout": TIMEOUT, "verify": str(self.authority) if self.authority else True, "stream": True}
        response = super().send(request, **kwargs)
        content = response.raw.read(LARGEST + 1, decode_content=True)
        if len(content) > LARGEST:
            raise AnswerTooLongError(request=request, response=response)
        response._content = content  # noqa: SLF001 - read here, where its length is limited
        return response
