from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from dangwu.access.sso.tests.standins.cas_server import CasServer
from dangwu.access.sso.tests.standins.issuer import Issuer
from dangwu.access.sso.tests.standins.offices import DingTalk, Feishu, WeCom
from dangwu.access.sso.tests.standins.serving import StandIn

Write = Callable[[str], Path]


@pytest.fixture
def sign_on_file(tmp_path: Path, settings: Settings) -> Write:
    """Writes the operator's file, and has the site read it until the test is over."""

    def write(text: str) -> Path:
        path = tmp_path / f"sign-on-{len(list(tmp_path.iterdir()))}.toml"
        path.write_text(text, encoding="utf-8")
        settings.SIGN_ON = path
        return path

    return write


@pytest.fixture(params=[Issuer, CasServer, DingTalk, Feishu, WeCom], ids=lambda kind: kind.kind)
def provider(request: pytest.FixtureRequest, sign_on_file: Write) -> Iterator[StandIn]:
    """Each of the protocols that a browser takes part in, configured as `unit`."""
    with request.param() as stand_in:
        sign_on_file(stand_in.entry())
        yield stand_in
