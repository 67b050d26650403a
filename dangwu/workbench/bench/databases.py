"""The databases on which a bench runs: SQLite always, PostgreSQL where the machine has a server."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

Surroundings = dict[str, str]


@contextmanager
def databases(*, one: str = "") -> Iterator[dict[str, Surroundings]]:
    """The environment of a site on each, by the name people know it by; all of it is gone at the end.

    `one` chooses: SQLite or PostgreSQL. Of a server's cluster nothing waits for the disk: it is for reading.
    """
    with TemporaryDirectory(prefix="dangwu-bench-") as folder:
        homes = {name: Path(folder) / name.lower() for name in ("SQLite", "PostgreSQL")}
        here = {"SQLite": _site(homes["SQLite"], "")} if one != "PostgreSQL" else {}
        with postgresql() as url:
            yield here | ({"PostgreSQL": _site(homes["PostgreSQL"], url)} if url and one != "SQLite" else {})


def _site(home: Path, url: str) -> Surroundings:
    return {"DANGWU_HOME": str(home), "DANGWU_DATABASE_URL": url}


@contextmanager
def postgresql() -> Iterator[str]:
    """The URL of a new cluster, empty where there is no server."""
    from tests.postgresql import cluster, programs  # noqa: PLC0415 - lies in a checkout, which benches need anyway

    if programs() is None:
        yield ""
        return
    with cluster() as url:
        yield url
