"""The law of the columns: what a backup tells of a row is what it tells of the row that was made of it."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, timedelta
from typing import Any

import pytest
from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dangwu.foundation.backup.columns import CODECS, Column, columns_of
from dangwu.foundation.backup.queries import take_rows, told_rows
from dangwu.foundation.backup.schema import migrate_forward
from dangwu.foundation.backup.snapshot import standing_in
from dangwu.foundation.backup.tests.conftest import Site
from dangwu.foundation.backup.tests.filling import RARE, tables

# what both engines can hold; a NUL is refused on the way into a form, and by the restore
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=50)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)
CENTURIES = timedelta(days=100_000)


def written_address(text: str) -> str:
    """As a form hands it to the column: an address of version 4 inside one of version 6 has a spelling of its own."""
    return str(models.GenericIPAddressField().to_python(text))


BY_COLUMN: dict[str, tuple[str, st.SearchStrategy[Any]]] = {
    "text": ("TextField", TEXTS),
    "whole": ("BigIntegerField", st.integers(-(2**63), 2**63 - 1)),
    "small": ("PositiveSmallIntegerField", st.integers(0, 32767)),
    "told": ("BooleanField", st.booleans()),
    "amount": ("DecimalField", st.decimals(-999999999999, 999999999999, places=2)),
    "ratio": ("FloatField", st.floats(allow_nan=False, allow_infinity=False, allow_subnormal=False)),
    "day": ("DateField", st.dates()),
    "hour": ("TimeField", st.times()),
    "moment": ("DateTimeField", st.datetimes(timezones=st.just(UTC))),
    "span": ("DurationField", st.timedeltas(-CENTURIES, CENTURIES)),
    "content": ("BinaryField", st.binary(max_size=200)),
    "token": ("UUIDField", st.uuids()),
    "facts": ("JSONField", JSON),
    "address": ("GenericIPAddressField", st.ip_addresses().map(lambda address: written_address(str(address)))),
}


ROWS = st.fixed_dictionaries(
    {name: st.none() | values.map(CODECS[kind].encode) for name, (kind, values) in BY_COLUMN.items()}
)
RARE_ROW: dict[str, Any] = dict.fromkeys(BY_COLUMN) | {"text": RARE, "facts": json.dumps({RARE: [RARE]})}


Place = tuple[BaseDatabaseWrapper, type[models.Model], tuple[Column, ...]]


@pytest.fixture(params=["file", "server"])
def place(request: pytest.FixtureRequest, empty_file: Site) -> Iterator[Place]:
    """An empty table on either engine, and its columns."""
    made: Site = request.getfixturevalue("empty_database") if request.param == "server" else empty_file
    with standing_in(made()) as connection:
        migrate_forward(connection)
        thing = tables(connection)["Thing"]
        yield connection, thing, columns_of(thing, connection)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(row=ROWS)
@example(row=RARE_ROW)
def test_every_value_comes_back_as_it_was_told(row: dict[str, Any], place: Place) -> None:
    connection, thing, columns = place
    told = [{"id": 1, "shelf_id": 1, **row}[column.name] for column in columns]
    with undone():
        take_rows(connection, thing, columns, [told])
        ((back,),) = told_rows(connection, thing, columns)
    assert comparable(columns, back) == comparable(columns, told)


def comparable(columns: Iterable[Column], row: list[Any]) -> dict[str, Any]:
    """A row by column; JSON by what it says, for a server writes it in its own way."""
    told = {column.name: value for column, value in zip(columns, row, strict=True)}
    return told | {"facts": told["facts"] and json.loads(told["facts"])}
