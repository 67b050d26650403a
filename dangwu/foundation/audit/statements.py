"""The statements with which every action ends and every page begins, put together once: Django writes the same words
anew each time, which takes longer than the database works. For the log's own tables, whose columns come back from
every database as they are.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

M = TypeVar("M", bound=Model)


def insert(row: Model) -> None:
    """Write a new row, whose key is set."""
    model = type(row)
    _execute(_insertion(model, connection.vendor), _values(row, _fields(model)))
    row._state.adding = False  # noqa: SLF001 - as Django notes it


def update(row: Model, *names: str) -> None:
    """Write these columns of a row that is there."""
    _execute(_change(type(row), names, connection.vendor), [*_values(row, names), row.pk])


def locked(model: type[M], pk: int) -> M | None:
    """The row with this key, locked until the transaction ends where the database can."""
    return _read(model, f"{_reading(model, connection.vendor)}{_lock()}", pk)


def read(model: type[M], pk: int) -> M | None:
    """The row with this key as it was committed last."""
    return _read(model, _reading(model, connection.vendor), pk)


def _read(model: type[M], statement: str, pk: int) -> M | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [pk])
        found = cursor.fetchone()
    return model.from_db(connection.alias, list(_fields(model)), found) if found else None


def _lock() -> str:
    return f" {connection.ops.for_update_sql()}" if connection.features.has_select_for_update else ""


def _execute(statement: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _values(row: Model, names: Iterable[str]) -> list[Any]:
    """What these columns say, in the database's own words."""
    fields = _fields(type(row))
    return [fields[name].get_db_prep_save(getattr(row, name), connection) for name in names]


@cache
def _fields(model: type[Model]) -> dict[str, Any]:
    return {field.attname: field for field in model._meta.concrete_fields}  # noqa: SLF001 - Django's own way


# --- the words, for each kind of database


@cache
def _insertion(model: type[Model], _: str) -> str:
    columns, places = _columns(model, _fields(model)), ", ".join("%s" for _ in _fields(model))
    return f"INSERT INTO {_table(model)} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608 - a model's own names


@cache
def _change(model: type[Model], names: tuple[str, ...], _: str) -> str:
    changes = ", ".join(f"{column} = %s" for column in _columns(model, names))
    return f"UPDATE {_table(model)} SET {changes} WHERE {_key(model)} = %s"  # noqa: S608


@cache
def _reading(model: type[Model], _: str) -> str:
    columns = ", ".join(_columns(model, _fields(model)))
    return f"SELECT {columns} FROM {_table(model)} WHERE {_key(model)} = %s"  # noqa: S608


def _columns(model: type[Model], names: Iterable[str]) -> list[str]:
    return [_quoted(_fields(model)[name].column) for name in names]


def _table(model: type[Model]) -> str:
    return _quoted(model._meta.db_table)  # noqa: SLF001


def _key(model: type[Model]) -> str:
    return _quoted(str(model._meta.pk.column))  # noqa: SLF001


def _quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))
