"""Which characters can be printed, and that one which cannot is said and not hidden."""

from datetime import date

import pytest
from pytest_django import Settings

from dangwu.foundation.documents import pdf
from dangwu.foundation.documents.glyphs import SIGNS, missing
from dangwu.foundation.documents.paper import Paper, Sentence
from dangwu.foundation.documents.tests.reading import RARE, text_of

EXTENSIONS = {
    "A": (0x3400, 0x4DBF),
    "B": (0x20000, 0x2A6DF),
    "C": (0x2A700, 0x2B738),
    "D": (0x2B740, 0x2B81D),
    "E": (0x2B820, 0x2CEA1),
    "F": (0x2CEB0, 0x2EBE0),
    "G": (0x30000, 0x3134A),
    "H": (0x31350, 0x323AF),
}


def held(extension: str) -> float:
    first, last = EXTENSIONS[extension]
    every = [chr(number) for number in range(first, last + 1)]
    return round(1 - len(missing(every)) / len(every), 2)


def test_what_is_installed_with_us_covers_the_common_planes() -> None:
    basic = map(chr, range(0x4E00, 0x9FF0))
    assert missing([*basic, "·—“”《》〔〕①√ 𠮷𬎆"]) == ["𬎆"]
    assert held("A") == 1.0


@pytest.mark.parametrize(("extension", "share"), [("B", 0.05), ("C", 0.01), ("F", 0.0), ("G", 0.0), ("H", 0.0)])
def test_it_covers_little_of_the_rare_ones(extension: str, share: float) -> None:
    assert held(extension) == share


@pytest.mark.parametrize(("extension", "share"), [*((each, 1.0) for each in "ABCDEF"), ("G", 0.62), ("H", 0.54)])
def test_two_packages_of_debian_cover_the_rest_to_f_and_half_of_g_and_h(
    extension: str, share: float, settings: Settings
) -> None:
    settings.FONT_FOLDERS = RARE
    assert held(extension) == share


def test_what_is_not_drawn_is_not_missed() -> None:
    assert missing(["葛\U000e0100", "a\u200bb\n"]) == []


def test_a_character_without_a_glyph_is_written_as_its_number_and_the_paper_says_so_on_top() -> None:
    told = text_of(pdf.written(Paper("名册", date(2026, 9, 20), [Sentence("张𪚥，李\U00031350。")])))
    assert "张〔U+2A6A5〕，李〔U+31350〕。" in told
    assert told.startswith("注意：本件有 2 个字没有字形，已按统一码写出：〔U+2A6A5〕、〔U+31350〕。")


def test_every_sign_that_we_claim_is_drawn() -> None:
    signs = "".join(map(chr, sorted(SIGNS)))
    assert signs in text_of(pdf.written(Paper("图例", date(2026, 9, 20), [Sentence(signs)])))  # PDF/A refuses a box
