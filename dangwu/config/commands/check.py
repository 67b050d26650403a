"""`dangwu check`: the workbooks of a unit against the regulations, without a server."""

import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from dangwu.config.bar import Bar

if TYPE_CHECKING:
    from dangwu.compliance.report import Report

FAILED, UNREADABLE = 1, 2
SUFFIXES = (".xlsx", ".html", ".docx", ".pdf", ".json")
SHOWN = 20


class Day(click.ParamType[date]):
    """A day, as 2026-10-15."""

    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401
        """Read a day."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"“{value}”不是日期，请写成 2026-10-15 的样子", param, ctx)


ON_HELP = "核对到哪一天，当天到期的还可以补；要看上一年全年的结论，请写次年1月1日，并用 --from 写明从哪天起"
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("check", short_help="核对名册和台账：该做什么、做了什么、缺什么、为什么")
@click.argument("roster", type=FILE, metavar="名册")
@click.argument("ledgers", type=FILE, nargs=-1, metavar="[台账]...")
@click.option("--organisations", type=FILE, metavar="文件", help="党组织信息表")
@click.option("--on", "on", type=Day(), required=True, help=ON_HELP)
@click.option("--from", "since", type=Day(), help="从哪一天起，默认当年 1 月 1 日")
@click.option("--pack", "packs", multiple=True, metavar="规则包", help="另行启用的规则包，如 tianjin、practice，可重复")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="文件",
    help="写出报告：.xlsx .html .docx .pdf .json",
)
@click.option("--json", "as_json", is_flag=True, help="把结果以 JSON 写到标准输出")
def command(
    *,
    roster: Path,
    ledgers: tuple[Path, ...],
    organisations: Path | None,
    on: date,
    since: date | None,
    packs: Sequence[str],
    output: Path | None,
    as_json: bool,
) -> None:
    """核对名册和台账，说明每个党组织、每名党员该做什么、做了什么、缺什么、为什么。

    没有必须整改的问题时返回 0，有则返回 1，文件或参数读不了时返回 2。
    """
    since = since or date(on.year, 1, 1)
    if since > on:
        raise click.UsageError("起始日期晚于核对日期，请核对 --from 和 --on")
    if output and output.suffix.lower() not in SUFFIXES:
        raise click.UsageError(f"不能写出“{output.suffix or output.name}”格式，请用 {' '.join(SUFFIXES)}")
    if output and not output.resolve().parent.is_dir():
        raise click.UsageError(f"文件夹“{output.parent}”不存在，请先建立")
    with TemporaryDirectory(prefix="dangwu-") as home:
        os.environ["DANGWU_HOME"], os.environ["DANGWU_DATABASE_URL"] = home, "sqlite://:memory:"
        report = _check([roster, *ledgers], organisations, on, since, packs)
    if output:
        from dangwu.compliance.documents import write_report

        write_report(report, output)
    _tell(report, output, as_json=as_json)
    sys.exit(FAILED if any(report.failures()) else 0)


def _check(files: Sequence[Path], organisations: Path | None, on: date, since: date, packs: Sequence[str]) -> "Report":
    """Run the check in a database of its own that lives in memory only: nothing of the people stays behind."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from dangwu.compliance.intake import HandedIn
    from dangwu.compliance.models import Check, Workbook
    from dangwu.compliance.reporting import report_of
    from dangwu.compliance.rulebooks import rulebook_of
    from dangwu.compliance.services.checking import open_check, perform_check
    from dangwu.foundation.actors import CommandLine
    from dangwu.rules.texts import RulebookError

    try:
        rulebook = rulebook_of(packs)
    except RulebookError as error:
        raise click.UsageError(str(error)) from error
    call_command("migrate", verbosity=0)
    roles = [Workbook.Role.ROSTER] + [Workbook.Role.LEDGER] * (len(files) - 1)
    handed_in = [HandedIn(role, path, path.name) for role, path in zip(roles, files, strict=True)]
    if organisations:
        handed_in.append(HandedIn(Workbook.Role.ORGANISATIONS, organisations, organisations.name))
    by = CommandLine("check")
    check = open_check(by=by, workbooks=handed_in, on=on, since=since, packs=packs, today=timezone.localdate())
    with Bar() as bar:
        perform_check(by=by, check=check, progress=bar)
    if check.state == Check.State.REFUSED:
        click.echo(f"错误：{check.message}", err=True)
        sys.exit(UNREADABLE)
    return report_of(check, rulebook)


def _tell(report: "Report", output: Path | None, *, as_json: bool) -> None:
    if as_json:
        from dangwu.compliance.documents.interchange import as_json as data_of

        click.echo(json.dumps(data_of(report), ensure_ascii=False, indent=2))
        return
    click.echo(f"{report.unit}，{report.since}至{report.on}")
    click.echo(report.sentence)
    for finding in report.findings[:SHOWN]:
        place = f"{finding.organisation}·{finding.subject}" if finding.subject_kind == "member" else finding.subject
        click.echo(f"  {LEVELS[finding.level]} {place}：{finding.text}（《{finding.document}》第{finding.article}条）")
    if len(report.findings) > SHOWN:
        click.echo(f"  …另有 {len(report.findings) - SHOWN} 项，详见报告（用 -o 写出）")
    if report.problems:
        number = Counter(problem.severity for problem in report.problems)
        told = "，".join(f"{label} {number[severity]} 处" for severity, label in SEVERITIES.items() if number[severity])
        click.echo(f"工作簿问题：{told}，详见报告")
    if output:
        click.echo(f"报告已写到 {output}")


SEVERITIES = {"error": "错误", "doubt": "存疑", "warning": "提醒"}
LEVELS = {"failure": "✕ 不符合", "warning": "△ 提醒", "hint": "· 提示"}
