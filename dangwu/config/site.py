"""Bringing a site up: its tables, its static files, and the two processes that run side by side."""

import hashlib
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import click
import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from dangwu.config.ticking import Minutes

HOST = "127.0.0.1"
PATIENCE = 30  # seconds for the server to answer, and for both processes to finish what they do
PAUSE = 3  # seconds before a worker that has ended is started anew

# More processes than processors, with few threads each: threads of a process take turns at Python, and at every
# statement a write lets the others go first, while it holds the database. Two by four had everybody wait twice as long.
# The server warns of so many processes, which is all that it would say at the next level.
SERVER = (
    "granian",
    "--interface=wsgi",
    "--workers=4",
    "--blocking-threads=2",
    "--no-ws",
    "--log-level=error",
)
WORKER = ("django", "db_worker", "--interval=0.5")

Process = subprocess.Popen[bytes]


class Refusal(click.ClickException):
    """The site cannot start, for a reason that the operator can mend."""

    exit_code = 2


def prepare() -> None:
    """Bring tables and static files up to date; does nothing where they are."""
    django.setup()
    call_command("migrate", verbosity=0, interactive=False, skip_checks=False)
    _collect_static_files()


def _collect_static_files() -> None:
    stamp = Path(settings.STATIC_ROOT) / "collected"
    state = _state_of_static_files()
    if stamp.is_file() and stamp.read_text() == state:
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(state)


def _state_of_static_files() -> str:
    return hashlib.sha256("\n".join(sorted(_static_files())).encode()).hexdigest()


def _static_files() -> Iterator[str]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            yield f"{name} {storage.size(name)} {storage.get_modified_time(name).timestamp()}"


def serve(port: int, *, opening: str) -> None:
    """Run server and worker until a signal comes, then stop both.

    `opening` is printed once the server answers. Raises Refusal where the port is taken or a process ends by itself.
    """
    _refuse_taken_port(port)
    _resume_work()
    told_to_stop = _await_signals()
    processes: list[Process] = []
    try:
        processes.append(_start(*SERVER, "--host", HOST, "--port", str(port), "dangwu.config.wsgi:application"))
        processes.append(_start(*WORKER))
        _await_answer(port, processes, told_to_stop)
        click.echo(opening)
        minutes = Minutes()
        while not told_to_stop.wait(0.5):
            _check_alive(processes[:1])
            processes[1] = _alive(processes[1])
            minutes.pass_by()
        click.echo("正在停止……")
    finally:
        _stop(processes)


def _resume_work() -> None:
    from dangwu.compliance.tasks import resume as resume_checks  # noqa: PLC0415 - models can be imported only after the set-up
    from dangwu.workbench.imports.tasks import resume as resume_imports  # noqa: PLC0415 - likewise
    from dangwu.workbench.papers.tasks import resume as resume_bundles  # noqa: PLC0415 - likewise

    resume_checks()
    resume_imports()
    resume_bundles()


def _refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise Refusal(
                f"端口 {port} 已被占用，没有启动。网站可能已在运行，请先在浏览器中打开 http://{HOST}:{port}/ 看看；"
                f"要另开一个，请换个端口，例如加上 --port {port + 1}。"
            ) from error


def _await_signals() -> Event:
    """What is set by a signal to end; nothing is raised, so that a second signal cannot cut the stopping short."""
    told_to_stop = Event()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda _number, _frame: told_to_stop.set())
    return told_to_stop


def _start(*arguments: str) -> Process:
    # a session of its own: Ctrl+C then reaches this process alone, which ends the others in order
    return subprocess.Popen([sys.executable, "-m", *arguments], start_new_session=True)  # noqa: S603, our own words


def _await_answer(port: int, processes: list[Process], told_to_stop: Event) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        _check_alive(processes)
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0 or told_to_stop.wait(0.1):
                return
    raise Refusal("网站迟迟没有启动，请查看上面的提示。")


def _check_alive(processes: list[Process]) -> None:
    if any(process.poll() is not None for process in processes):
        raise Refusal("网站意外停止，请查看上面的提示，然后重新启动。")


def _alive(worker: Process) -> Process:
    """The worker, or a new one where it ended by itself, as it does when it finds the database locked for too long:
    pages are answered all the same, and what it left half way is taken up again.
    """
    if worker.poll() is None:
        return worker
    click.echo("后台任务意外中断，已经重新启动。", err=True)
    time.sleep(PAUSE)
    _resume_work()
    return _start(*WORKER)


def _stop(processes: list[Process]) -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
