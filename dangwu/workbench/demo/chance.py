"""Chance that always falls the same way."""

from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


def chance(*what: object) -> Random:
    """The dice for one part of the world: what is drawn for one part does not shift what is drawn for another."""
    return Random("/".join(map(str, what)))  # noqa: S311 - nothing secret is drawn


class Weighted(Generic[Thing]):
    """Things of which some come up more often than others."""

    def __init__(self, shares: dict[Thing, float]) -> None:
        self._things = tuple(shares)
        self._sums = tuple(accumulate(shares.values()))

    def draw(self, dice: Random) -> Thing:
        """One of the things."""
        return dice.choices(self._things, cum_weights=self._sums)[0]
