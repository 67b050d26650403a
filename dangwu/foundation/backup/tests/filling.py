"""Rows of every type, and what a database holds."""

import uuid
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from dangwu.foundation.backup.columns import columns_of
from dangwu.foundation.backup.queries import table_of, told_rows
from dangwu.foundation.backup.schema import schema_of
from dangwu.foundation.backup.snapshot import standing_in
from dangwu.foundation.backup.targets import Settings

SAMPLES = "dangwu.foundation.backup.tests.samples"
RARE = "𠮷𡈽𪚥𫝀𬺰𮯠𰻞𱁬"  # 𠮷 and its like, of the extensions B to G
VALUES: tuple[dict[str, Any], ...] = (
    {},
    {"text": f"买买提·{RARE}\n\t\"'\\ %s 😀", "whole": 2**63 - 1, "small": 0, "told": False},
    {"text": "", "whole": -(2**63), "small": 32767, "told": True, "ratio": -0.1},
    {"amount": Decimal("999999999999.99"), "ratio": 1e-300, "day": date(1, 1, 1), "hour": time(23, 59, 59, 999999)},
    {
        "amount": Decimal("-0.01"),
        "day": date(9999, 12, 31),
        "hour": time(0),
        "span": timedelta(days=-1, microseconds=1),
    },
    {
        "moment": datetime(1988, 4, 10, 1, 30, 0, 1, tzinfo=UTC),
        "content": bytes(range(256)) * 40,
        "token": uuid.UUID(int=7),
    },
    {"facts": {"届次": [1, 2.5, None, True, {"名": RARE}]}, "content": b"", "address": "2001:db8::1"},
    {"facts": models.Value(None, models.JSONField()), "address": "192.0.2.7", "span": timedelta(days=3650)},
)


def chance(seed: int) -> Random:
    """The same accidents every time."""
    return Random(seed)  # noqa: S311 - nothing is kept secret with it


def tables(connection: BaseDatabaseWrapper) -> dict[str, Any]:
    """The models of the samples by name, at the state of the database."""
    return {model.__name__: model for model in schema_of(connection).models}


def fill(connection: BaseDatabaseWrapper) -> None:
    """Put in rows of every type, rows that refer to each other in a ring, and a row in a table between tables."""
    known = tables(connection)
    shelf = known["Shelf"].objects.create(name=f"架子{RARE}")
    shelf.above = shelf
    things = [known["Thing"].objects.create(shelf=shelf, **values) for values in VALUES]
    shelf.best = things[-1]
    shelf.save()
    things[0].beside.add(shelf)
    known["Word"].objects.bulk_create([known["Word"](word=f"词{number}{RARE}") for number in range(1200)])


def rows_of(settings: Settings) -> dict[str, list[Any]]:
    """Every row of a database, as a backup tells it; what JSON does not order is put in order."""
    with standing_in(settings) as connection:
        return {table_of(model): sorted(_told(connection, model), key=repr) for model in schema_of(connection).models}


def _told(connection: BaseDatabaseWrapper, model: type[models.Model]) -> list[Any]:
    columns = columns_of(model, connection)
    return [row for batch in told_rows(connection, model, columns) for row in batch]
