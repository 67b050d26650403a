"""Reading YAML as text with places: nothing is guessed, every scalar stays text until its field types it.

Common YAML readers take `on:` and `no` for booleans and `1998.10` for a number; here only an empty value, `~` and
`null` mean nothing. Duplicate keys are refused.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Trouble:
    """One error in a file of the rulebook: where, what, and what to do. What was asked wrongly stands in no file."""

    file: str
    line: int
    message: str
    remedy: str

    def __str__(self) -> str:
        """As the command line prints it."""
        place = f"{self.file}:{self.line}：" if self.file else ""
        return f"{place}{self.message}。{self.remedy}"


class RulebookError(Exception):
    """A rulebook with errors is not used at all. `troubles` holds every error found."""

    def __init__(self, troubles: list[Trouble]) -> None:
        """Keep all of them; the text lists them line by line."""
        self.troubles = troubles
        super().__init__("\n".join(str(trouble) for trouble in troubles))


Key = tuple[str | int, ...]


@dataclass(slots=True)
class Text:
    """A file's content as mappings, lists and text, with the line on which each part begins."""

    file: str
    content: Any = None
    lines: dict[Key, int] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)

    def line(self, key: Key) -> int:
        """The line of the part, or of the nearest part around it."""
        while key and key not in self.lines:
            key = key[:-1]
        return self.lines.get(key, 1)

    def trouble(self, key: Key, message: str, remedy: str) -> None:
        """Note an error at a part of this file."""
        self.troubles.append(Trouble(self.file, self.line(key), message, remedy))


def read_text(path: Path, shown_as: str) -> Text:
    """Read one file; what cannot be read as YAML at all becomes its only trouble."""
    text = Text(shown_as)
    if not path.is_file():
        text.trouble((), "缺少这个文件", "请按 rulebook/README.md 建立")
        return text
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (yaml.MarkedYAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        place = mark.line + 1 if mark else 1
        text.troubles.append(
            Trouble(shown_as, place, "不是有效的 YAML 文件", "请检查缩进、引号和冒号后的空格，文件须存为 UTF-8")
        )
        return text
    if node is None:
        text.trouble((), "文件是空的", "请按 rulebook/README.md 的样子填写")
        return text
    text.content = _plain(node, (), text)
    return text


def _plain(node: yaml.Node, key: Key, text: Text) -> Any:  # noqa: ANN401 - text, list or mapping
    text.lines.setdefault(key, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, key, text)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*key, index), text) for index, item in enumerate(node.value)]
    written = isinstance(node, yaml.ScalarNode) and node.style  # the C parser calls a plain scalar "", the other None
    return None if not written and node.value in {"", "~", "null"} else node.value


def _mapping(node: yaml.MappingNode, key: Key, text: Text) -> dict[str, Any]:
    content: dict[str, Any] = {}
    for name_node, value_node in node.value:
        name = str(name_node.value)
        text.lines[(*key, name)] = name_node.start_mark.line + 1
        if name in content:
            text.trouble((*key, name), f"“{name}”写了两次", "请删去其中一处")
        content[name] = _plain(value_node, (*key, name), text)
    return content
