"""A PostgreSQL cluster for the length of a test run: in a folder of its own, on a socket there, as nobody special."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

# nothing here outlives the run, so nothing waits for the disk
HASTE = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def programs() -> Path | None:
    """The folder of the newest server's programs, or None where there is no server."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    versions = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(versions, key=lambda path: int(path.parent.name), default=None)


@contextmanager
def cluster() -> Iterator[str]:
    """Start a cluster and yield its URL; it is stopped and removed at the end."""
    folder = programs()
    if folder is None:
        raise FileNotFoundError("no PostgreSQL server on this machine")
    with tempfile.TemporaryDirectory(prefix="dangwu-pg-", ignore_cleanup_errors=True) as home:
        user = _unprivileged_user(home)
        data = f"{home}/data"

        def call(program: str, *arguments: str) -> None:
            subprocess.run(
                [folder / program, "-D", data, *arguments], check=True, user=user, cwd=home, stdout=subprocess.DEVNULL
            )

        call("initdb", "--username=dangwu", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        call("pg_ctl", "start", "--wait", f"--log={home}/log", f"--options=-k {home} -c listen_addresses='' {HASTE}")
        try:
            yield f"postgres://dangwu@{quote(home, safe='')}/postgres"
        finally:
            call("pg_ctl", "stop", "--wait", "--mode=immediate")


def _unprivileged_user(home: str) -> int | None:
    """The user to whom the folder was given, where we are root: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry.pw_uid for entry in pwd.getpwall()}
    user = names.get("postgres") or names["nobody"]
    os.chown(home, user, -1)
    return user


if __name__ == "__main__":
    sys.exit(programs() is None)
