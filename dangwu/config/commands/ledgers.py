"""`dangwu ledgers`: the ledgers of a year as files, of one organisation or of all below it too."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dangwu.config.standing import organisation_named, wake, write_file

if TYPE_CHECKING:
    from dangwu.organisations.models import Standing
    from dangwu.workbench.papers.bundling import Order

PAPERS = {"手册": "handbook", "记录": "minutes", "考勤": "attendance", "台账": "ledger", "学时": "hours"}
FORMATS = ("docx", "pdf", "xlsx")
PAPER_HELP = f"只要哪几种，默认全部：{'、'.join(PAPERS)}"
FORMAT_HELP = f"只要哪几种格式，默认全部：{'、'.join(FORMATS)}"
FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command("ledgers", short_help="生成党支部工作手册、考勤表、年度台账等")
@click.option("--organisation", "name", required=True, metavar="党组织", help="哪个党组织")
@click.option("--year", type=click.IntRange(2000, 2100), metavar="年度", help="哪一年，默认今年")
@click.option("--below", is_flag=True, help="连同它的全部下级，按层级放在文件夹里")
@click.option("--paper", "papers", multiple=True, type=click.Choice([*PAPERS]), metavar="种类", help=PAPER_HELP)
@click.option("--format", "formats", multiple=True, type=click.Choice(FORMATS), metavar="格式", help=FORMAT_HELP)
@click.option("-o", "--output", "folder", type=FOLDER, required=True, metavar="文件夹", help="写到哪个文件夹")
def command(
    *, name: str, year: int | None, below: bool, papers: Sequence[str], formats: Sequence[str], folder: Path
) -> None:
    """把一年的台账写成文件。文件里有党员姓名和组织生活记录，请妥善保管；每次生成都记入日志。"""
    wake()
    from django.utils import timezone

    from dangwu.records.branch_years import day_for
    from dangwu.workbench.papers.offered import OFFERS

    today = timezone.localdate()
    wanted = year or today.year
    if wanted > today.year:
        raise click.UsageError(f"{wanted}年还没有到")
    standing = organisation_named(name, day_for(wanted, today))
    assert standing is not None, "a name is required"
    number = 0
    for offer in (OFFERS[PAPERS[each]] for each in papers or PAPERS):
        for suffix in (each for each in offer.forms if not formats or each[1:] in formats):
            number += _write(standing, (offer, suffix), wanted, today, folder=folder, below=below)
    click.echo(f"已生成 {number} 份：{folder}", err=True)


def _write(standing: "Standing", order: "Order", year: int, today: date, *, folder: Path, below: bool) -> int:
    """Write one paper in one form; how many files that were."""
    from dangwu.foundation.actors import CommandLine
    from dangwu.records.services.papers import take_paper
    from dangwu.workbench.papers.bundling import papers

    number = 0
    only = None if below else [standing.organisation_id]
    for name, content in papers(standing.path, year, order, today=today, progress=lambda *_: None, only=only):
        target = folder / name if below else folder / Path(name).name
        target.parent.mkdir(parents=True, exist_ok=True)
        write_file(target, content)
        number += 1
    what = f"{year}年{order[0].title}（{order[1]}）"
    take_paper(by=CommandLine("ledgers"), standing=standing, what=what, today=today, number=number)
    return number
