"""How a value of a column is told in a backup, whatever database holds it.

Custom fields are left aside on purpose: what is sealed in the database stays sealed in the backup. Only the kind of the
column counts, which is what `get_internal_type` names.
"""

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Col

Conversion = Callable[[Any], Any]


@dataclass(frozen=True)
class Codec:
    """From a value of Python to one that JSON has, and back."""

    encode: Conversion
    decode: Conversion


def _as_is(value: Any) -> Any:  # noqa: ANN401 - any value
    return value


MICROSECOND = timedelta(microseconds=1)
PLAIN = Codec(_as_is, _as_is)
CODECS: Mapping[str, Codec] = {
    **dict.fromkeys(
        [
            *("AutoField", "BigAutoField", "SmallAutoField", "IntegerField", "BigIntegerField", "SmallIntegerField"),
            *("PositiveIntegerField", "PositiveBigIntegerField", "PositiveSmallIntegerField"),
            *("CharField", "TextField", "SlugField", "FileField", "FilePathField", "BooleanField", "FloatField"),
            "GenericIPAddressField",
        ],
        PLAIN,
    ),
    "DateField": Codec(date.isoformat, date.fromisoformat),
    "TimeField": Codec(time.isoformat, time.fromisoformat),
    "DateTimeField": Codec(lambda moment: moment.astimezone(UTC).isoformat(), datetime.fromisoformat),
    "DurationField": Codec(lambda span: span // MICROSECOND, lambda number: number * MICROSECOND),
    "DecimalField": Codec(str, Decimal),
    "BinaryField": Codec(lambda content: base64.b64encode(content).decode(), base64.b64decode),
    "UUIDField": Codec(str, UUID),
    "JSONField": Codec(json.dumps, json.loads),
}
# what every database takes as Python has it
UNCONVERTED = {kind for kind, codec in CODECS.items() if codec is PLAIN} - {"GenericIPAddressField"}
INTEGERS = {"AutoField": "IntegerField", "BigAutoField": "BigIntegerField", "SmallAutoField": "SmallIntegerField"}


@dataclass(frozen=True)
class Column:
    """A column, and its values on the way out of a database and into one; None where they pass as they are."""

    name: str
    told: Conversion | None
    taken: Conversion | None


def columns_of(model: type[models.Model], connection: BaseDatabaseWrapper) -> tuple[Column, ...]:
    """The columns of a table, in the order of their names."""
    fields = {str(field.column): field for field in model._meta.local_concrete_fields if not field.generated}  # noqa: SLF001
    return tuple(_column(name, _plain(fields[name]), connection) for name in sorted(fields))


def _column(name: str, plain: models.Field[Any, Any], connection: BaseDatabaseWrapper) -> Column:
    return Column(name, _on_the_way_out(plain, connection), _on_the_way_in(plain, connection))


def _plain(field: Any) -> models.Field[Any, Any]:  # noqa: ANN401 - a field of any type
    """Django's own field for the column: the same in the database, without what a custom field adds."""
    while field.remote_field:
        field = field.target_field
    kind = field.get_internal_type()
    kind = INTEGERS.get(kind, kind)
    digits = ("max_digits", "decimal_places") if kind == "DecimalField" else ()
    plain: models.Field[Any, Any] = getattr(models, kind)(**{name: getattr(field, name) for name in digits})
    plain.set_attributes_from_name(field.name)
    return plain


def _on_the_way_out(plain: models.Field[Any, Any], connection: BaseDatabaseWrapper) -> Conversion | None:
    place = Col("", plain)
    codec = CODECS[plain.get_internal_type()]
    steps = [*connection.ops.get_db_converters(place), *plain.get_db_converters(connection)]
    if codec is PLAIN and not steps:
        return None

    def told(value: Any) -> Any:  # noqa: ANN401 - any value
        if value is None:
            return None
        for step in steps:
            value = step(value, place, connection)
        return codec.encode(value)

    return told


def _on_the_way_in(plain: models.Field[Any, Any], connection: BaseDatabaseWrapper) -> Conversion | None:
    kind = plain.get_internal_type()
    if kind in UNCONVERTED:
        return None
    decode = CODECS[kind].decode
    if kind == "JSONField":  # the value null of JSON is not the absence of a value
        return lambda told: None if told is None else connection.ops.adapt_json_value(decode(told), None)

    def taken(told: Any) -> Any:  # noqa: ANN401 - any value
        return None if told is None else plain.get_db_prep_save(decode(told), connection)

    return taken
