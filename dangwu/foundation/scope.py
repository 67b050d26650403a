"""Which part of the tree somebody may see: subtrees, in the tree as it was on a day."""

from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Self

from django.db.models import Q

from dangwu.kernel.tree_path import TreePath

TRIALS = TreePath("9998")
"""Under this root lie the trees of trial data; nobody is appointed there, and everything() ends before it."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Subtrees of the tree as it was on a day."""

    subtrees: tuple[TreePath, ...]
    on: date
    everywhere: bool = False

    @classmethod
    def everything(cls, on: date) -> Self:
        """The whole tree, trial data left out."""
        return cls((), on, everywhere=True)

    @classmethod
    def nothing(cls, on: date) -> Self:
        """No part of the tree."""
        return cls((), on)

    @property
    def is_nothing(self) -> bool:
        """Whether no organisation can lie in it."""
        return not self.everywhere and not self.subtrees

    def covers(self, path: str | TreePath) -> bool:
        """Whether an organisation with this path lies in it."""
        text = str(path)
        if self.everywhere:
            return text < str(TRIALS)
        return any(text.startswith(subtree.text) for subtree in self.subtrees)

    def paths(self, lookup: str) -> Q:
        """The condition that a column of paths lies in it."""
        if self.everywhere:
            return Q((f"{lookup}__lt", str(TRIALS)))
        ranges = (subtree.bounds for subtree in self.subtrees)
        conditions = (Q((f"{lookup}__gte", low), (f"{lookup}__lt", high)) for low, high in ranges)
        return reduce(or_, conditions, Q(pk__in=())) if self.subtrees else Q(pk__in=())
