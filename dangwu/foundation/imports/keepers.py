"""Who may bring a kind of workbook in, take it back, or take it out."""

from dataclasses import dataclass
from datetime import date

from dangwu.foundation.actors import Actor
from dangwu.foundation.scope import Scope


@dataclass(frozen=True, slots=True)
class Keepers:
    """Whoever has a right, in the parts of the tree in which he has it; or, where it is a duty, an administrator,
    everywhere.
    """

    right: str = ""
    duty: str = ""

    def reach(self, by: Actor, on: date) -> Scope:
        """How far somebody's leave goes, in the tree as it was on a day."""
        if self.duty:
            return Scope.everything(on) if by.holds(self.duty) else Scope.nothing(on)
        return by.scope(self.right, on)
