"""Putting a whole database in the place of another, so that it is either there entirely or not at all.

PostgreSQL does it in one transaction, tables included. For SQLite the new database grows in a file of its own and is
then copied over the old one page by page, which SQLite does in one transaction, waiting for those who write. What runs
in MySQL mode cannot take tables back, so there the target must have none.
"""

import glob
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from dangwu.foundation.backup.queries import count_rows, drop_tables, table_of
from dangwu.foundation.backup.refusals import UnsuitedError
from dangwu.foundation.backup.schema import schema_of
from dangwu.foundation.backup.snapshot import standing_in

Settings = Mapping[str, Any]
FILLED_BY_DJANGO = {"django_content_type", "auth_permission"}  # at every migration, from the models alone
Loading = Callable[[BaseDatabaseWrapper], None]


def is_empty(target: Settings) -> bool:
    """Whether nobody has put anything into a database yet. Raises UnsuitedError where a newer program made it."""
    if _is_sqlite(target) and not Path(target["NAME"]).is_file():
        return True
    with standing_in(target) as connection:
        present = _tables_in(connection)
        models = [model for model in schema_of(connection).models if table_of(model) in present - FILLED_BY_DJANGO]
        return not any(count_rows(connection, model) for model in models)


def replace_with(target: Settings, load: Loading) -> None:
    """Let `load` fill an empty database, then put that in the place of what the target holds."""
    if _is_sqlite(target):
        _by_copy(target, load)
        return
    with standing_in(target) as connection:
        if not connection.features.can_rollback_ddl:
            _refuse_tables(connection)
            load(connection)
            return
        with transaction.atomic():
            drop_tables(connection, _own_tables(connection))
            load(connection)


def _by_copy(target: Settings, load: Loading) -> None:
    place = Path(target["NAME"])
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _draft_of(place) as draft:
        with standing_in({**target, "NAME": str(draft)}) as connection:
            load(connection)
        with closing(sqlite3.connect(draft)) as source, closing(sqlite3.connect(place)) as goal:
            source.backup(goal)


@contextmanager
def _draft_of(place: Path) -> Iterator[Path]:
    """A file beside the database in which the new one grows; what a killed restore left there is removed first."""
    draft = place.with_name(f".{place.name}.restoring")
    _remove(draft)
    draft.touch(mode=0o600)
    try:
        yield draft
    finally:
        _remove(draft)


def _remove(database: Path) -> None:
    """Delete a database with what SQLite may have left beside it."""
    for path in database.parent.glob(f"{glob.escape(database.name)}*"):
        path.unlink()


def _own_tables(connection: BaseDatabaseWrapper) -> list[str]:
    """What the program made in this database; whatever else lives there is left alone."""
    own = {table_of(model) for model in schema_of(connection).models}
    return sorted((own | {table_of(MigrationRecorder.Migration)}) & _tables_in(connection))


def _refuse_tables(connection: BaseDatabaseWrapper) -> None:
    if _tables_in(connection):
        raise UnsuitedError("这种数据库不能在出错时撤销建表，只能恢复到空的数据库。请新建一个数据库，再恢复到那里。")


def _tables_in(connection: BaseDatabaseWrapper) -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.table_names(cursor))


def _is_sqlite(target: Settings) -> bool:
    return str(target["ENGINE"]).endswith("sqlite3")
