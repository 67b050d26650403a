"""Which part of the tree is meant: an organisation and all below it, wherever it stood from one day to another."""

from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import F, Q

from dangwu.foundation.scope import Scope
from dangwu.kernel.span import Span
from dangwu.kernel.tree_path import TreePath

Chapters = tuple[tuple[TreePath, Span], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """An organisation and all below it. What was dissolved meanwhile, or moved, belongs to it for as long as it stood
    there; so the parts of a level add up to the level above on every day. `beside` are the leadership groups of the
    units whose committees stand in it: in the tree they stand apart, but the committees answer for their study.
    """

    organisation: int
    name: str
    chapters: Chapters
    beside: frozenset[int] = frozenset()

    def scope(self, day: date) -> Scope:
        """The part of the tree that it is on a day; nothing where it does not stand."""
        return Scope(tuple(path for path, span in self.chapters if day in span), day)

    def on_the_day(self, day: str, organisation: str = "organisation__") -> Q:
        """The condition that an organisation stood in it on the day that a column tells. `organisation` leads to it,
        with its two underscores; the condition has to stand in one `filter` with nothing about other standings.
        """
        stood = f"{organisation}standings__"
        on_the_day = Q((f"{stood}valid_from__lte", F(day)), (f"{stood}valid_until__gt", F(day)))
        below = (_below(stood, path, day, span) for path, span in self.chapters)
        return on_the_day & reduce(or_, below, Q((f"{stood}organisation__in", sorted(self.beside))))


def _below(stood: str, path: TreePath, day: str, span: Span) -> Q:
    low, high = path.bounds
    inside = Q((f"{stood}path__gte", low), (f"{stood}path__lt", high))
    return inside & Q((f"{day}__gte", span.start), (f"{day}__lt", span.end))
