"""Where a node stands in a tree, written so that a subtree is one range of an index."""

import re
from dataclasses import dataclass

WIDTH = 4
"""Digits of a level."""
_HIGHEST = 10**WIDTH - 1
_WRITTEN = re.compile(rf"(?:\d{{{WIDTH}}})+", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class TreePath:
    """The numbers of all nodes from the root down, four digits each: `000100020013`.

    Digits alone sort alike under every collation. A first number of 9999 is refused: nothing would come after it.
    """

    text: str

    def __post_init__(self) -> None:
        """Refuse what is no path."""
        if not _WRITTEN.fullmatch(self.text) or self.text.startswith(str(_HIGHEST)):
            raise ValueError(f"“{self.text}”不是层级编号：每级四位数字，第一级不超过 {_HIGHEST - 1}。")

    def __str__(self) -> str:
        """The digits."""
        return self.text

    @property
    def depth(self) -> int:
        """1 for a root."""
        return len(self.text) // WIDTH

    @property
    def parent(self) -> "TreePath | None":
        """The node above, or None for a root."""
        return TreePath(above(self.text)) if self.depth > 1 else None

    def child(self, number: int) -> "TreePath":
        """The node below with this number, 0 to 9999."""
        if not 0 <= number <= _HIGHEST:
            raise ValueError(f"同一上级之下的编号应当在 0 至 {_HIGHEST} 之间，不能是 {number}。")
        return TreePath(f"{self.text}{number:0{WIDTH}}")

    @property
    def bounds(self) -> tuple[str, str]:
        """The half-open range of texts that holds this node and all below it, and nothing else.

        It ends at the next sibling; where there is no higher number, at the next sibling of the node above.
        """
        head = self.text
        while head.endswith(str(_HIGHEST)):
            head = head[:-WIDTH]
        return self.text, f"{int(head) + 1:0{len(head)}}"

    def contains(self, other: "TreePath") -> bool:
        """Whether the other is this node or below it."""
        return other.text.startswith(self.text)


def line_of(path: str) -> list[str]:
    """The paths of all nodes from the root down to this one, which comes last; none where there is no path."""
    return [path[:end] for end in range(WIDTH, len(path) + 1, WIDTH)]


def above(path: str) -> str:
    """The path of the node above; empty for a root."""
    return path[:-WIDTH]
