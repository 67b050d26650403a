"""`dangwu tick`: what the site does by itself as time goes by."""

import click


@click.command("tick", short_help="办理到时间的后台事务，供定时任务每分钟调用")
def command() -> None:
    """办理到时间的后台事务：签审计校验点、清除过期的登录和表单编号、检查网站等。

    用 dangwu run 启动的网站会自己办理。另行部署的，请让定时任务每分钟运行一次；同时运行几个也不会重复办理。
    """
    import django

    django.setup()
    from dangwu.config.ticking import tick_now

    tick_now()
