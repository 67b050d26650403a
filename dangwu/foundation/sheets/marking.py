"""Marking problems in a workbook that keeps all its looks."""

import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from datetime import date, time, timedelta
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook as Book
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from dangwu.foundation.sheets.cells import index_of, is_error
from dangwu.foundation.sheets.marks import (
    AUTHOR,
    COLOURS,
    HEADS,
    LIST_OF_PROBLEMS,
    MOST_LINKS,
    WIDTHS,
    Listed,
    Mark,
)
from dangwu.foundation.sheets.opening import Workbook
from dangwu.foundation.sheets.shapes import Cell

_FILLS = {severity: PatternFill("solid", start_color=colour) for severity, colour in COLOURS.items()}
_OURS = frozenset(f"00{colour}" for colour in COLOURS.values())
_DAY_THAT_CANNOT_BE = "is marked as a date but"
_COMMENT_SIZE = (320, 130)
_FORMULA = re.compile(rb'<c r="([A-Z]+)(\d+)"((?: s="\d+")?)>(<f\b[^>]*(?:/>|>[^<]*</f>))<v\s*(?:/>|></v>)</c>')


def mark(
    path: Path, workbook: Workbook, marks: Mapping[str, Mapping[tuple[int, int], Mark]], listed: Sequence[Listed]
) -> bytes | None:
    """The workbook with its marks and the list of problems behind its sheets.

    None where the library that keeps its looks cannot open it, or would lose a value: then it must be made anew.
    """
    book = _opened(path)
    if book is None:
        return None
    for name in marks:
        if name not in book.sheetnames:
            return None
    if LIST_OF_PROBLEMS in book.sheetnames:
        del book[LIST_OF_PROBLEMS]
    for sheet in book.worksheets:
        _clear(sheet)
        _mark(sheet, marks.get(sheet.title, {}))
    _list(book.create_sheet(LIST_OF_PROBLEMS), listed)
    stream = BytesIO()
    book.save(stream)
    return _with_results(stream, book, workbook)


def _opened(path: Path) -> Book | None:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            book = load_workbook(path, rich_text=True)
        except (ValueError, TypeError, KeyError, AttributeError, IndexError, SyntaxError):
            return None  # what it finds wrong with a file differs from file to file; the cells were read all the same
    return None if any(_DAY_THAT_CANNOT_BE in str(warning.message) for warning in told) else book


def _clear(sheet: Worksheet) -> None:
    """Take away what was marked when the workbook was handed back before."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment and cell.comment.author == AUTHOR:
                cell.comment = None
                if cell.fill.start_color.rgb in _OURS:
                    cell.fill = PatternFill()


def _mark(sheet: Worksheet, marks: Mapping[tuple[int, int], Mark]) -> None:
    for (row, column), marked in marks.items():
        cell = sheet.cell(row, column)
        cell.fill = _FILLS[marked.severity]
        before = f"{cell.comment.text}\n" if cell.comment else ""
        cell.comment = Comment(before + marked.text, AUTHOR, height=_COMMENT_SIZE[1], width=_COMMENT_SIZE[0])


def _list(sheet: Worksheet, listed: Sequence[Listed]) -> None:
    sheet.append(HEADS)
    for cell, width in zip(sheet[1], WIDTHS, strict=True):
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.freeze_panes = "A2"
    for number, line in enumerate(listed, start=2):
        for place, value in enumerate(line.cells, start=1):
            cell = sheet.cell(number, place)
            cell.value = value
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if isinstance(value, str):
                cell.data_type = "s"
        sheet.cell(number, HEADS.index("程度") + 1).fill = _FILLS[line.severity]
        if line.target and number <= MOST_LINKS:
            link = sheet.cell(number, 2)
            link.hyperlink = Hyperlink(ref=link.coordinate, location=line.target)
            link.font = Font(color="0563C1", underline="single")


def _with_results(stream: BytesIO, book: Book, workbook: Workbook) -> bytes:
    """The file with the results of its formulas, which the library leaves out: who reads it next may not count them."""
    cells = {raw.name: raw.rows for raw in workbook.sheets}
    answer = BytesIO()
    with ZipFile(stream) as source, ZipFile(answer, "w", ZIP_DEFLATED) as target:
        sheets = {sheet.path[1:]: sheet for sheet in book.worksheets}
        for entry in source.infolist():
            content = source.read(entry)
            sheet = sheets.get(entry.filename)
            if sheet is not None and sheet.title in cells:
                content = _FORMULA.sub(_result_in(cells[sheet.title], book), content)
            target.writestr(entry, content)
    return answer.getvalue()


def _result_in(rows: Sequence[Sequence[Cell]], book: Book) -> Callable[[re.Match[bytes]], bytes]:
    def result(found: re.Match[bytes]) -> bytes:
        row, column = int(found[2]) - 1, index_of(found[1].decode())
        cell = rows[row][column] if row < len(rows) and column < len(rows[row]) else None
        kind, text = _kept(cell, book)
        start = b'<c r="%s%s"%s%s>' % (found[1], found[2], found[3], kind)
        return b"%s%s<v>%s</v></c>" % (start, found[4], escape(text).encode())

    return result


def _kept(cell: Cell, book: Book) -> tuple[bytes, str]:
    """How a file keeps the result of a formula: its kind and its text."""
    if isinstance(cell, bool):
        return b' t="b"', str(int(cell))
    if isinstance(cell, date | time | timedelta):
        return b"", repr(to_excel(cell, book.epoch))
    if isinstance(cell, int | float):
        return b"", repr(cell)
    text = cell or ""
    return b' t="e"' if is_error(text) else b' t="str"', text
