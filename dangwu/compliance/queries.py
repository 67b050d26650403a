"""Reading checks: for whom comes first."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from dangwu.compliance.models import Check, DutyState
from dangwu.foundation.actors import Actor


def checks_for(actor: Actor) -> QuerySet[Check]:
    """The actor's own checks with their units, newest first."""
    return Check.objects.filter(opened_by=actor.key).select_related("unit")


def insert_states(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows of duty states, by their columns: hundreds of thousands at a time, which as objects take ten times as
    long. Part of a transaction.
    """
    quote = connection.ops.quote_name
    names = ", ".join(quote(name) for name in columns)
    places = ", ".join(["%s"] * len(columns))
    table = quote(DutyState._meta.db_table)  # noqa: SLF001 - Django's own way
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({places})",  # noqa: S608 - names of our own columns
            [tuple(map(_adapted, row)) for row in rows],
        )


def _adapted(value: Any) -> Any:  # noqa: ANN401 - what a column holds
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
