"""Django's SQLite backend with the compilers beside this file."""

from django.db.backends.sqlite3 import base, operations


class DatabaseOperations(operations.DatabaseOperations):
    """Django's own."""

    compiler_module = "dangwu.foundation.sqlite3.compiler"


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection."""

    ops_class = DatabaseOperations
