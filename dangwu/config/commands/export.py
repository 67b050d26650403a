"""`dangwu export`: what is registered as workbooks that can be brought in again unchanged."""

from datetime import date
from pathlib import Path

import click

from dangwu.config.commands.check import Day
from dangwu.config.standing import BROUGHT_IN, OUTPUT, TAKEN_OUT, organisation_named, require_folder, wake


@click.group("export", short_help="把名册、党组织等导出为工作簿，可以原样再导入")
def command() -> None:
    """导出工作簿。名册含完整的身份证号码和电话，请妥善保管；每次导出都记入日志。"""


def exporting(name: str, title: str) -> click.Command:
    """The command for one kind of workbook."""

    @click.command(name, short_help=f"导出{title}")
    @click.option("--under", default="", metavar="党组织", help="只导出这个党组织和它的下级；不写则为整个系统")
    @click.option("--as-of", "on", type=Day(), help="哪一天的情况，默认今天")
    @click.option("-o", "--output", "file", type=OUTPUT, required=True, metavar="文件", help="写到哪个 .xlsx 文件")
    def run(*, under: str, on: date | None, file: Path) -> None:
        _export(name, under, on, file)

    return run


def _export(name: str, under: str, on: date | None, file: Path) -> None:
    require_folder(file)
    wake()
    from django.utils import timezone

    from dangwu.config.site import Refusal
    from dangwu.config.troubles import trouble_of
    from dangwu.foundation.actors import CommandLine
    from dangwu.foundation.imports.exporting import OutOf
    from dangwu.workbench.imports.kinds import EXPORTS

    today = timezone.localdate()
    head = organisation_named(under, on or today)
    out_of = OutOf(head.path if head else "", on or today)
    try:
        rows = EXPORTS[name].take(by=CommandLine("export"), out_of=out_of, file=file, today=today)
    except OSError as error:
        raise Refusal(f"“{file}”写不了：{trouble_of(error)}。") from error
    click.echo(f"已导出 {rows} 行：{file}", err=True)


for _name in TAKEN_OUT:
    command.add_command(exporting(_name, BROUGHT_IN[_name]))
