"""A form made in Excel: cells keep their look, lines with placeholders of activities or members are repeated."""

from collections.abc import Iterator, Mapping
from copy import copy
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from dangwu.foundation.sheets.safe import FORMULA_STARTS, LONGEST, legible
from dangwu.workbench.papers.own_forms.vocabulary import PLACEHOLDER, Filling, Value, filled, group_of
from dangwu.workbench.papers.own_forms.word_form import Text

MOST_ROWS, MOST_COLUMNS = 2_000, 200


def texts(content: bytes) -> Iterator[Text]:
    """All that is said in a form, line by line. Raises ValueError where it is far too large."""
    for page in load_workbook(BytesIO(content)).worksheets:
        if page.max_row > MOST_ROWS or page.max_column > MOST_COLUMNS:
            raise ValueError(page.title)
        for row in page.iter_rows():
            yield Text("".join(_said(cell) for cell in row), in_row=True)


def fill(content: bytes, filling: Filling) -> bytes:
    """The form filled in."""
    book = load_workbook(BytesIO(content))
    for page in book.worksheets:
        for number in range(page.max_row, 0, -1):  # from below, so that what is inserted moves nothing that waits
            _fill_row(page, number, filling)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _said(cell: Any) -> str:  # noqa: ANN401 - a cell, or a part of one that is merged
    return cell.value if isinstance(cell.value, str) else ""


def _fill_row(page: Worksheet, number: int, filling: Filling) -> None:
    cells = list(page[number])
    group = group_of("".join(_said(cell) for cell in cells))
    if not group:
        _write(page, number, cells, filling.once)
        return
    lines = filling.lines[group] or [{}]
    pattern = [(cell.value, copy(cell._style)) for cell in cells]  # noqa: SLF001 - openpyxl's own way to copy a look
    height = page.row_dimensions[number].height
    joined = [span for span in page.merged_cells.ranges if span.min_row == span.max_row == number]
    _make_room(page, number, len(lines) - 1)
    for place, values in enumerate(lines, number):
        page.row_dimensions[place].height = height
        for cell, (value, style) in zip(page[place], pattern, strict=True):
            cell._style = copy(style)  # noqa: SLF001
            _put(cell, value, {**filling.once, **values})
    for span in joined:
        for more in range(1, len(lines)):
            page.merge_cells(_lower(span, more))


def _make_room(page: Worksheet, number: int, more: int) -> None:
    """Move down what stands below a line: its cells, their heights, and what is merged there."""
    if more <= 0:
        return
    heights = {row: page.row_dimensions[row].height for row in range(number + 1, page.max_row + 1)}
    moved = [span for span in page.merged_cells.ranges if span.min_row > number]
    for span in moved:
        page.unmerge_cells(str(span))
    page.insert_rows(number + 1, more)
    for row, height in sorted(heights.items(), reverse=True):
        page.row_dimensions[row + more].height = height
    for span in moved:
        page.merge_cells(_lower(span, more))


def _lower(span: CellRange, rows: int) -> str:
    lower = CellRange(span.coord)
    lower.shift(row_shift=rows)
    return str(lower.coord)


def _write(page: Worksheet, number: int, cells: list[Any], values: Mapping[str, Value]) -> None:
    for cell in cells:
        if PLACEHOLDER.search(_said(cell)):
            _put(page.cell(number, cell.column), cell.value, values)


def _put(cell: Any, pattern: Any, values: Mapping[str, Value]) -> None:  # noqa: ANN401
    """A value that no spreadsheet takes for a formula."""
    if not isinstance(pattern, str):
        return
    value = filled(pattern, values)
    if isinstance(value, int):
        cell.value = value
        return
    cell.value = legible(value)[:LONGEST]
    if value.startswith(FORMULA_STARTS):
        cell.data_type, cell.quotePrefix = "s", True
