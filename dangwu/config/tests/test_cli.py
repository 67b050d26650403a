import re
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from dangwu.config.cli import main

# what stands for itself in any language: options, kinds of file, keys, the names of packs
PLAIN_LATIN = re.compile(
    r"(?<!\w)--?[a-zA-Z][\w-]*|\b(?:dangwu|xlsx|xls|csv|html|docx|pdf|json|JSON|Schema|Ctrl\+C|tianjin|practice)\b"
)


def verbs(group: click.Group, *path: str) -> Iterator[tuple[str, ...]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from verbs(command, *path, name)


ALL_VERBS = list(verbs(main))


def words_of(verb: tuple[str, ...]) -> list[str]:
    """What the help page of a verb says in Latin letters, besides the names of verbs."""
    text = PLAIN_LATIN.sub("", CliRunner().invoke(main, [*verb, "--help"], prog_name="dangwu").output)
    known = {name for path in ALL_VERBS for name in path}
    return [word for word in re.findall(r"[A-Za-z][A-Za-z-]+", text) if word not in known]


@pytest.mark.parametrize("verb", [(), *(verb for verb in ALL_VERBS if verb != ("manage",))], ids=" ".join)
def test_every_help_page_is_in_chinese(verb: tuple[str, ...]) -> None:
    assert words_of(verb) == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["rnu"], "没有“rnu”这个命令。"),
        (["run", "--prot", "1"], "没有“--prot”这个选项。"),
        (["run", "--port"], "选项“--port”后面要写内容。"),
        (["run", "--port", "八千"], "“八千”不是可用的数字。"),
        (["run", "now"], "多出了参数：now。"),
    ],
)
def test_a_mistake_is_told_in_chinese_and_exits_with_two(arguments: list[str], sentence: str) -> None:
    result = CliRunner().invoke(main, arguments, prog_name="dangwu")
    assert sentence in result.output
    assert result.exit_code == 2


def test_a_slip_of_the_pen_gets_a_suggestion() -> None:
    result = CliRunner().invoke(main, ["run", "--prot", "1"], prog_name="dangwu")
    assert "是否想写 '--port'？" in result.output
