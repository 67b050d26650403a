"""How statements are written: as for MySQL, but for rows whose keys are asked back."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.mysql.compiler import SQLAggregateCompiler, SQLCompiler, SQLDeleteCompiler, SQLUpdateCompiler
from django.db.models.sql import compiler

__all__ = ["SQLAggregateCompiler", "SQLCompiler", "SQLDeleteCompiler", "SQLInsertCompiler", "SQLUpdateCompiler"]


class SQLInsertCompiler(compiler.SQLInsertCompiler):
    """There is no RETURNING, and nothing promises that keys given to one statement by several nodes are consecutive."""

    def execute_sql(  # type: ignore[override] # as Django's own does
        self, returning_fields: Sequence[Any] | None = None
    ) -> list[tuple[Any]]:
        """Insert the rows: one by one where their keys are asked back, else all at once."""
        if not returning_fields:
            return super().execute_sql(returning_fields)
        rows, objects = [], self.query.objs
        for one in objects:
            self.query.objs = [one]
            rows += super().execute_sql(returning_fields)
        return rows
