"""`dangwu template`: blank forms, with lists to choose from and a sheet that explains each column."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dangwu.config.standing import BROUGHT_IN, OUTPUT, require_folder, wake, write_file

if TYPE_CHECKING:
    from dangwu.foundation.sheets.shapes import Sheet

NAMES_OF_ORGANISATIONS = ("organisation", "parent")


@click.group("template", short_help="空白表：名册、党组织等，带可选内容和填写说明")
def command() -> None:
    """写出一份空白表，照着填好就能导入。"""


def offering(name: str, title: str) -> click.Command:
    """The command for one kind of workbook."""

    @click.command(name, short_help=f"{title}的空白表")
    @click.option("-o", "--output", "file", type=OUTPUT, required=True, metavar="文件", help="写到哪个 .xlsx 文件")
    def run(*, file: Path) -> None:
        _template(name, file)

    return run


def _template(name: str, file: Path) -> None:
    require_folder(file)
    wake()
    from django.utils import timezone

    from dangwu.foundation.sheets.templates import template
    from dangwu.workbench.imports.kinds import KINDS

    kind, today = KINDS[name], timezone.localdate()
    sheet = kind.sheet(today)
    asked = [field.name for field in sheet.fields if field.name not in kind.unkept]
    write_file(file, template(sheet, names=asked, choices=_choices(sheet, today)))
    click.echo(f"已写出：{file}", err=True)


def _choices(sheet: "Sheet", on: date) -> dict[str, list[str]]:
    """The names of the organisations that there are, where a column asks for one."""
    from dangwu.foundation.scope import Scope
    from dangwu.organisations.queries import standings

    asked = [field.name for field in sheet.fields if field.name in NAMES_OF_ORGANISATIONS]
    names = [row.name for row in standings(Scope.everything(on))] if asked else []
    return dict.fromkeys(asked, names)


for _name, _title in BROUGHT_IN.items():
    command.add_command(offering(_name, _title))
