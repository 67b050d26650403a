"""OceanBase's engine for the length of a test run: one node, in a folder of its own, on a socket there."""

import fcntl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import pymysql

# the smallest sizes it starts with
SIZES = ["--parameter", "memory_budget=1G", "--parameter", "log_disk_size=2G"]
# its package would start it with an empty environment, in which it calls its makers
SILENCE = {"TELEMETRY_ENABLED": "false"}
PATIENCE = 60  # seconds


def program() -> Path:
    """The engine, as its package brings it."""
    package = find_spec("pylibseekdb")
    if package is None or package.origin is None:
        raise FileNotFoundError("no OceanBase engine on this machine")
    return Path(package.origin).with_name("seekdb")


@contextmanager
def engine() -> Iterator[str]:
    """Start the engine and yield a URL; it is ended and removed at the end.

    “Embedded”, it listens on its socket alone, and ends by itself when nobody holds a lock on the list of its clients:
    it does not outlive a test run, even one that was killed.
    """
    with tempfile.TemporaryDirectory(prefix="dangwu-ob-", ignore_cleanup_errors=True) as home:
        run = Path(home, "run")
        run.mkdir()
        with (run / "seekdb.clients").open("w") as clients:
            fcntl.flock(clients, fcntl.LOCK_SH)
            command = [str(program()), "--embedded", "--nodaemon", f"--base-dir={home}", "--log-level=ERROR", *SIZES]
            process = subprocess.Popen(
                command,
                cwd=home,
                env=SILENCE,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.STDOUT,
            )
            try:
                _wait(process, run / "sql.sock")
                yield f"oceanbase://root@/dangwu?unix_socket={quote(str(run / 'sql.sock'), safe='')}"
            finally:
                process.kill()
                process.wait()


def _wait(process: subprocess.Popen[bytes], socket: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            pymysql.connect(user="root", unix_socket=str(socket)).close()
        except pymysql.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"the engine did not start: {process.returncode}")
