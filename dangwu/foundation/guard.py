"""The last line of defence: a wrapper around every statement that refuses writes which nobody answers for.

The tracked models tell their changes by themselves; this catches whatever goes past them, be it raw SQL, a cascade or
a queryset of Django's own.
"""

import re
from collections.abc import Callable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from dangwu.foundation.deeds import OutsideActionError, is_announced
from dangwu.foundation.tables import append_only_tables, note_statement, tracked_tables

_WRITE = re.compile(
    r"\s*(?P<verb>INSERT|REPLACE|UPDATE|DELETE|COPY|TRUNCATE|MERGE)\b(?:\s+(?:OR\s+\w+|IGNORE|INTO|FROM|TABLE|ONLY))*"
    r"\s+[`\"]?(?P<table>\w+)",
    re.IGNORECASE,
)
Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


def guard(execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: ANN401, FBT001 - Django's own signature
    """Run a statement unless it writes to a tracked table unannounced. Raises OutsideActionError."""
    written = _WRITE.match(sql)
    if written and not is_announced():
        table, verb = written["table"], written["verb"].upper()
        if table in tracked_tables() or (table in append_only_tables() and verb != "INSERT"):
            raise OutsideActionError(f"{verb} {table}: not announced by an action")
    note_statement(sql)
    return execute(sql, params, many, context)


def stand_guard(connection: BaseDatabaseWrapper, **_: object) -> None:
    """Guard a connection that was just opened."""
    if guard not in connection.execute_wrappers:
        connection.execute_wrappers.append(guard)
