"""Every test: those of the database on OceanBase's engine and on PostgreSQL first, then all of them on SQLite.

Arguments go to pytest in every run. Ends with pytest's summary line; fails where any run failed.
"""

import os
import signal
import subprocess
import sys

import pytest

from tests import oceanbase, postgresql

SERVERS = {"OceanBase": oceanbase.engine, "PostgreSQL": postgresql.cluster}
ACCEPTABLE = {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}


def run_pytest(*arguments: str, **environment: str) -> int:
    command = [sys.executable, "-m", "pytest", "-n", "2", *arguments]
    return subprocess.run(command, env=os.environ | environment, stdin=subprocess.DEVNULL, check=False).returncode


def run_on_servers(*arguments: str) -> dict[str, int]:
    """The servers on which tests failed, with what pytest returned."""
    failed = {}
    for name, server in SERVERS.items():
        with server() as url:
            code = run_pytest(*arguments, DANGWU_TEST_DATABASE_URL=url)
        if code not in ACCEPTABLE:
            failed[f"tests on {name}"] = code
    return failed


def main(*arguments: str) -> int:
    # a polite end: the server is stopped on the way out
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    failed = run_on_servers(*arguments)
    before = filter(None, [os.environ.get("DANGWU_FAILED_BEFORE"), *failed])
    last = run_pytest(*arguments, DANGWU_FAILED_BEFORE=", ".join(before))
    return next(iter(failed.values()), last)


sys.exit(main(*sys.argv[1:]))
