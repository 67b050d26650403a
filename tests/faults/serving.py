"""A harmed site as its visitors have it: behind its real server, and on a disk that can be full."""

import resource
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import uuid4

from dangwu.config.site import HOST, SERVER
from tests.faults.sites import ROOT, Site

PATIENCE = 30  # seconds
TOKEN = "T" * 32
EVERYTHING = resource.RLIM_INFINITY


class Answer(NamedTuple):
    """What a visitor gets."""

    status: int
    page: str
    retry_after: str | None


class Serving:
    """The server of a site, asked as by its clerks."""

    def __init__(self, site: Site) -> None:
        self.site, self.port, self.log = site, _free_port(), list[str]()
        where = ["--host", HOST, "--port", str(self.port), "dangwu.config.wsgi:application"]
        command = [sys.executable, "-m", *SERVER, *where]
        pipe, errors, own = subprocess.PIPE, subprocess.STDOUT, site.environment
        self.process = subprocess.Popen(command, env=own, cwd=ROOT, text=True, stdout=pipe, stderr=errors)
        Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        # a pipe, because a file would be as full as the disk
        assert self.process.stdout is not None
        self.log.extend(self.process.stdout)

    def ask(self, path: str, fields: dict[str, str] | None = None, *, who: str = "clerk") -> Answer:
        """Open a page, or send a form where there are fields."""
        cookies = f"sessionid={self.site.stage[who]}; csrftoken={TOKEN}"
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        body = None if fields is None else urlencode(fields | {"csrfmiddlewaretoken": TOKEN})
        connection = HTTPConnection(HOST, self.port, timeout=PATIENCE)
        connection.request("GET" if body is None else "POST", path, body, headers)
        answer = connection.getresponse()
        told = Answer(answer.status, answer.read().decode(), answer.getheader("Retry-After"))
        connection.close()
        return told

    @contextmanager
    def full_disk(self) -> Iterator[None]:
        """Let not a byte be written to a file for a while."""
        self._limit(0)
        try:
            yield
        finally:
            self._limit(EVERYTHING)

    def _limit(self, size: int) -> None:
        for pid in _family(self.process.pid):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, EVERYTHING))

    def await_answer(self) -> None:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                assert self.ask("/health/live").status
            except OSError:
                assert self.process.poll() is None, "".join(self.log)
                assert time.monotonic() < until, "the server does not answer"
                time.sleep(0.05)
            else:
                return


@contextmanager
def serving(site: Site) -> Iterator[Serving]:
    """Serve a site."""
    server = Serving(site)
    try:
        server.await_answer()
        yield server
    finally:
        server.process.terminate()
        server.process.wait(PATIENCE)


def form(**fields: str) -> dict[str, str]:
    """The fields of a form with its key."""
    return fields | {"idempotency_key": str(uuid4())}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _family(pid: int) -> list[int]:
    """A process and those that it has started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in _family(int(child)))]
