"""Trees that open branch by branch, to walk in or to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass

from dangwu.foundation.pages.finding import Finder
from dangwu.foundation.pages.parts import Part


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A node: its children, or the address that gives them when it is opened.

    `more_url` answers a request of htmx (`request.htmx`) with `str(Branch(…))`, any other with a page that shows the
    tree opened there.
    """

    key: str
    title: str
    url: str = ""
    note: str = ""
    children: Sequence["TreeNode"] = ()
    more_url: str = ""
    open: bool = False
    here: bool = False


@dataclass(frozen=True, slots=True)
class Branch(Part):
    """The children of a node, as they come when it is opened. `pick` and `picked` as in the tree."""

    template = "tree_branch"

    nodes: Sequence[TreeNode]
    pick: str = ""
    picked: str = ""


@dataclass(frozen=True, slots=True)
class Tree(Part):
    """A tree under a name. With `pick` every node is a choice: the form gets the key of the chosen one by that name."""

    template = "tree"

    label: str
    nodes: Sequence[TreeNode]
    pick: str = ""
    picked: str = ""
    finder: Finder | None = None
