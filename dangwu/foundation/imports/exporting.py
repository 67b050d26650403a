"""What a module says of a kind of workbook that can be taken out, so that it reads back equal."""

from datetime import date
from pathlib import Path
from typing import NamedTuple, Protocol

from dangwu.foundation.actors import Actor
from dangwu.foundation.imports.keepers import Keepers
from dangwu.foundation.scope import Scope
from dangwu.foundation.sheets.shapes import Sheet
from dangwu.kernel.tree_path import TreePath


class OutOf(NamedTuple):
    """What is taken: the part of the tree as it was on a day, by its path; all that the actor may take for an empty
    one.
    """

    place: str
    on: date
    purpose: str = ""

    def chosen(self, title: str) -> str:
        """What is taken, and what for, as the audit and whoever it concerns read it."""
        told = f"{self.on} 的{title}，含完整号码"
        return f"{told}。用途：{self.purpose}" if self.purpose else told

    def scope(self, by: Actor, keepers: Keepers) -> Scope:
        """Where the actor may take it, within that part; nothing where it lies elsewhere."""
        scope = keepers.reach(by, self.on)
        if not self.place:
            return scope
        return Scope((TreePath(self.place),), self.on) if scope.covers(self.place) else Scope.nothing(self.on)


class Export(Protocol):
    """A kind of workbook that can be taken out."""

    @property
    def name(self) -> str:
        """The word of commands."""
        ...

    @property
    def title(self) -> str:
        """As people read it."""
        ...

    @property
    def keepers(self) -> Keepers:
        """Who may take it out, and where."""
        ...

    def sheet(self, on: date) -> Sheet:
        """Its columns as seen on a day."""
        ...

    def take(self, *, by: Actor, out_of: OutOf, file: Path, today: date) -> int:
        """Write it, and say how many rows it has; the audit tells of it."""
        ...
