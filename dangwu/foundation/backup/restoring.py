"""Restoring a backup: everything is verified first, and a target is either as it was before or as the backup tells."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import DatabaseError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from dangwu.foundation.backup.archive import Archive, Manifest, Opening, verified
from dangwu.foundation.backup.columns import columns_of
from dangwu.foundation.backup.files import Incoming, place_of
from dangwu.foundation.backup.progress import Progress, in_silence
from dangwu.foundation.backup.queries import Model, count_rows, empty_tables, go_on_from, table_of, take_rows
from dangwu.foundation.backup.refusals import DamagedError, UnsuitedError
from dangwu.foundation.backup.schema import Schema, migrate_forward, migrate_to, schema_at
from dangwu.foundation.backup.snapshot import standing_in
from dangwu.foundation.backup.targets import Settings, replace_with
from dangwu.foundation.deeds import unguarded

VERIFIED, LOADED = 30, 90  # per cent of the work
IN_MEMORY = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}


@dataclass(frozen=True)
class Restore:
    """What is restored. `files`: whether keys and files come back too, or the database alone."""

    path: Path
    passphrase: str
    files: bool = True
    progress: Progress = in_silence

    def check(self) -> Manifest:
        """Verify the whole backup, and that this program can read it. Raises BackupRefusal, OSError."""
        self.progress("正在核对备份", 0)
        manifest = verified(self.path, self.passphrase)
        with standing_in(IN_MEMORY) as connection:
            schema = schema_at(connection, manifest.head.migrations)
        if {table_of(model) for model in schema.models} != set(manifest.rows()):
            raise _another_shape()
        for part in manifest.parts:
            if part.kind == "file":
                place_of(part.name)
        return manifest

    def perform(self, manifest: Manifest, target: Settings, *, last: Callable[[], object] = lambda: None) -> None:
        """Put what was checked in the place of all that the target holds; `last` may still write to it.

        Raises BackupRefusal, DatabaseError or OSError, after which the target is as it was.
        """

        def load(connection: BaseDatabaseWrapper) -> None:
            self._load(connection, manifest, incoming)
            last()

        incoming = Incoming()
        try:
            with unguarded("a restore replaces whole tables"):
                replace_with(target, load)
            incoming.settle()
        finally:
            incoming.drop()
        self.progress("恢复完成", 100)

    def _load(self, connection: BaseDatabaseWrapper, manifest: Manifest, incoming: Incoming) -> None:
        migrate_to(connection, manifest.head.migrations)
        schema = schema_at(connection, manifest.head.migrations)
        with connection.constraint_checks_disabled(), transaction.atomic():
            empty_tables(connection, schema.models)  # migrations may have put rows there
            self._load_parts(connection, schema, manifest, incoming)
            _verify(connection, schema, manifest)
        self.progress("正在更新数据表", LOADED)
        migrate_forward(connection)

    def _load_parts(
        self, connection: BaseDatabaseWrapper, schema: Schema, manifest: Manifest, incoming: Incoming
    ) -> None:
        models = {table_of(model): model for model in schema.models}
        done, total = 0, sum(manifest.rows().values()) or 1
        archive = Archive(self.path, self.passphrase)
        for opening, batches in archive.parts():
            if opening.kind == "table":
                for number in _load_table(connection, models[opening.name], opening, batches):
                    done += number
                    self.progress(f"正在恢复：已写 {done} 行", VERIFIED + (LOADED - VERIFIED) * done // total)
            elif self.files:
                incoming.take(opening.name, batches)
            else:
                _pass_over(batches)
        if archive.manifest != manifest:
            raise DamagedError("备份文件在核对之后变了，没有恢复。请确认没有别的程序在写它，再试一次。")


def _load_table(
    connection: BaseDatabaseWrapper, model: Model, opening: Opening, batches: Iterator[list[Any]]
) -> Iterator[int]:
    columns = columns_of(model, connection)
    if opening.columns != tuple(column.name for column in columns):
        raise _another_shape()
    for batch in batches:
        try:
            take_rows(connection, model, columns, batch)
        except (DatabaseError, ValueError, ArithmeticError) as error:
            raise UnsuitedError(
                f"“{opening.name}”中有目标数据库存不下的内容（如空字符、过长的文字），没有恢复。"
            ) from error
        yield len(batch)
    go_on_from(connection, model, opening.last_key)


def _pass_over(batches: Iterator[list[Any]]) -> None:
    for _ in batches:
        pass


def _verify(connection: BaseDatabaseWrapper, schema: Schema, manifest: Manifest) -> None:
    try:
        connection.check_constraints()
    except DatabaseError as error:
        raise DamagedError("备份中的记录互相对不上，没有恢复。请换一份备份。") from error
    if {table_of(model): count_rows(connection, model) for model in schema.models} != manifest.rows():
        raise DamagedError("恢复后的行数与备份所记的不同，已经撤销。请换一份备份。")


def _another_shape() -> UnsuitedError:
    return UnsuitedError("备份中的数据表与程序所知的不同，不能恢复。请用做备份时的那个版本的程序。")
