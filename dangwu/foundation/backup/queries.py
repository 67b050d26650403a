"""The statements of backup and restore. They go past the models: a table is told as it is, whoever may see its rows."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.core.management.color import no_style
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from dangwu.foundation.backup.columns import Column

BATCH = 500  # rows that are in memory at a time
Model = type[models.Model]


def table_of(model: Model) -> str:
    """The name of a model's table."""
    return model._meta.db_table  # noqa: SLF001 - Django's own way


def told_rows(connection: BaseDatabaseWrapper, model: Model, columns: Sequence[Column]) -> Iterator[list[list[Any]]]:
    """The rows of a table in batches, in the order of their keys, as a backup tells them."""
    names = [column.name for column in columns]
    key = str(model._meta.pk.column)  # noqa: SLF001 - Django's own way
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


def empty_tables(connection: BaseDatabaseWrapper, models: Iterable[Model]) -> None:
    """Delete every row of these tables, the last table first."""
    with connection.cursor() as cursor:
        for model in reversed([*models]):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table_of(model))}")  # noqa: S608


def drop_tables(connection: BaseDatabaseWrapper, tables: Iterable[str]) -> None:
    """Drop these tables with all that hangs on them."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)} CASCADE")


def reset_sequences(connection: BaseDatabaseWrapper, models: Sequence[Model]) -> None:
    """Let the next row of each table get a key that is free."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
