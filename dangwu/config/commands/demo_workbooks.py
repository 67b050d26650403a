"""`dangwu demo-workbooks`: workbooks of an invented city, to try the check on."""

from pathlib import Path

import click


@click.command(
    help="在目录中生成演示用的党员名册、组织生活台账和党组织信息，整洁的和杂乱的各一套；人名、号码均为虚构。"
)
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path), metavar="目录")
@click.option("--branches", default=9, show_default=True, type=click.IntRange(min=1), metavar="个数", help="党支部数。")
@click.option("--members", default=120, show_default=True, type=click.IntRange(min=3), metavar="人数", help="党员数。")
@click.option("--seed", default=1, show_default=True, metavar="数字", help="同一数字每次生成同样的表格。")
def command(directory: Path, branches: int, members: int, seed: int) -> None:
    from dangwu.workbench.demo.workbooks import write_demo_workbooks

    try:
        written = write_demo_workbooks(directory, branches=branches, members=members, seed=seed, tell=_tell)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    except OSError as error:
        raise click.FileError(
            str(directory), hint="无法写入，请换一个有写入权限的目录，并关闭其中已打开的表格。"
        ) from error
    click.echo(f"共生成 {len(written)} 个文件：")
    for path in written:
        click.echo(f"  {path}")


def _tell(news: str) -> None:
    click.echo(news, err=True)
