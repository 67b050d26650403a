"""`dangwu import`: workbooks into the site, previewed, all or nothing, and taken back."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dangwu.config.bar import Bar
from dangwu.config.commands.check import FILE, Day
from dangwu.config.standing import BROUGHT_IN, OUTPUT, organisation_named, require_folder, wake, write_file

if TYPE_CHECKING:
    from dangwu.foundation.imports.kinds import Kind, Task
    from dangwu.foundation.imports.staging import Staging

IN_ERROR, UNREADABLE = 1, 2
SHOWN = 20


@click.group("import", short_help="导入名册、党组织等工作簿；先预览，要么全部写入，要么一行不写")
def command() -> None:
    """导入工作簿。没有错误时返回 0；有错误时返回 1，什么都不写入；文件读不了时返回 2。"""


def importing(name: str, title: str) -> click.Command:
    """The command for one kind of workbook."""

    @click.command(name, short_help=f"导入{title}")
    @click.argument("file", type=FILE, metavar="文件")
    @click.option("--sheet", default="", metavar="工作表", help="只读取这张工作表")
    @click.option("--under", default="", metavar="党组织", help="导入到哪个党组织之下；不写则为整个系统")
    @click.option("--as-of", "on", type=Day(), help="表中所写自哪一天起，默认今天")
    @click.option("--preview", is_flag=True, help="只预览，不写入")
    @click.option("--json", "as_json", is_flag=True, help="把结果以 JSON 写到标准输出")
    @click.option("--errors", type=OUTPUT, metavar="文件", help="把有问题的单元格标在工作簿里，写到这个 .xlsx 文件")
    def run(*, file: Path, sheet: str, under: str, on: date | None, **how: Any) -> None:  # noqa: ANN401 - options of click
        require_folder(how["errors"])
        wake()
        sys.exit(_import(name, file, sheet, under, on, **how))

    return run


def _import(
    name: str,
    file: Path,
    sheet: str,
    under: str,
    on: date | None,
    *,
    preview: bool,
    as_json: bool,
    errors: Path | None,
) -> int:
    from django.utils import timezone

    from dangwu.foundation.sheets.shapes import UnreadableWorkbookError
    from dangwu.workbench.imports.kinds import KINDS

    kind, today = KINDS[name], timezone.localdate()
    task = _task(sheet, under, on or today)
    try:
        staging = _stage(kind, task, file)
    except UnreadableWorkbookError as refusal:
        click.echo(f"错误：{refusal}", err=True)
        return UNREADABLE
    _tell(kind, staging, as_json=as_json)
    if errors:
        _hand_back(file, staging, errors)
    if staging.counts["error"]:
        click.echo("有错误，没有写入任何内容。", err=True)
        return IN_ERROR
    return 0 if preview else _write(kind, task, file, staging)


def _hand_back(file: Path, staging: "Staging", errors: Path) -> None:
    """Give the workbook back with its problems, where it has any."""
    from dangwu.foundation.sheets.handing_back import hand_back
    from dangwu.workbench.imports.told import to_hand_back

    problems = list(to_hand_back(staging))
    if problems:
        write_file(errors, hand_back(file, problems))
        click.echo(f"问题已标在工作簿里：{errors}", err=True)


def _task(sheet: str, under: str, on: date) -> "Task":
    """What is brought in, by whoever is at the machine."""
    from dangwu.foundation.actors import CommandLine
    from dangwu.foundation.imports.decisions import Decisions
    from dangwu.foundation.imports.kinds import Task

    head = organisation_named(under, on)
    return Task(CommandLine("import"), on, head.organisation_id if head else None, Decisions(sheet=sheet))


def _stage(kind: "Kind", task: "Task", file: Path) -> "Staging":
    from dangwu.foundation.imports.staging import stage

    with Bar() as bar:
        return stage(kind, task, file, told=lambda step, share: bar(step, int(share * 100)))


def _tell(kind: "Kind", staging: "Staging", *, as_json: bool) -> None:
    from dangwu.workbench.imports.told import as_json as data_of
    from dangwu.workbench.imports.told import problems_of

    if as_json:
        click.echo(json.dumps(data_of(staging), ensure_ascii=False, indent=2))
        return
    from dangwu.foundation.imports.models import StagedRow

    counts = staging.counts
    told = "，".join(f"{state.label} {counts[state]}" for state in StagedRow.State if counts[state])
    click.echo(f"{kind.title}“{'、'.join(staging.sheets)}”共 {counts['rows']} 行：{told}")
    for fix in staging.fixes:
        click.echo(f"  整理：{fix.example}，{fix.cells} 格")
    problems = list(problems_of(staging))
    for problem in problems[:SHOWN]:
        click.echo(f"  {problem['column'] or ''}{problem['row'] or ''}：{problem['message']}")
    if len(problems) > SHOWN:
        click.echo(f"  …另有 {len(problems) - SHOWN} 处，可用 --errors 写回工作簿")


def _write(kind: "Kind", task: "Task", file: Path, staging: "Staging") -> int:
    """Write what is new and what has changed; rows that are doubtful are left out and have been told."""
    from django.utils import timezone

    from dangwu.foundation.imports.kinds import Into
    from dangwu.foundation.imports.services.batches import forget_batch, keep_staging, open_batch, write_batch
    from dangwu.foundation.objections import ObjectionError

    if not staging.counts["new"] + staging.counts["changed"]:
        click.echo("没有要新增或者变更的内容。", err=True)
        return 0
    now = timezone.now()
    today = timezone.localdate(now)
    into = Into(task.under, _place(task), task.on)
    batch = open_batch(by=task.by, kind=kind, path=file, file=file.name, into=into, now=now, on=today)
    keep_staging(batch, kind, staging)
    try:
        write_batch(by=task.by, batch=batch, kind=kind, now=now, on=today)
    except ObjectionError as objection:
        forget_batch(batch)
        click.echo(f"错误：{objection.message}", err=True)
        return IN_ERROR
    click.echo(f"已导入，批次 {batch.pk}；撤销：dangwu import undo {batch.pk}", err=True)
    return 0


def _place(task: "Task") -> str:
    from dangwu.organisations.queries import standing_of

    return standing_of(task.under, task.on).path if task.under else ""


@click.command("undo", short_help="撤销一个已导入的批次，恢复原状")
@click.argument("number", type=int, metavar="批次")
@click.option("--leaving", is_flag=True, help="导入之后又有变动的保持不动，撤销其余的")
def undo(*, number: int, leaving: bool) -> None:
    """撤销一个批次。之后又有变动的，会一一列出，什么都不撤销。"""
    wake()
    from django.utils import timezone

    from dangwu.foundation.actors import CommandLine
    from dangwu.foundation.imports.models import Batch
    from dangwu.foundation.imports.services.batches import undo_batch
    from dangwu.foundation.objections import ObjectionError
    from dangwu.workbench.imports.kinds import KINDS
    from dangwu.workbench.imports.obstacles import named_obstacles

    batch = Batch.objects.filter(pk=number).first()
    if batch is None:
        raise click.UsageError(f"没有批次 {number}")
    now = timezone.now()
    try:
        back = undo_batch(
            by=CommandLine("import"),
            batch=batch,
            kind=KINDS[batch.kind],
            now=now,
            on=timezone.localdate(now),
            leaving=leaving,
        )
    except ObjectionError as objection:
        raise click.ClickException(objection.message) from objection
    for name in named_obstacles(back.obstacles):
        click.echo(f"  之后又有变动：{name}")
    if back.obstacles and not leaving:
        click.echo("没有撤销任何内容；加 --leaving 可以撤销其余的。", err=True)
        sys.exit(IN_ERROR)
    click.echo(f"已撤销，恢复 {back.rows} 条记录。")


for _name, _title in BROUGHT_IN.items():
    command.add_command(importing(_name, _title))
command.add_command(undo)
