"""`dangwu restore`: a site as a backup tells it, or a drill into another database."""

import logging
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dangwu.config.bar import Bar
from dangwu.config.site import Refusal
from dangwu.config.troubles import trouble_of

if TYPE_CHECKING:
    from dangwu.foundation.backup.archive import Manifest
    from dangwu.foundation.backup.restoring import Restore

LOG = logging.getLogger("dangwu.backup")
REFUSED = 1
NOT_TOLD = (
    "没有找到备份口令。请用环境变量 DANGWU_BACKUP_PASSPHRASE 写明，"
    "或用 DANGWU_BACKUP_PASSPHRASE_FILE 指出存放口令的文件，再试一次。"
)
NOT_EMPTY = (
    "目标数据库里已有数据，没有恢复。想先演练，请用 --into 指定一个空的数据库；"
    "确定要用备份取代现有的全部数据，请加上 --replace（会先把现有数据备份一份）。"
)


@click.command("restore", short_help="核对备份，或从备份恢复")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="备份文件")
@click.option(
    "--into", metavar="数据库", help="恢复到另一个数据库（只恢复数据，不动密钥和文件），地址的写法见手册“运维”"
)
@click.option("--check", "only_check", is_flag=True, help="只核对备份，不恢复")
@click.option("--replace", is_flag=True, help="取代目标中已有的数据；会先把它备份一份")
def command(*, file: Path, into: str | None, only_check: bool, replace: bool) -> None:
    """先把备份从头到尾核对一遍，无误才恢复；中途失败，目标保持原样。

    成功返回 0；备份不能用或目标不合适返回 1，什么也没有动；文件或数据库读写不了返回 2。
    """
    import django
    from django.db import DatabaseError

    django.setup()
    from dangwu.foundation.backup.refusals import BackupRefusal

    try:
        with Bar() as bar:
            told = _restore(file, into, bar, only_check=only_check, replace=replace)
    except BackupRefusal as refusal:
        click.echo(f"错误：{refusal}", err=True)
        sys.exit(REFUSED)
    except OSError as error:
        raise Refusal(f"读写文件失败：{trouble_of(error)}。") from error
    except DatabaseError as error:
        LOG.error("restore failed: %s", error)  # noqa: TRY400 - its places say nothing to an operator
        raise Refusal("目标数据库连不上，或写入时出错，没有恢复。请检查数据库地址和权限，再试一次。") from error
    click.echo(told)


def _restore(file: Path, into: str | None, bar: Bar, *, only_check: bool, replace: bool) -> str:
    from dangwu.foundation.actors import CommandLine
    from dangwu.foundation.backup.noting import note_restored
    from dangwu.foundation.backup.passphrase import known_passphrase
    from dangwu.foundation.backup.refusals import UnsuitedError
    from dangwu.foundation.backup.restoring import Restore
    from dangwu.foundation.backup.targets import is_empty
    from dangwu.foundation.search.rebuilding import rebuild
    from dangwu.records.signatures import sign_all

    passphrase = known_passphrase()
    if passphrase is None:
        raise UnsuitedError(NOT_TOLD)
    restore = Restore(file, passphrase, files=into is None, progress=bar)
    manifest = restore.check()
    if only_check:
        return f"备份完好，可以恢复。{_described(manifest)}"
    target = _settings_of(into)
    if not is_empty(target):
        if not replace:
            raise UnsuitedError(NOT_EMPTY)
        _keep_what_is_there(target, restore)

    def last() -> None:
        note_restored(by=CommandLine("restore"), made_at=_made_at(manifest))
        rebuild()
        sign_all()

    restore.perform(manifest, target, last=last)
    return f"恢复完成。{_described(manifest)}"


def _settings_of(url: str | None) -> dict[str, Any]:
    from dj_database_url import ParseError, UnknownSchemeError
    from django.db import connection

    from dangwu.config.settings import database

    if url is None:
        return connection.settings_dict
    try:
        return database(url)
    except (ParseError, UnknownSchemeError) as error:
        raise click.UsageError(
            "看不懂 --into 后面的数据库地址，请写成 sqlite:///文件 或 postgres://用户@主机/库"
        ) from error


def _keep_what_is_there(target: dict[str, Any], restore: "Restore") -> None:
    from django.utils import timezone

    from dangwu.foundation.backup.keeping import backups_folder
    from dangwu.foundation.backup.snapshot import standing_in
    from dangwu.foundation.backup.taking import take_backup

    at = timezone.now()
    path = backups_folder() / f"before-restore-{timezone.localtime(at):%Y%m%d-%H%M%S}.backup"
    with standing_in(target):
        take_backup(path, passphrase=restore.passphrase, at=at, progress=restore.progress)
    click.echo(f"恢复之前的数据已备份到 {path}", err=True)


def _described(manifest: "Manifest") -> str:
    rows = manifest.rows()
    files = sum(part.kind == "file" for part in manifest.parts)
    return (
        f"{_made_at(manifest):%Y年%m月%d日 %H:%M} 的备份：{len(rows)} 张表，{sum(rows.values())} 行，{files} 个文件。"
    )


def _made_at(manifest: "Manifest") -> datetime:
    from django.utils import timezone

    return timezone.localtime(datetime.fromisoformat(manifest.head.made_at))
