"""`dangwu audit`: the log of what was done, for whoever has to trust it."""

import sys
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import click

from dangwu.config.commands.check import FILE, Day

FAULTY = 1
TARGET = click.Path(dir_okay=False, path_type=Path)
PAPER_HELP = "打印件页脚的审计校验点，从“第几条”照抄到末尾，可重复"


@click.group("audit", short_help="审计日志：导出、核验、校验点")
def command() -> None:
    """审计日志：导出、核验、校验点。"""


@command.command("export", short_help="导出审计日志，供任何人核验")
@click.option("--since", type=Day(), help="从哪一天起，默认从头")
@click.option("--until", type=Day(), help="到哪一天为止（含当天），默认到最后")
@click.option("-o", "--output", type=TARGET, required=True, metavar="文件", help="写到哪个文件")
def export(*, since: date | None, until: date | None, output: Path) -> None:
    """导出审计日志。导出的文件不含姓名、理由和个人信息的内容，可以交给任何人核验。"""
    from django.utils import timezone

    from dangwu.foundation.audit.export import Extent, export_lines
    from dangwu.kernel.span import DAWN, FAR, Span

    if since and until and until < since:
        raise click.UsageError("截止日期早于起始日期，请核对 --since 和 --until")
    _set_up()
    span = Span(since or DAWN, until + timedelta(days=1) if until else FAR) if since or until else None
    with _writing(output).open("wb") as file:
        file.writelines(export_lines(Extent(span), timezone.now()))
    click.echo(f"审计日志已写到 {output}")


@command.command("verify", short_help="核验导出的审计日志，或者本站的日志")
@click.argument("log", type=FILE, required=False, metavar="[文件]")
@click.option("--checkpoint", "papers", multiple=True, metavar="校验点", help=PAPER_HELP)
@click.option("--key", "keys", multiple=True, metavar="编号", help="只认这个编号的公钥，可重复")
def verify(*, log: Path | None, papers: Sequence[str], keys: Sequence[str]) -> None:
    """核验导出的审计日志；不写文件时，核验本站数据库里的日志。

    没有问题时返回 0，有改动、缺失或调换时返回 1，文件或参数读不了时返回 2。
    """
    from dangwu.foundation.audit.verify_audit import outcome

    code, told = outcome(log, papers, keys) if log else _inspected(papers)
    click.echo(told)
    sys.exit(code)


def _inspected(papers: Sequence[str]) -> tuple[int, str]:
    """What `verify` returns and says of the site's own tables."""
    _set_up()
    from django.utils import timezone

    from dangwu.foundation.audit.inspection import inspect
    from dangwu.foundation.audit.verify_audit import AlteredError, printed_checkpoint, sentences

    try:
        return 0, "\n".join(sentences(inspect(timezone.now(), [printed_checkpoint(paper) for paper in papers])))
    except AlteredError as error:
        return FAULTY, f"核验不通过。{error}"
    except ValueError as error:
        raise click.UsageError(str(error)) from error


@command.command("verifier", short_help="写出单个文件的核验程序")
@click.option("-o", "--output", type=TARGET, required=True, metavar="文件", help="写到哪个文件")
def verifier(*, output: Path) -> None:
    """写出核验程序：只有一个文件，不用安装，交给上级或者外部审计人员独立核验。"""
    from dangwu.foundation.audit import verify_audit

    _writing(output).write_bytes(Path(verify_audit.__file__).read_bytes())
    click.echo(f"核验程序已写到 {output}")


@command.command("checkpoint", short_help="现在签一个校验点")
def checkpoint() -> None:
    """现在给日志签一个校验点，可以抄在纸上留存。"""
    _set_up()
    from django.utils import timezone

    from dangwu.foundation.audit.checkpoints import checkpoint_now

    made = checkpoint_now(timezone.now())
    click.echo(str(made or "审计日志还没有记录。"))


def _set_up() -> None:
    import django

    django.setup()


def _writing(path: Path) -> Path:
    if not path.resolve().parent.is_dir():
        raise click.UsageError(f"文件夹“{path.parent}”不存在，请先建立")
    return path
