"""The last line of defence: a wrapper around every statement that refuses writes which nobody answers for.

The tracked models tell their changes by themselves; this catches whatever goes past them, be it raw SQL, a cascade or
a queryset of Django's own.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper

from dangwu.foundation.deeds import OutsideActionError, is_announced

_WRITE = re.compile(
    r"\s*(?P<verb>INSERT|REPLACE|UPDATE|DELETE|COPY|TRUNCATE|MERGE)\b(?:\s+(?:OR\s+\w+|IGNORE|INTO|FROM|TABLE|ONLY))*"
    r"\s+[`\"]?(?P<table>\w+)",
    re.IGNORECASE,
)
Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


@cache
def tracked_tables() -> frozenset[str]:
    """The tables whose every change is told to the audit."""
    return frozenset(model._meta.db_table for model in apps.get_models() if getattr(model, "is_tracked", False))  # noqa: SLF001


@cache
def append_only_tables() -> frozenset[str]:
    """The tables in which nothing is ever changed or deleted."""
    return frozenset(model._meta.db_table for model in apps.get_models() if getattr(model, "append_only", False))  # noqa: SLF001


def guard(execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: ANN401, FBT001 - Django's own signature
    """Run a statement unless it writes to a tracked table unannounced. Raises OutsideActionError."""
    written = _WRITE.match(sql)
    if written and not is_announced():
        table, verb = written["table"], written["verb"].upper()
        if table in tracked_tables() or (table in append_only_tables() and verb != "INSERT"):
            raise OutsideActionError(f"{verb} {table}: not announced by an action")
    return execute(sql, params, many, context)


def stand_guard(connection: BaseDatabaseWrapper, **_: object) -> None:
    """Guard a connection that was just opened."""
    if guard not in connection.execute_wrappers:
        connection.execute_wrappers.append(guard)
