"""Connections of our own: one that sees a single moment, and one that stands in for the site's."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.psycopg_any import IsolationLevel
from django.db.utils import ConnectionHandler

# A reader on SQLite must not take the lock of writers; a server must show one moment to all statements.
OF_ONE_MOMENT: Mapping[str, Mapping[str, Any]] = {
    "sqlite": {"transaction_mode": "DEFERRED"},
    "postgresql": {"isolation_level": IsolationLevel.REPEATABLE_READ},
    "mysql": {"isolation_level": "repeatable read"},
}


@contextmanager
def standing_in(settings: Mapping[str, Any]) -> Iterator[BaseDatabaseWrapper]:
    """The database with these settings as the site's, in this thread and for as long as it lasts.

    It takes the place of the site's own so that a migration that names no database cannot reach another one.
    """
    site = connections[DEFAULT_DB_ALIAS]
    connection = ConnectionHandler({DEFAULT_DB_ALIAS: dict(settings)})[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = connection
    try:
        yield connection
    finally:
        connection.close()
        connections[DEFAULT_DB_ALIAS] = site


@contextmanager
def snapshot(settings: Mapping[str, Any], vendor: str) -> Iterator[BaseDatabaseWrapper]:
    """A connection that sees the database as it is at its first statement, while others go on writing."""
    options = {**settings.get("OPTIONS", {}), **OF_ONE_MOMENT.get(vendor, {})}
    with standing_in({**settings, "OPTIONS": options}) as connection, transaction.atomic():
        yield connection
