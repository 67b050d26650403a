"""Cutting text into what is looked for: every two neighbouring characters, and words of letters and digits.

A segmented index finds what its dictionary knows; pairs find everything, and a longer phrase is pairs in a row. A cut
text is plain letters and digits, so that no database has an opinion of its own about them:

    党建设 2026  →  党建 建设 设 2026   (each character as three letters or digits, each word behind a `w`)

The last character of a run stands alone at its end: so a single one is found as the beginning of a token.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

LONGEST_TEXT: Final = 16_000
"""Characters of a text that are indexed: PostgreSQL keeps no more positions."""
_LONGEST_WORD = 40
_DIGITS = "abcdefghijklmnopqrstuvwxyz234567"
_FIRST, _LAST = 0x4E00, 0x9FFF  # the ideographs in daily use: three places; all others a z and four
_HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_RUNS = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")
_ONE_HAN = re.compile(rf"[{_HAN}]")


class _Normal(dict[int, str]):
    """For `str.translate`: every character in its compatible form and in lower case."""

    def __missing__(self, code: int) -> str:
        return self.setdefault(code, unicodedata.normalize("NFKC", chr(code)).casefold())


class _Codes(dict[str, str]):
    def __missing__(self, character: str) -> str:
        return self.setdefault(character, _coded(character))


_NORMAL, _CODES = _Normal(), _Codes()


def normal(text: str) -> str:
    """A text as it is compared: half width, lower case."""
    return text.translate(_NORMAL)


def cut(text: str) -> str:
    """The tokens of a text, each between spaces."""
    return " ".join(token for run in _runs(text[:LONGEST_TEXT]) for token in _tokens(run))


@dataclass(frozen=True, slots=True)
class Term:
    """Tokens that must stand in a row; of the last, where it is `open`, only the beginning."""

    tokens: tuple[str, ...]
    open: bool
    text: str


def terms_of(asked: str) -> tuple[Term, ...]:
    """What somebody looks for: all of it must be found, in any order. Words may go on; so may a single character."""
    return tuple(map(_term, dict.fromkeys(_runs(asked))))


def _term(run: str) -> Term:
    if not is_han(run):
        return Term((_word(run),), open=True, text=run)
    if len(run) == 1:
        return Term((_CODES[run],), open=True, text=run)
    return Term(tuple(_tokens(run))[:-1], open=False, text=run)


def is_han(run: str) -> bool:
    """Whether a run is one of ideographs."""
    return _ONE_HAN.match(run) is not None


def _runs(text: str) -> Iterator[str]:
    return (found[0] for found in _RUNS.finditer(normal(text)))


def _tokens(run: str) -> Iterator[str]:
    if not is_han(run):
        yield _word(run)
        return
    codes = [_CODES[character] for character in run]
    yield from map("".join, pairwise(codes))
    yield codes[-1]


def _word(run: str) -> str:
    letters = (character if character.isascii() else f"u{ord(character):x}" for character in run[:_LONGEST_WORD])
    return f"w{''.join(letters)}"


def _coded(character: str) -> str:
    code = ord(character)
    if _FIRST <= code <= _LAST:
        return _digits(code - _FIRST, 3)
    return f"z{_digits(code, 4)}"


def _digits(number: int, places: int) -> str:
    return "".join(_DIGITS[number >> 5 * place & 31] for place in reversed(range(places)))
