"""Every test: those of the database on PostgreSQL first, then all of them on SQLite.

Arguments go to pytest in both runs. Ends with pytest's summary line; fails where either run failed.
"""

import os
import signal
import subprocess
import sys

import pytest

from tests import postgresql

ACCEPTABLE = {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}


def run_pytest(*arguments: str, **environment: str) -> int:
    command = [sys.executable, "-m", "pytest", "-n", "2", *arguments]
    return subprocess.run(command, env=os.environ | environment, stdin=subprocess.DEVNULL, check=False).returncode


def main(*arguments: str) -> int:
    # a polite end: the cluster is stopped on the way out
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with postgresql.cluster() as url:
        first = run_pytest(*arguments, DANGWU_TEST_DATABASE_URL=url)
    if first in ACCEPTABLE:
        return run_pytest(*arguments)
    before = filter(None, [os.environ.get("DANGWU_FAILED_BEFORE"), "tests on PostgreSQL"])
    run_pytest(*arguments, DANGWU_FAILED_BEFORE=", ".join(before))
    return first


sys.exit(main(*sys.argv[1:]))
