"""`dangwu demo`: a city of invented organisations and people, with workbooks to try the site on."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from dangwu.workbench.demo.accounts import DemoAccounts

CANNOT_BE = 2
TAKEN = (
    "网站里已经有党组织，没有改动。演示数据只能放进空的网站：请把环境变量 DANGWU_HOME 指向一个新的空文件夹，"
    "再执行一次；只是要打开已有的演示网站，不要加这些选项。"
)


@click.command(help="生成演示用的党组织、党员、名册和台账（人名均为虚构），并启动网站。")
@click.option("--port", default=8000, show_default=True, metavar="端口", help="网站使用的端口。")
@click.option(
    "--organisations",
    type=click.IntRange(min=1),
    metavar="个数",
    help="单位（机关、直属单位）的个数，每个单位有自己的党组织。不写时为 12 个部门，其中一个有 494 个党组织。",
)
@click.option("--members", type=click.IntRange(min=1), metavar="人数", help="党员总数。不写时每个单位平均 44 名。")
@click.option("--seed", default=1, show_default=True, metavar="种子", help="同一个种子，内容总是相同。")
@click.option("--fill-only", is_flag=True, help="只写入数据，不启动网站。")
def command(port: int, organisations: int | None, members: int | None, seed: int, *, fill_only: bool) -> None:
    from django.conf import settings

    from dangwu.config.site import prepare, serve
    from dangwu.workbench.demo.workbooks import write_demo_workbooks

    prepare()
    from django.utils import timezone

    from dangwu.workbench.demo.accounts import CLERK, demo_accounts
    from dangwu.workbench.demo.notices import demo_notices

    _fill(organisations, members, seed, wanted=fill_only)
    if fill_only:
        return
    folder = settings.HOME / "demo"
    now = timezone.now()
    today = timezone.localdate(now)
    accounts = demo_accounts(now=now, on=today)
    demo_notices(clerk=CLERK, now=now, on=today)
    serve(port, opening=_opening(port, folder, write_demo_workbooks(folder)) + _told(accounts))


def _fill(units: int | None, members: int | None, seed: int, *, wanted: bool) -> None:
    """Fill an empty site. One that is not stays as it is, unless it was asked for just this."""
    from django.utils import timezone

    from dangwu.foundation.actors import CommandLine
    from dangwu.workbench.services.filling import fill_site, is_empty, judge_all, settle

    if not is_empty():
        if wanted or units or members:
            _refuse(TAKEN)
        return
    try:
        today = timezone.localdate()
        totals = fill_site(
            by=CommandLine("demo"), units=units, members=members, seed=seed, today=today, tell=click.echo
        )
    except ValueError as error:
        _refuse(str(error))
    settle()
    click.echo("正在对照规则库评判三年的组织生活")
    judge_all(today)
    settle()
    click.echo(f"已写入 {totals}。")


def _refuse(text: str) -> None:
    click.echo(text, err=True)
    sys.exit(CANNOT_BE)


def _told(accounts: "DemoAccounts") -> str:
    names = "\n".join(f"  {username}  {role}" for role, username in accounts.usernames.items())
    return (
        f"\n\n登录用的账号（只在本机可用，管理员会先被要求设置第二重验证）：\n{names}\n"
        f"  密码都是 {accounts.password}，每次启动都会更换。"
    )


def _opening(port: int, folder: Path, workbooks: list[Path]) -> str:
    names = "\n".join(f"  {path.relative_to(folder)}" for path in workbooks)
    return (
        f"演示用的表格在：{folder}\n{names}\n\n"
        f"网站已启动：http://127.0.0.1:{port}/\n"
        "请在浏览器中打开，把上面的表格拖进去。按 Ctrl+C 停止。"
    )
