"""What a document can hold, and what a spreadsheet might take for something else."""

import re

LONGEST = 32_767  # letters that a cell of a workbook can hold
FORMULA_STARTS = ("=", "+", "-", "@")

# what neither XML nor a reader can take: control characters but tab and line ends, halves of surrogate pairs
_ILLEGIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
_LONGEST_SHEET_NAME = 31


def legible(text: str) -> str:
    """The text without the characters that no document can hold."""
    return text if text.isprintable() else _ILLEGIBLE.sub("", text)


def sheet_name(text: str) -> str:
    """A name that a workbook takes for one of its sheets."""
    return _NO_SHEET_NAME.sub("", legible(text)).strip("' ")[:_LONGEST_SHEET_NAME] or "表"
