import ast
import inspect
import string
from collections.abc import Iterator
from types import ModuleType

import pytest

from dangwu.config.wording import CHINESE, SPEAKING

# told to programmers who declare a command wrongly, or never shown by us
FOR_PROGRAMMERS = (
    "DeprecationWarning",
    "Could not determine name",
    "No options defined",
    "Arguments take exactly",
    "Name '",
    "Boolean option",
    "Choice(",
    "Unknown color",
    "%(prog)s",
)


def sentences(module: ModuleType) -> Iterator[str]:
    """What a module of click hands to gettext."""
    for call in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in {"_", "ngettext"}:
            yield from (str(argument.value) for argument in call.args if isinstance(argument, ast.Constant))


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("module", SPEAKING, ids=lambda module: module.__name__)
def test_everything_click_says_to_users_has_its_chinese(module: ModuleType) -> None:
    unknown = [sentence for sentence in sentences(module) if sentence not in CHINESE]
    assert [sentence for sentence in unknown if not sentence.startswith(FOR_PROGRAMMERS)] == []


@pytest.mark.parametrize("sentence", CHINESE)
def test_a_translation_asks_for_nothing_that_click_does_not_give(sentence: str) -> None:
    assert placeholders(CHINESE[sentence]) <= placeholders(sentence)
