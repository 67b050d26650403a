"""The place in a text where something was found, with the hit told from what stands around it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dangwu.foundation.pages.parts import Part
from dangwu.foundation.search.cutting import Term, is_han, normal

AROUND = 24  # characters before the first hit
LENGTH = 90


class Piece(NamedTuple):
    """A part of a text."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Snippet(Part):
    """Pieces of a text in their order; on a page the hits are marked."""

    template = "snippet"

    pieces: tuple[Piece, ...]

    @property
    def has_hit(self) -> bool:
        """Whether anything was found in it."""
        return any(piece.hit for piece in self.pieces)


def contains(text: str, terms: Sequence[Term]) -> bool:
    """Whether every term stands somewhere in the text: what the index would say of it."""
    compared = normal(text)
    return all(re.search(_pattern(term), compared) for term in terms)


def marked(text: str, terms: Sequence[Term]) -> Snippet:
    """The whole text with its hits."""
    return Snippet(tuple(_pieces(text, list(_hits(text, terms)), 0, len(text))))


def snippet(text: str, terms: Sequence[Term]) -> Snippet:
    """A line out of the text around its first hit; its beginning where there is none."""
    line = " ".join(text.split())
    hits = list(_hits(line, terms))
    start = max(0, hits[0][0] - AROUND) if hits else 0
    end = min(len(line), start + LENGTH)
    pieces = list(_pieces(line, hits, start, end))
    before, after = ([Piece("…", hit=False)] if cut_off else [] for cut_off in (start > 0, end < len(line)))
    return Snippet((*before, *pieces, *after))


def _pieces(text: str, hits: Sequence[tuple[int, int]], start: int, end: int) -> Iterator[Piece]:
    place = start
    for first, last in hits:
        if first < place or last > end:
            continue
        if first > place:
            yield Piece(text[place:first], hit=False)
        yield Piece(text[first:last], hit=True)
        place = last
    if place < end:
        yield Piece(text[place:end], hit=False)


def _hits(text: str, terms: Sequence[Term]) -> Iterator[tuple[int, int]]:
    """Where the terms stand. A character may become several in its normal form, so places are counted back."""
    places = [place for place, character in enumerate(text) for _ in normal(character)]
    pattern = "|".join(_pattern(term) for term in sorted(terms, key=lambda term: -len(term.text)))
    for found in re.finditer(pattern, normal(text)) if terms else ():
        yield places[found.start()], places[found.end() - 1] + 1


def _pattern(term: Term) -> str:
    return re.escape(term.text) if is_han(term.text) else rf"(?<![a-z0-9]){re.escape(term.text)}"
