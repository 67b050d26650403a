"""What tests read out of papers, and the typefaces for rare characters that tests install."""

from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from dangwu.foundation.documents.glyphs import by_number, missing

RARE = [Path("/usr/share/fonts/truetype") / name for name in ("hanazono", "babelstone")]


def pages_of(made: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(made)).pages]


def text_of(made: bytes) -> str:
    return "".join(pages_of(made)).replace("\n", "")


def spelled(text: str) -> str:
    """A text as a paper shows it: whole, but for the characters that no typeface holds."""
    return text.translate({ord(each): by_number(each) for each in missing([text])})
