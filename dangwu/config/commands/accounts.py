"""`dangwu accounts`: accounts from the machine itself, where nobody can sign in any more. All of it is audited."""

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from dangwu.access.models import Account


@click.group("accounts", short_help="账号：列出、恢复登录、开具口令", invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """在服务器上处理账号。平时请在网站上办理；这里的每一步同样记入日志。"""
    import django

    django.setup()
    if context.invoked_subcommand is None:
        context.invoke(list_accounts)


@command.command("list", short_help="列出全部账号")
def list_accounts() -> None:
    """列出全部账号：账号、姓名、状态、管理员职责。"""
    from django.utils import timezone

    from dangwu.access.models import Administration
    from dangwu.access.queries import accounts

    rows: Any = accounts(timezone.localdate()).order_by("username")
    for row in rows:
        duty = Administration.Duty(row.duty).label if row.duty else ""
        click.echo("  ".join(filter(None, [row.username, row.name, "启用" if row.is_active else "停用", duty])))


@command.command("resume", short_help="让暂停登录的账号马上可以再试")
@click.argument("username", metavar="账号")
def resume_account(username: str) -> None:
    """密码输错次数过多而暂停登录的，不再等待。"""
    from dangwu.access.services.accounts import resume_sign_in
    from dangwu.foundation.actors import CommandLine

    resume_sign_in(by=CommandLine("accounts"), account=_named(username))
    click.echo("现在可以登录。")


@command.command("code", short_help="开具设置密码的一次性口令")
@click.argument("username", metavar="账号")
@click.option("--lift", is_flag=True, help="同时解除第二重验证，用于手机和恢复码都已遗失的。")
def issue_code(username: str, *, lift: bool) -> None:
    """开具一张一次性口令，24 小时内有效。管理员全部无法登录时，从这里恢复。"""
    from django.utils import timezone

    from dangwu.access.services.accounts import issue_reset_code
    from dangwu.access.services.passwords import lift_second_factor
    from dangwu.config.site import Refusal
    from dangwu.foundation.actors import CommandLine
    from dangwu.foundation.objections import ObjectionError

    by, account, now = CommandLine("accounts"), _named(username), timezone.now()
    try:
        if lift:
            lift_second_factor(by=by, account=account, reason="在服务器上解除", on=timezone.localdate(now))
        code = issue_reset_code(by=by, account=account, now=now, on=timezone.localdate(now))
    except ObjectionError as objection:
        raise Refusal(objection.message) from objection
    click.echo(f"{code}\n24 小时内有效，只能用一次。在登录页选“用一次性口令设置密码”。")


def _named(username: str) -> "Account":
    from dangwu.access.models import Account
    from dangwu.config.site import Refusal

    account: Account | None = Account.objects.filter(username=username.strip().lower()).first()
    if account is None:
        raise Refusal(f"没有账号“{username}”。运行 dangwu accounts 查看全部账号。")
    return account
