"""Taking a backup while the site is at work."""

import os
import secrets
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from django.db import connection as site
from django.db.backends.base.base import BaseDatabaseWrapper

from dangwu.foundation.backup.archive import ArchiveWriter, Head, Manifest, Opening, verified
from dangwu.foundation.backup.columns import columns_of
from dangwu.foundation.backup.files import kept_files, pieces
from dangwu.foundation.backup.progress import Progress, in_silence
from dangwu.foundation.backup.queries import DERIVED, Model, count_rows, last_key, table_of, told_rows
from dangwu.foundation.backup.refusals import DamagedError, UnsuitedError
from dangwu.foundation.backup.schema import Schema, schema_of
from dangwu.foundation.backup.sealing import COST, Seal, SealedWriter
from dangwu.foundation.backup.snapshot import snapshot

WRITTEN = 80  # per cent of the work when everything is written; the rest is reading it back


def take_backup(
    path: Path, *, passphrase: str, at: datetime, progress: Progress = in_silence, cost: int = COST
) -> Manifest:
    """Write the site's database and files as they are now into a file that appears only when it was read back.

    `cost` is log2 of scrypt's n. Raises BackupRefusal; OSError where the disk is full or cannot be written.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        written = _write(draft, Seal.fresh(passphrase, cost), at, progress)
        progress("正在读回核对", WRITTEN)
        if verified(draft, passphrase) != written:
            raise DamagedError("备份写完后读回的内容与写入的不同，磁盘可能有故障。这份备份没有保留，请换一块磁盘再试。")
        draft.replace(path)
        _sync_folder(path.parent)
    finally:
        draft.unlink(missing_ok=True)
    progress("备份完成", 100)
    return written


def _write(draft: Path, seal: Seal, at: datetime, progress: Progress) -> Manifest:
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        sink = SealedWriter(file, seal)
        manifest = _tell_site(sink, at, progress)
        sink.finish()
        file.flush()
        os.fsync(file.fileno())
    return manifest


def _tell_site(sink: SealedWriter, at: datetime, progress: Progress) -> Manifest:
    settings: Mapping[str, Any] = site.settings_dict
    with snapshot(settings, site.vendor) as connection:
        schema = schema_of(connection)
        if not schema.models:
            raise UnsuitedError("数据库里还没有任何数据表，没有可备份的内容。请先用 dangwu run 启动一次网站。")
        archive = ArchiveWriter(sink, _head(schema, connection.vendor, at))
        for model, batches in _tables(schema, connection, progress):
            columns = columns_of(model, connection)
            names = tuple(column.name for column in columns)
            last = last_key(connection, model)
            opening = Opening(kind="table", name=table_of(model), columns=names, last_key=last)
            archive.add(opening, batches)
    # keys after the rows that they seal: a key that came meanwhile is too many, never too few
    for name, path in kept_files():
        archive.add(Opening(kind="file", name=name), pieces(path))
    return archive.finish()


def _tables(
    schema: Schema, connection: BaseDatabaseWrapper, progress: Progress
) -> Iterator[tuple[Model, Iterator[list[Any]]]]:
    told_of = [model for model in schema.models if table_of(model) not in DERIVED]
    counts = {model: count_rows(connection, model) for model in told_of}
    done, total = 0, sum(counts.values()) or 1

    def told(model: Model) -> Iterator[list[Any]]:
        nonlocal done
        for batch in told_rows(connection, model, columns_of(model, connection)):
            yield batch
            done += len(batch)
            progress(f"正在备份：已写 {done} 行", WRITTEN * done // total)

    for model in schema.models:
        yield model, told(model) if model in counts else iter(())


def _head(schema: Schema, engine: str, at: datetime) -> Head:
    made_at = at.astimezone(UTC).isoformat(timespec="seconds")
    return Head(product=product_version(), made_at=made_at, engine=engine, migrations=schema.migrations)


def product_version() -> str:
    """The version of the program; of a checkout that was never installed, that it is one."""
    try:
        return version("dangwu")
    except PackageNotFoundError:
        return "checkout"


def _sync_folder(folder: Path) -> None:
    """Let the new name survive a power cut, where the system can say so."""
    if os.name != "nt":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
