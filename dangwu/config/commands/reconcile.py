"""`dangwu reconcile`: what the national system of members says against what is registered here. Nothing is written."""

import json
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dangwu.config.bar import Bar
from dangwu.config.commands.check import FILE, Day
from dangwu.config.standing import OUTPUT, organisation_named, require_folder, wake, write_file

if TYPE_CHECKING:
    from dangwu.members.reconciling.comparing import Reconciled

DIFFERENT, UNREADABLE = 1, 2
SHOWN = 20


@click.command("reconcile", short_help="把全国党员管理信息系统导出的表与本系统逐项核对，列出差异")
@click.argument("file", type=FILE, metavar="文件")
@click.option("--under", default="", metavar="党组织", help="与哪个党组织和它的下级核对；不写则为整个系统")
@click.option("--as-of", "on", type=Day(), help="与哪一天的情况核对，默认今天")
@click.option("-o", "--output", type=OUTPUT, metavar="文件", help="把差异写到这个 .xlsx 文件")
@click.option("--json", "as_json", is_flag=True, help="把结果以 JSON 写到标准输出")
def command(*, file: Path, under: str, on: date | None, output: Path | None, as_json: bool) -> None:
    """逐项核对，什么都不写入；以哪一边为准由人定。没有差异时返回 0，有差异返回 1，文件读不了返回 2。"""
    require_folder(output)
    wake()
    from django.utils import timezone

    from dangwu.foundation.sheets.shapes import UnreadableWorkbookError

    today = timezone.localdate()
    try:
        found = _compare(file, under, on or today, today)
    except UnreadableWorkbookError as refusal:
        click.echo(f"错误：{refusal}", err=True)
        sys.exit(UNREADABLE)
    _tell(found, as_json=as_json)
    if output:
        write_file(output, _workbook(found))
        click.echo(f"差异已写出：{output}", err=True)
    sys.exit(DIFFERENT if found.gaps else 0)


def _compare(file: Path, under: str, on: date, today: date) -> "Reconciled":
    from dangwu.foundation.actors import CommandLine
    from dangwu.foundation.imports.kinds import Task
    from dangwu.members.reconciling.comparing import reconcile
    from dangwu.members.services.reconciling import note_reconciliation

    by = CommandLine("reconcile")
    head = organisation_named(under, on)
    with Bar() as bar:
        progress = lambda done, total: bar("读取", done * 100 // max(total, 1))  # noqa: E731 - what the bar is told
        found = reconcile(file, Task(by, on, head.organisation_id if head else None), progress=progress)
    note_reconciliation(by=by, found=found, on=today)
    return found


def _tell(found: "Reconciled", *, as_json: bool) -> None:
    if as_json:
        told = {"members": found.members, "organisations": found.organisations, "same": found.same}
        gaps = [gap._asdict() for gap in found.gaps]
        click.echo(json.dumps(told | {"differences": gaps}, ensure_ascii=False, indent=2))
        return
    from dangwu.members.reconciling.wording import item_line, sentence

    click.echo(sentence(found))
    for item, number in Counter(map(item_line, found.gaps)).most_common():
        click.echo(f"  {item} {number}")
    for gap in found.gaps[:SHOWN]:
        click.echo(f"  {gap.at or gap.where}：{gap.name} {gap.item} 全国系统“{gap.theirs}”，本系统“{gap.ours}”")
    if len(found.gaps) > SHOWN:
        click.echo(f"  …另有 {len(found.gaps) - SHOWN} 处，可用 -o 写出")
    for item in found.not_compared:
        click.echo(f"  未核对 {item}")


def _workbook(found: "Reconciled") -> bytes:
    from io import BytesIO

    from django.http import QueryDict

    from dangwu.foundation.pages.workbook import write
    from dangwu.members.reconciling.listing import differences

    file = BytesIO()
    write(differences(found, QueryDict()).sheet(by="命令行"), file)
    return file.getvalue()
