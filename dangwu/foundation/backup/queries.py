"""The statements of backup and restore. They go past the models: a table is told as it is, whoever may see its rows."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.core.management.color import no_style
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from dangwu.foundation.backup.columns import Column

BATCH = 500  # rows that are in memory at a time
Model = type[models.Model]
DERIVED = frozenset({"foundation_searchentry", "records_signature"})
"""Tables that follow from others: they are not told, but made anew after a restore."""


def table_of(model: Model) -> str:
    """The name of a model's table."""
    return model._meta.db_table  # noqa: SLF001 - Django's own way


def told_rows(connection: BaseDatabaseWrapper, model: Model, columns: Sequence[Column]) -> Iterator[list[list[Any]]]:
    """The rows of a table in batches, in the order of their keys, as a backup tells them."""
    names = [column.name for column in columns]
    key = _key_of(model)
    conversions = [(place, column.told) for place, column in enumerate(columns) if column.told]
    rows = _batch(connection, table_of(model), names, key, ())
    while rows:
        last = rows[-1][names.index(key)]
        yield [_converted(row, conversions) for row in rows]
        rows = _batch(connection, table_of(model), names, key, (last,))


def _batch(
    connection: BaseDatabaseWrapper, table: str, names: Sequence[str], key: str, after: tuple[Any, ...]
) -> list[tuple[Any, ...]]:
    quoted = connection.ops.quote_name
    listed = ", ".join(map(quoted, names))
    where = f"WHERE {quoted(key)} > %s " if after else ""
    sql = f"SELECT {listed} FROM {quoted(table)} {where}ORDER BY {quoted(key)} LIMIT {BATCH}"  # noqa: S608, names of our own tables
    with connection.cursor() as cursor:
        cursor.execute(sql, after)
        return list(cursor.fetchall())


def _converted(row: Sequence[Any], conversions: Iterable[tuple[int, Any]]) -> list[Any]:
    values = list(row)
    for place, convert in conversions:
        values[place] = convert(values[place])
    return values


def take_rows(connection: BaseDatabaseWrapper, model: Model, columns: Sequence[Column], rows: list[list[Any]]) -> None:
    """Insert rows as a backup tells them."""
    conversions = [(place, column.taken) for place, column in enumerate(columns) if column.taken]
    quoted = connection.ops.quote_name
    listed = ", ".join(quoted(column.name) for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    sql = f"INSERT INTO {quoted(table_of(model))} ({listed}) VALUES ({marks})"  # noqa: S608, names of our own tables
    with connection.cursor() as cursor:
        cursor.executemany(sql, [_converted(row, conversions) for row in rows])


def count_rows(connection: BaseDatabaseWrapper, model: Model) -> int:
    """How many rows a table has."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table_of(model))}")  # noqa: S608
        return int(cursor.fetchone()[0])


def empty_tables(connection: BaseDatabaseWrapper, tables: Iterable[Model]) -> None:
    """Delete every row of these tables, the last table first."""
    with connection.cursor() as cursor:
        for model in reversed([*tables]):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table_of(model))}")  # noqa: S608


def drop_tables(connection: BaseDatabaseWrapper, tables: Iterable[str]) -> None:
    """Drop these tables with all that hangs on them."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)} CASCADE")


LAST_KEY = {
    "sqlite": "SELECT seq FROM sqlite_sequence WHERE name = %(table)s",
    "postgresql": "SELECT last_value FROM pg_sequences"
    " WHERE format('%%I.%%I', schemaname, sequencename) = pg_get_serial_sequence(%(table)s, %(key)s)",
}
SET_LAST_KEY = {
    "sqlite": (
        "DELETE FROM sqlite_sequence WHERE name = %(table)s",
        "INSERT INTO sqlite_sequence VALUES (%(table)s, %(last)s)",
    ),
    "postgresql": ("SELECT setval(pg_get_serial_sequence(%(table)s, %(key)s), %(last)s)",),
}


def last_key(connection: BaseDatabaseWrapper, model: Model) -> int | None:
    """The highest key that the database ever gave to a row, also where that was deleted; None where it gave none or
    does not tell.
    """
    if not _gives_keys(model) or connection.vendor not in LAST_KEY:
        return None
    with connection.cursor() as cursor:
        cursor.execute(LAST_KEY[connection.vendor], {"table": table_of(model), "key": _key_of(model)})
        row = cursor.fetchone()
    return row[0] if row else None


def go_on_from(connection: BaseDatabaseWrapper, model: Model, last: int | None) -> None:
    """Let the next row get a key that none had before: the audit names rows by their keys for ever."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(statement)
        for statement in SET_LAST_KEY.get(connection.vendor, ()) if last else ():
            cursor.execute(statement, {"table": table_of(model), "key": _key_of(model), "last": last})


def _gives_keys(model: Model) -> bool:
    return isinstance(model._meta.pk, models.AutoField | models.BigAutoField | models.SmallAutoField)  # noqa: SLF001


def _key_of(model: Model) -> str:
    return str(model._meta.pk.column)  # noqa: SLF001 - Django's own way
