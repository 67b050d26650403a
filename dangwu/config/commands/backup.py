"""`dangwu backup`: the whole site in one sealed file, while it is at work."""

import logging
import os
from datetime import datetime
from pathlib import Path

import click

from dangwu.config.bar import Bar
from dangwu.config.site import Refusal
from dangwu.config.troubles import trouble_of

LOG = logging.getLogger("dangwu.backup")
NOTICE = """已生成备份口令，存在 {path}。
没有这个口令，任何备份都打不开。请现在就抄录或复制一份，放到这台机器以外的安全地方。"""


@click.command("backup", short_help="备份整个网站，不必停机")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="文件",
    help="写到哪个文件，默认写到数据文件夹里，只留最近的若干份",
)
def command(output: Path | None) -> None:
    """把数据库、密钥和文件备份成一个加密的文件。网站可以照常使用。

    备份写完会读回核对，无误才留下。口令取自环境变量或口令文件（写法见手册“运维”）；都没有就生成一个。
    成功返回 0，不能备份返回 2。
    """
    import django
    from django.db import DatabaseError

    django.setup()
    from dangwu.foundation.backup.refusals import BackupRefusal

    if output and output.exists():
        raise click.UsageError(f"文件“{output}”已经存在，请换一个文件名")
    try:
        _back_up(output)
    except BackupRefusal as refusal:
        raise Refusal(str(refusal)) from refusal
    except OSError as error:
        raise Refusal(f"没有备份成功：{trouble_of(error)}。") from error
    except DatabaseError as error:
        LOG.error("backup failed: %s", error)  # noqa: TRY400 - its places say nothing to an operator
        raise Refusal("没有备份成功：数据库读不了。请运行 dangwu doctor 查看原因。") from error


def _back_up(output: Path | None) -> None:
    from django.utils import timezone

    from dangwu.foundation.backup.keeping import backups_folder, forget_old, name_at
    from dangwu.foundation.backup.taking import take_backup

    at = timezone.now()
    path = output or backups_folder() / name_at(at)
    with Bar() as bar:
        manifest = take_backup(path, passphrase=_passphrase(), at=at, progress=bar)
    rows = sum(manifest.rows().values())
    click.echo(f"备份完成，已读回核对：{path}（{rows} 行，{path.stat().st_size / 1e6:.1f} MB）")
    _note(at, rows)
    if not output and (forgotten := forget_old(_kept())):
        click.echo(f"已删去较早的备份 {len(forgotten)} 份")


def _note(at: datetime, rows: int) -> None:
    """Tell the audit; a backup from before an upgrade may find no table for it yet."""
    from django.db import DatabaseError

    from dangwu.foundation.actors import CommandLine
    from dangwu.foundation.backup.noting import note_backup

    try:
        note_backup(by=CommandLine("backup"), at=at, rows=rows)
    except DatabaseError as error:
        LOG.warning("backup not told to the audit: %s", error)
        click.echo("注意：备份已经做好，但没能记入审计。数据库可能还没有升级。", err=True)


def _passphrase() -> str:
    from dangwu.foundation.backup.passphrase import known_passphrase, new_passphrase, passphrase_file

    known = known_passphrase()
    if known is None:
        known = new_passphrase()
        click.echo(NOTICE.format(path=passphrase_file()), err=True)
    return known


def _kept() -> int:
    from dangwu.foundation.backup.keeping import KEPT

    told = os.environ.get("DANGWU_BACKUP_KEEP", "")
    return int(told) if told.isdecimal() else KEPT
