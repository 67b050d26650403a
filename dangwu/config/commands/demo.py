"""`dangwu demo`: a site with workbooks to try it on."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from dangwu.workbench.demo.accounts import DemoAccounts


@click.command(help="生成演示用的名册和台账（人名均为虚构），并启动网站。")
@click.option("--port", default=8000, show_default=True, metavar="端口", help="网站使用的端口。")
def command(port: int) -> None:
    from django.conf import settings

    from dangwu.config.site import prepare, serve
    from dangwu.workbench.demo.workbooks import write_demo_workbooks

    prepare()
    from django.utils import timezone

    from dangwu.workbench.demo.accounts import demo_accounts
    from dangwu.workbench.demo.living import is_empty, set_up_living_site

    if is_empty():
        set_up_living_site(tell=click.echo)
    folder = settings.HOME / "demo"
    now = timezone.now()
    accounts = demo_accounts(now=now, on=timezone.localdate(now))
    serve(port, opening=_opening(port, folder, write_demo_workbooks(folder)) + _told(accounts))


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
