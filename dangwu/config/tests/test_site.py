import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import pytest

from dangwu.config.site import Refusal, serve

PATIENCE = 60  # seconds


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_site(home: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """A site with a home of its own, from its opening words on."""
    environment = {**os.environ, "DANGWU_HOME": str(home), "DANGWU_DATABASE_URL": "", "PYTHONUNBUFFERED": "1"}
    environment["DJANGO_SETTINGS_MODULE"] = "dangwu.config.settings"
    command = [sys.executable, "-m", "dangwu", "run", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as site:
        assert site.stdout
        try:
            assert "网站已启动" in site.stdout.readline()
            yield site
        finally:
            site.terminate()


def children(process: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def is_running(process: int) -> bool:
    return Path(f"/proc/{process}").exists()


def test_a_taken_port_is_told_with_a_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(Refusal) as refusal:
        serve(taken.getsockname()[1], opening="")
    assert "已被占用" in refusal.value.format_message()
    assert "--port" in refusal.value.format_message()
    assert refusal.value.exit_code == click.UsageError.exit_code


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_site_starts_answers_and_stops_with_all_its_processes(tmp_path: Path, ending: signal.Signals) -> None:
    port = free_port()
    with running_site(tmp_path, port) as site:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=PATIENCE) as answer:
            assert answer.status == 200
        processes = children(site.pid)
        site.send_signal(ending)
        assert site.wait(PATIENCE) == 0
    assert len(processes) == 2
    assert not any(is_running(process) for process in processes)


def test_when_the_worker_dies_another_takes_its_place(tmp_path: Path) -> None:
    with running_site(tmp_path, free_port()) as site:
        worker, deadline = children(site.pid)[1], time.monotonic() + PATIENCE
        os.kill(worker, signal.SIGKILL)
        while worker in (pids := children(site.pid)) or len(pids) < 2:
            assert time.monotonic() < deadline
            time.sleep(0.2)
        assert site.poll() is None


def test_when_the_server_dies_the_site_stops_rather_than_limp(tmp_path: Path) -> None:
    with running_site(tmp_path, free_port()) as site:
        os.kill(children(site.pid)[0], signal.SIGKILL)
        assert site.wait(PATIENCE) == Refusal.exit_code
