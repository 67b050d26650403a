"""Small sites with tables of their own, on a file or on a PostgreSQL server that lives for these tests."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import dj_database_url
import pytest
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from dangwu.foundation.backup.archive import Manifest
from dangwu.foundation.backup.restoring import Restore
from dangwu.foundation.backup.schema import migrate_forward
from dangwu.foundation.backup.snapshot import standing_in
from dangwu.foundation.backup.taking import take_backup
from dangwu.foundation.backup.targets import Settings
from dangwu.foundation.backup.tests.filling import SAMPLES, fill
from tests import postgresql

AT = datetime(2026, 11, 23, 4, tzinfo=UTC)
PASSPHRASE = "一句只用在这里的口令"
CHEAP = 10  # log2 of scrypt's n, in tests alone

Site = Callable[[], Settings]


@contextmanager
def living_in(folder: Path) -> Iterator[Path]:
    """A home of its own, and no application but the one with samples of every type."""
    here = {"HOME": folder, "KEYS": folder / "keys", "MEDIA_ROOT": folder / "files"}
    with override_settings(INSTALLED_APPS=[SAMPLES], **here):
        yield folder


@pytest.fixture(autouse=True)
def home(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Path]:
    with living_in(tmp_path), django_db_blocker.unblock():
        yield tmp_path


def sqlite(path: Path) -> Settings:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL"},
    }


@pytest.fixture
def empty_file(home: Path) -> Site:
    """Makes addresses of SQLite files that do not exist yet."""
    numbers = itertools.count(1)
    return lambda: sqlite(home / f"site-{next(numbers)}.sqlite3")


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    if postgresql.programs() is None:
        pytest.skip("no PostgreSQL server on this machine")
    with postgresql.cluster() as url:
        yield url


@pytest.fixture
def empty_database(server: str) -> Site:
    """Makes databases without tables on the server."""

    def made() -> Settings:
        settings = dj_database_url.parse(server)
        with standing_in({**settings}) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM pg_database")
            name = f"site_{cursor.fetchone()[0]}"
            cursor.execute(f"CREATE DATABASE {name}")
        return {**settings, "NAME": name}

    return made


@pytest.fixture
def site(empty_file: Site) -> Settings:
    """A site on SQLite with rows of every type."""
    return filled(empty_file())


def filled(settings: Settings) -> Settings:
    with standing_in(settings) as connection:
        migrate_forward(connection)
        fill(connection)
    return settings


def backed_up(site: Settings, path: Path) -> Manifest:
    with standing_in(site):
        return take_backup(path, passphrase=PASSPHRASE, at=AT, cost=CHEAP)


def restored(path: Path, target: Settings, passphrase: str = PASSPHRASE) -> Settings:
    restore = Restore(path, passphrase, files=False)
    restore.perform(restore.check(), target)
    return target
