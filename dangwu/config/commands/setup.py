"""`dangwu setup`: the codes with which the first three administrators open their accounts."""

import click

FIRST = "请把三张口令分别交给三个人：由一个人兼任，就没有人能制约他。"


@click.command("setup", short_help="初次使用：开具三个管理员的一次性口令")
def command() -> None:
    """给还没有人担任的管理员职责各开一张一次性口令，24 小时内有效，只能用一次；再运行一次，之前没用的作废。

    三类管理员都有人时不开具：以后增设和更换，由另外两类管理员各一人在网站上办理。
    """
    from dangwu.config.site import Refusal, prepare

    prepare()
    from django.utils import timezone

    from dangwu.access.models import Administration
    from dangwu.access.services.administrators import issue_first_codes
    from dangwu.foundation.actors import CommandLine

    now = timezone.now()
    codes = issue_first_codes(by=CommandLine("setup"), now=now, on=timezone.localdate(now))
    if not codes:
        raise Refusal("三类管理员都已有人，没有开具口令。增设和更换，请由另外两类管理员各一人在网站“管理员”一页办理。")
    for duty, code in codes.items():
        click.echo(f"{Administration.Duty(duty).label}  {code}")
    click.echo(f"\n24 小时内有效，只能用一次。打开网站首页，输入口令，给自己开通账号。\n{FIRST}")
