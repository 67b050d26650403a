"""Sites that may be harmed: each with a home, a database and processes of its own, as an operator has it."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Timer
from typing import Any, LiteralString, Self
from urllib.parse import unquote, urlsplit

import psycopg
import pytest

from tests import postgresql

PATIENCE = 300  # seconds for all that a child does
ROOT = Path(__file__).parents[2]
DURABLE = "-c synchronous_commit=on -c fsync=on -c full_page_writes=on"


class Server:
    """A cluster of PostgreSQL that can be stopped and started again."""

    def __init__(self, url: str) -> None:
        self.url, self.home = url, unquote(urlsplit(url).netloc.partition("@")[2])

    def stop(self) -> None:
        """End it in order: all that was written is on disk."""
        self._control("stop", "--mode=fast")

    def crash(self) -> None:
        """End all its processes at once, in the middle of whatever they do."""
        self._control("stop", "--mode=immediate")

    def start(self) -> None:
        """From now on it acknowledges only what is on disk."""
        options = f"-k {self.home} -c listen_addresses='' {DURABLE}"
        self._control("start", f"--log={self.home}/log", f"--options={options}")

    @contextmanager
    def away(self) -> Iterator[None]:
        """Have it gone for a while."""
        self.crash()
        try:
            yield
        finally:
            self.start()

    @contextmanager
    def for_reading_only(self) -> Iterator[None]:
        """Let it take no writes for a while, as one that stands in for another."""
        self._command("ALTER SYSTEM SET default_transaction_read_only = on")
        try:
            yield
        finally:
            self._command("ALTER SYSTEM RESET default_transaction_read_only")
            self._await_writes()

    def _command(self, statement: LiteralString) -> None:
        options = "-c default_transaction_read_only=off"
        with psycopg.connect(self.url, autocommit=True, options=options) as connection:
            connection.execute(statement)
            connection.execute("SELECT pg_reload_conf()")

    def _await_writes(self) -> None:
        """The server reads its settings when it comes to it, and then tells those who are connected."""
        until = time.monotonic() + PATIENCE
        while self._answer("SHOW default_transaction_read_only") != ("off",):
            assert time.monotonic() < until, "the server does not take its settings back"
            time.sleep(0.01)

    def _answer(self, question: LiteralString) -> object:
        with psycopg.connect(self.url, autocommit=True) as connection:
            return connection.execute(question).fetchone()

    def _control(self, *arguments: str) -> None:
        folder = postgresql.programs()
        assert folder is not None
        owner = Path(self.home).stat().st_uid if os.geteuid() == 0 else None
        command = [str(folder / "pg_ctl"), *arguments, "--wait", "-D", f"{self.home}/data"]
        subprocess.run(command, check=True, user=owner, cwd=self.home, stdout=subprocess.DEVNULL)


@dataclass
class Site:
    """Its home, its database, and the server of that where there is one; what `staging` says of what is in it."""

    home: Path
    url: str
    server: Server | None = None
    stage: dict[str, Any] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        own = {"DANGWU_HOME": str(self.home), "DANGWU_DATABASE_URL": self.url, "DANGWU_KEYS": ""}
        return os.environ | own | {"DJANGO_SETTINGS_MODULE": "tests.faults.settings"}


class Child:
    """A process of a site that does the tasks of a module; it is killed where a test takes too long."""

    def __init__(self, site: Site, module: str, **environment: str) -> None:
        command = [sys.executable, "-m", "tests.faults.child", module]
        own, pipe = site.environment | environment, subprocess.PIPE
        self.process = subprocess.Popen(command, env=own, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)
        self._watchdog = Timer(PATIENCE, self.process.kill)

    def __enter__(self) -> Self:
        self._watchdog.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._watchdog.cancel()
        self.process.communicate(timeout=PATIENCE)

    def begin(self, *words: str) -> None:
        """Give it a task."""
        assert self.process.stdin is not None
        print(*words, file=self.process.stdin, flush=True)

    def told(self, word: str) -> str:
        """What it says next with this word, passing over other lines. AssertionError where it ends before."""
        for said, rest in self.lines():
            if said == word:
                return rest
        raise AssertionError(f"the child ended without “{word}”")

    def lines(self) -> Iterator[tuple[str, str]]:
        """What it says until the task is done: a word, and the rest of the line."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            said, _, rest = line.rstrip("\n").partition(" ")
            yield said, rest
            if said == "ended":
                return

    def asked(self, *words: str) -> str:
        """The answer to a task that has one, which begins with the task's name."""
        self.begin(*words)
        answer = self.told(words[0])
        assert self.told("ended") == ""
        return answer


@contextmanager
def site(kind: str) -> Iterator[Site]:
    """A new site on SQLite or PostgreSQL with a few organisations; skips where there is no such server."""
    with tempfile.TemporaryDirectory(prefix="dangwu-faults-") as home:
        if kind == "SQLite":
            yield _staged(Site(Path(home), f"sqlite:///{home}/dangwu.sqlite3"))
        elif postgresql.programs() is None:
            pytest.skip("no PostgreSQL server on this machine")
        else:
            with postgresql.cluster() as url:
                made = _staged(Site(Path(home), url, Server(url)))
                assert made.server is not None
                made.server.stop()
                made.server.start()
                yield made


def _staged(made: Site) -> Site:
    with Child(made, "staging", DANGWU_HASTE="1") as child:
        made.stage = json.loads(child.asked("stage"))
    return made
