"""The disk full, the database for reading only or away: it is said, reading goes on, and nothing acknowledged is lost.

The site is never started anew in between: it recovers by itself.
"""

import sys
from collections.abc import Iterator

import pytest

from tests.faults.serving import Answer, Serving, form, serving
from tests.faults.sites import Child, Site

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits of other processes are set by Linux alone")

NAME = "槐树小组"


@pytest.fixture(scope="module")
def server(harmed: Site) -> Iterator[Serving]:
    with serving(harmed) as started:
        yield started


@pytest.fixture(scope="module")
def child(harmed: Site) -> Iterator[Child]:
    with Child(harmed, "writing") as started:
        yield started


def group(name: str) -> dict[str, str]:
    return form(name=name, on="2025-06-01", party_group="on")


def send(server: Serving, fields: dict[str, str]) -> Answer:
    return server.ask(f"/organisations/{server.site.stage['parent']}/groups/new/", fields)


def read(server: Serving) -> set[int]:
    """The statuses of three pages, each read by several threads of the server, of which each wants to note who was
    there.
    """
    pages = ["/organisations/", "/organisations/list/", f"/organisations/{server.site.stage['parent']}/"]
    return {server.ask(page, who="idler").status for page in pages * 4}


def groups(child: Child, prefix: str) -> set[str]:
    names = child.asked("groups", prefix).split()
    assert len(set(names)) == len(names)
    return set(names)


def is_plain(answer: Answer) -> bool:
    """Whether it says what happened to the form, and when to try again."""
    kept = "这次没有保存" in answer.page and "已填写的内容没有丢失" in answer.page
    return (answer.status, answer.retry_after, kept) == (503, "30", True)


def said_nothing_personal(server: Serving) -> bool:
    lines = "".join(server.log)
    secrets = (NAME, server.site.stage["clerk"], server.site.stage["idler"])
    return "Error" in lines and not any(secret in lines for secret in secrets)


def test_a_full_disk_is_said_and_passes(server: Serving, child: Child) -> None:
    if server.site.server:
        pytest.skip("the disk of a server is not ours to fill")
    first, second = group(f"满{NAME}甲"), group(f"满{NAME}乙")
    assert send(server, first).status == 302
    with server.full_disk():
        assert is_plain(send(server, second))
        assert read(server) == {200}
    assert [send(server, fields).status for fields in (first, second, second)] == [302] * 3
    assert read(server) == {200}
    assert said_nothing_personal(server)
    assert groups(child, "满") == {f"满{NAME}甲", f"满{NAME}乙"}


def test_a_database_for_reading_only_is_said_and_passes(server: Serving, child: Child) -> None:
    if server.site.server is None:
        pytest.skip("a full disk stands for it")
    first, second = group(f"读{NAME}甲"), group(f"读{NAME}乙")
    assert send(server, first).status == 302
    with server.site.server.for_reading_only():
        assert is_plain(send(server, second))
        assert read(server) == {200}
    assert [send(server, fields).status for fields in (first, second, second)] == [302] * 3
    assert said_nothing_personal(server)
    assert groups(child, "读") == {f"读{NAME}甲", f"读{NAME}乙"}


def test_a_database_that_is_away_is_said_and_comes_back(server: Serving, child: Child) -> None:
    if server.site.server is None:
        pytest.skip("SQLite has no server")
    first, second = group(f"离{NAME}甲"), group(f"离{NAME}乙")
    assert send(server, first).status == 302
    assert read(server) == {200}
    with server.site.server.away():
        assert is_plain(send(server, second))
        assert read(server) == {503}
    assert read(server) == {200}
    assert [send(server, fields).status for fields in (first, second, second)] == [302] * 3
    assert said_nothing_personal(server)
    assert groups(child, "离") == {f"离{NAME}甲", f"离{NAME}乙"}
