"""Tables kept as text: UTF-8 with or without a mark, the national GB 18030, or UTF-16 as Excel's “Unicode 文本”."""

import codecs
import csv
from pathlib import Path

from dangwu.foundation.sheets.shapes import Cell, UnreadableWorkbookError

_DELIMITERS = ",;\t"
_SAMPLED_LINES = 50
_CHUNK = 1 << 20
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_delimited(path: Path) -> list[list[Cell]]:
    """The lines of a text table. Raises UnreadableWorkbookError where it is no text."""
    encoding = _encoding(path)
    try:
        with path.open(encoding=encoding, newline="") as file:
            sample = "".join(line for line, _ in zip(file, range(_SAMPLED_LINES), strict=False))
            file.seek(0)
            return [list(row) for row in csv.reader(file, delimiter=_delimiter(sample))]
    except csv.Error as error:
        raise UnreadableWorkbookError(
            f"“{path.name}”的内容不成表格（可能有未配对的引号）。请用 Excel 或 WPS 打开后另存为 .xlsx。"
        ) from error


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(2)
    candidates = ("utf-16",) if start in _UTF_16 else ("utf-8-sig", "gb18030")
    for encoding in candidates:
        if _is_text(path, encoding):
            return encoding
    raise UnreadableWorkbookError(f"认不出“{path.name}”的文字编码。请用 Excel 或 WPS 打开后另存为 .xlsx。")


def _is_text(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding, newline="") as file:
            return all("\0" not in chunk for chunk in iter(lambda: file.read(_CHUNK), ""))
    except UnicodeError:
        return False


def _delimiter(sample: str) -> str:
    return max(_DELIMITERS, key=sample.count)
