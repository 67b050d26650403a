"""The command line: a verb for each thing that a clerk, an operator or a developer does without a browser.

A verb is a module in `dangwu.config.commands` with a click command named `command`. A module is read only when its verb
is used or the help page lists it, so that no verb waits for the others' imports.
"""

import os
import pkgutil
from importlib import import_module
from keyword import iskeyword

import click

from dangwu.config import commands
from dangwu.config.wording import speak_chinese

speak_chinese()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dangwu.config.settings")


class Verbs(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        modules = (verb_of(module.name) for module in pkgutil.iter_modules(commands.__path__))
        return sorted({*super().list_commands(ctx), *modules})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        return with_chinese_usage(import_module(f"{commands.__name__}.{module_of(cmd_name)}").command)


def verb_of(module: str) -> str:
    """The verb of a module: one that is a word of Python's own bears a dash behind it there."""
    return module.removesuffix("_").replace("_", "-")


def module_of(verb: str) -> str:
    name = verb.replace("-", "_")
    return f"{name}_" if iskeyword(name) else name


def with_chinese_usage(command: click.Command) -> click.Command:
    """The command with the placeholders of its usage line, and of all its verbs, in Chinese."""
    command.options_metavar = "[选项]"
    if isinstance(command, click.Group):
        command.subcommand_metavar = "命令 [参数]..."
        for verb in command.commands.values():
            with_chinese_usage(verb)
    return command


@click.group(cls=Verbs, help="对照党内法规，检查组织生活和党员管理：该做什么，做了什么，缺什么，为什么。")
def main() -> None:
    pass


with_chinese_usage(main)
