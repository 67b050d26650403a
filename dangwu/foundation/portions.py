"""Long lists of keys, as many at a time as a statement can name on every database."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
PORTION = 1_000


def portions(values: Iterable[T], size: int = PORTION) -> Iterator[Sequence[T]]:
    """The values in their order, so many at a time; none where there is none."""
    every = list(values)
    return (every[start : start + size] for start in range(0, len(every), size))
