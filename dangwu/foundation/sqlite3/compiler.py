"""How statements are written: as by Django, but for the inserts of many rows, which an import waits for."""

from itertools import chain
from typing import Any

from django.db.models.sql import compiler
from django.db.models.sql.compiler import SQLAggregateCompiler, SQLCompiler, SQLDeleteCompiler, SQLUpdateCompiler

__all__ = ["SQLAggregateCompiler", "SQLCompiler", "SQLDeleteCompiler", "SQLInsertCompiler", "SQLUpdateCompiler"]


class SQLInsertCompiler(compiler.SQLInsertCompiler):
    """Django asks anew for every value how it stands in the statement, which takes longer than SQLite itself does."""

    def assemble_as_sql(self, fields: Any, value_rows: Any) -> tuple[list[list[str]], list[list[Any]]]:  # noqa: ANN401 - Django's own
        """The same mark for every value; where values are expressions, or there are no columns, as Django does."""
        if None in fields or any(hasattr(value, "as_sql") for value in chain.from_iterable(value_rows)):
            return super().assemble_as_sql(fields, value_rows)
        return [["%s"] * len(fields)] * len(value_rows), value_rows
