"""Servers for the length of a measurement, on this machine alone."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from dangwu.workbench.bench.measuring import NotMeasurableError

HOST = "127.0.0.1"
PATIENCE = 90  # seconds until a server answers, or has stopped


def free_port() -> int:
    """A port that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(words: Sequence[str], port: int, surroundings: Mapping[str, str]) -> Iterator[None]:
    """Run a server by its command line until the end. Raises NotMeasurableError where it does not answer."""
    around = {**os.environ, **surroundings}
    server = subprocess.Popen(words, env=around, stdout=subprocess.DEVNULL)  # noqa: S603 - our own words
    try:
        _await_answer(server, port)
        yield
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _await_answer(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.1)
    raise NotMeasurableError("用于测量的网站没有启动，请查看上面的提示。")
