"""`dangwu manage`: Django's own commands, for developers and operators."""

import click


@click.command(
    help="运行框架自带的管理命令（供开发和运维人员使用）。",
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    add_help_option=False,
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="[命令]...")
def command(arguments: tuple[str, ...]) -> None:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["dangwu manage", *arguments])
