"""The tables of a database at the state of its migrations, whatever state the program itself is at.

The models come from the history of migrations: that is how a backup from before an upgrade is read after it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from dangwu.foundation.backup.refusals import UnsuitedError

Migration = tuple[str, str]  # application and name
Model = type[models.Model]


@dataclass(frozen=True)
class Schema:
    """The migrations that were applied and the tables that they made, those first to which others refer."""

    migrations: tuple[Migration, ...]
    models: tuple[Model, ...]


def schema_of(connection: BaseDatabaseWrapper) -> Schema:
    """The schema of a database as it is. Raises UnsuitedError where a newer program made it."""
    return schema_at(connection, MigrationLoader(connection).applied_migrations)


def schema_at(connection: BaseDatabaseWrapper, migrations: Iterable[Migration]) -> Schema:
    """The schema after these migrations. Raises UnsuitedError where the program does not know one of them."""
    loader = MigrationLoader(connection)
    ordered = tuple(sorted(migrations))
    if any(migration not in loader.graph.nodes for migration in ordered):
        raise UnsuitedError("数据的版本比程序新。请先把程序升级到做这份数据时的版本或更新的版本，再来一次。")
    state = loader.project_state([*ordered]).apps if ordered else None
    found = state.get_models(include_auto_created=True) if state else []
    tables = [model for model in found if model._meta.managed and not model._meta.proxy]  # noqa: SLF001
    return Schema(ordered, tuple(_ordered(tables)))


def _ordered(tables: Iterable[Model]) -> Iterator[Model]:
    """The tables to which a table refers come before it; where tables refer to each other, one must come first."""
    waiting = {model._meta.label_lower: model for model in tables}  # noqa: SLF001
    for label in sorted(waiting):
        yield from _with_its_targets(label, waiting)


def _with_its_targets(label: str, waiting: dict[str, Model]) -> Iterator[Model]:
    model = waiting.pop(label, None)
    if model is None:
        return
    for field in model._meta.local_concrete_fields:  # noqa: SLF001
        if field.remote_field:
            yield from _with_its_targets(field.remote_field.model._meta.label_lower, waiting)  # noqa: SLF001
    yield model


def migrate_to(connection: BaseDatabaseWrapper, migrations: Iterable[Migration]) -> None:
    """Apply exactly these migrations to a database that has none."""
    executor = _executor(connection)
    wanted = set(migrations)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    executor.migrate([], plan=[step for step in plan if (step[0].app_label, step[0].name) in wanted])


def migrate_forward(connection: BaseDatabaseWrapper) -> None:
    """Apply what is still to be applied."""
    executor = _executor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def _executor(connection: BaseDatabaseWrapper) -> MigrationExecutor:
    """What applies migrations, one after the other in one transaction: what a server puts off until its end must be
    checked after each, or the next could not change the table.
    """

    def applied(action: str, *_: object) -> None:
        if action == "apply_success" and connection.in_atomic_block:
            connection.check_constraints()

    return MigrationExecutor(connection, progress_callback=applied)
