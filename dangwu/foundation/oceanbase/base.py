"""Django's MySQL backend, but for the points in which OceanBase is not the MySQL that it knows."""

from datetime import date
from typing import Any

import pymysql

pymysql.install_as_MySQLdb()

from django.db.backends.mysql import base, features, introspection, operations, schema  # noqa: E402 - they import MySQLdb
from django.db.models import Model  # noqa: E402
from django.db.utils import NotSupportedError  # noqa: E402

# What the other databases are by themselves: they store times in UTC, refuse what does not fit, and take 0 for a key.
# In microseconds: the server would give a statement 10 s, which a migration may exceed, and a lock no end.
SESSION = (
    "SET time_zone = '+00:00',"
    " sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,NO_AUTO_VALUE_ON_ZERO',"
    " ob_query_timeout = 600000000, ob_trx_lock_timeout = 20000000"
)


class DatabaseFeatures(features.DatabaseFeatures):
    """What the engine was seen to do, where its version would promise otherwise."""

    minimum_database_version = (5, 7)
    can_return_rows_from_bulk_insert = True  # the compiler sees to it
    has_select_for_update_of = False
    supports_expression_defaults = False
    supports_explain_analyze = False


class DatabaseIntrospection(introspection.DatabaseIntrospection):
    """Tells that this is not InnoDB, which indexes foreign keys by itself: here Django has to."""

    def get_storage_engine(self, cursor: Any, table_name: str) -> str:  # noqa: ANN401, ARG002 - Django's own
        """The engine of any table."""
        return "OceanBase"


class DatabaseOperations(operations.DatabaseOperations):
    """Refuses to guess where the server knows no time zones: MySQL answers NULL, and rows would silently be missing."""

    compiler_module = "dangwu.foundation.oceanbase.compiler"

    def _convert_sql_to_tz(self, sql: str, params: Any, tzname: str | None) -> Any:  # noqa: ANN401 - Django's own
        converted = super()._convert_sql_to_tz(sql, params, tzname)  # type: ignore[misc] # the stubs lack it
        if converted[0] != sql and not self.connection.features.has_zoneinfo_database:
            raise NotSupportedError("the time zones are not installed on the database server")
        return converted

    def get_db_converters(self, expression: Any) -> list[Any]:  # noqa: ANN401 - Django's own
        """Those of MySQL, and one for days: a day that a query brings with it comes back as the text it went as."""
        days = [_as_day] if expression.output_field.get_internal_type() == "DateField" else []
        return [*super().get_db_converters(expression), *days]


def _as_day(value: date | str | None, *_: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


class DatabaseSchemaEditor(schema.DatabaseSchemaEditor):
    """Text compares by its characters, as on the other databases, whatever the operator's database was made with."""

    sql_create_table = schema.DatabaseSchemaEditor.sql_create_table + " COLLATE utf8mb4_bin"
    sql_create_column_inline_fk = ""
    _supports_limited_data_type_defaults = False

    def _alter_field(
        self,
        model: type[Model],
        old_field: Any,  # noqa: ANN401 - Django's own
        new_field: Any,  # noqa: ANN401
        old_type: str,
        new_type: str,
        *others: Any,  # noqa: ANN401
    ) -> None:
        """Alter a column; where the engine refuses to (structures), its type by a new column in its place."""
        if old_type != new_type and "json" in {old_type, new_type}:
            self._replace_column(model, old_field, new_type)
            old_type = new_type
        super()._alter_field(model, old_field, new_field, old_type, new_type, *others)  # type: ignore[misc] # the stubs lack it

    def _replace_column(self, model: type[Model], field: Any, new_type: str) -> None:  # noqa: ANN401 - Django's own
        """The old column goes once its values are copied: one that is no structure stops the migration and is kept."""
        table, old = self.quote_name(model._meta.db_table), self.quote_name(field.column)  # noqa: SLF001
        new = self.quote_name(f"{field.column}_new")
        self.execute(f"ALTER TABLE {table} ADD COLUMN {new} {new_type} {'NULL' if field.null else 'NOT NULL'}")
        self.execute(f"UPDATE {table} SET {new} = {old}")  # noqa: S608 - names, quoted
        self.execute(f"ALTER TABLE {table} DROP COLUMN {old}")
        self.execute(f"ALTER TABLE {table} RENAME COLUMN {new} TO {old}")


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection. It says to be MySQL 5.7, and can what 8.0.30 can."""

    mysql_version = (8, 0, 30)
    display_name = "OceanBase"
    features_class = DatabaseFeatures
    introspection_class = DatabaseIntrospection
    ops_class = DatabaseOperations
    SchemaEditorClass = DatabaseSchemaEditor

    # their columns' collation does not ignore case, so these bring one that does
    operators = base.DatabaseWrapper.operators | dict.fromkeys(
        ("iexact", "icontains", "istartswith", "iendswith"), "LIKE %s COLLATE utf8mb4_general_ci"
    )

    def get_connection_params(self) -> dict[str, Any]:
        """What PyMySQL connects with."""
        return {**super().get_connection_params(), "init_command": SESSION}
