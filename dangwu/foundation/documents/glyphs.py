"""Which characters can be printed. One that no typeface holds is written as its number, never as an empty box."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple
from unicodedata import category

import pylopdf_fonts_jp
import pylopdf_fonts_zh_cn
import pylopdf_fonts_zh_tw
from django.conf import settings
from fontTools.ttLib import TTCollection, TTFont
from typst import Fonts

OWN = tuple(Path(each.__path__[0]) for each in (pylopdf_fonts_zh_cn, pylopdf_fonts_zh_tw, pylopdf_fonts_jp))
# our own marks, which the typefaces inside of typst hold
SIGNS = frozenset(map(ord, "✕✗◔◐○●▲■△□▼◆◇✎⚠"))
SUFFIXES = {".ttf", ".otf", ".ttc", ".otc"}
# what is never drawn: marks of form, line ends, joiners, and the selectors of variants
UNDRAWN = {"Cc", "Cf", "Zl", "Zp"}
SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


class Letters(NamedTuple):
    """The typefaces that are there, and the characters that they hold together."""

    fonts: Fonts
    characters: frozenset[int]


def letters() -> Letters:
    """Those installed with us, and those in the folders that the settings name. What else the machine has is not used,
    so that a paper comes out the same on every machine.
    """
    return _letters((*OWN, *map(Path, getattr(settings, "FONT_FOLDERS", ()))))


@cache
def _letters(folders: tuple[Path, ...]) -> Letters:
    fonts = Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(each) for each in folders])
    files = {file for folder in folders for file in folder.rglob("*") if file.suffix.lower() in SUFFIXES}
    return Letters(fonts, SIGNS.union(*map(_characters, files)))


def _characters(file: Path) -> frozenset[int]:
    if file.suffix.lower() in {".ttc", ".otc"}:
        with TTCollection(file, lazy=True) as several:
            return frozenset().union(*(font.getBestCmap() for font in several.fonts))
    with TTFont(file, lazy=True) as font:
        return frozenset(font.getBestCmap() or ())


def missing(texts: Iterable[str]) -> list[str]:
    """The characters in these texts that no typeface holds, in their order."""
    held = letters().characters
    used = set().union(*texts)
    return sorted(each for each in used if ord(each) not in held and _is_drawn(each))


def _is_drawn(character: str) -> bool:
    selects = any(ord(character) in selectors for selectors in SELECTORS)
    return not selects and category(character) not in UNDRAWN


def by_number(character: str) -> str:
    """How a character that cannot be drawn is written: “〔U+2A6D6〕”."""
    return f"〔U+{ord(character):04X}〕"
