"""Exporting rows by the declaration by which they are read: what was written reads back equal."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from xlsxwriter import Workbook

from dangwu.foundation.sheets.pen import Pen
from dangwu.foundation.sheets.safe import legible, sheet_name
from dangwu.foundation.sheets.shapes import Cell, Content, Field, Sheet
from dangwu.kernel.partial_date import PartialDate

# neither text nor an address becomes anything else; rows go to the file as they are written
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
TITLE: dict[str, str | float | bool] = {"bold": True, "font_size": 14}
HEAD: dict[str, str | float | bool] = {
    "bold": True,
    "bottom": 1,
    "bg_color": "#F1EFEA",
    "text_wrap": True,
    "valign": "vcenter",
}

_WIDTHS = {Content.TEXT: 16, Content.DIGITS: 21, Content.DATE: 13, Content.AMOUNT: 11}
_WIDTH_OF_CHARACTER = 2.2
_EXACT_DIGITS = 15  # of a number; a spreadsheet rounds more


def write_table(
    sheet: Sheet,
    rows: Iterable[Mapping[str, Any]],
    file: Path | IO[bytes],
    *,
    title: str = "",
    names: Sequence[str] = (),
) -> int:
    """Write clean values by field name as a workbook, and give back how many rows there were.

    `title` stands above the head. `names` are the fields to write, in this order; by default all. A row may lack
    fields. Rows are taken one by one, so that their number costs no memory. Raises TooLongError.
    """
    fields = chosen(sheet, names)
    head = 1 if title else 0
    with Workbook(file, OPTIONS) as book:
        page, pen = book.add_worksheet(sheet_name(sheet.title)), Pen(book)
        for place, field in enumerate(fields):
            page.set_column(place, place, width_of(field))
        page.freeze_panes(head + 1, 1)
        page.repeat_rows(0, head)
        if title:
            page.write_string(0, 0, legible(title), pen.look(**TITLE))
        for place, field in enumerate(fields):
            page.write_string(head, place, field.label, pen.look(**HEAD))
        places = [(place, field.name, field) for place, field in enumerate(fields)]
        number = head
        for number, row in enumerate(rows, start=head + 1):
            for place, name, field in places:
                pen.put(page, number, place, cell_of(field, row.get(name)))
        page.autofilter(head, 0, number, len(fields) - 1)
    return number - head


def chosen(sheet: Sheet, names: Sequence[str]) -> list[Field]:
    """The fields of these names in this order, all where none are named."""
    fields = {field.name: field for field in sheet.fields}
    return [fields[name] for name in names] if names else list(sheet.fields)


def cell_of(field: Field, value: Any) -> Cell:  # noqa: ANN401 - whatever a field holds
    """The cell from which the field reads a value again: days and numbers as such, all else as people write it.

    Where an empty cell would be taken for the one above, a dash says that there is nothing.
    """
    if value is None:
        return "—" if field.heads_blocks else None
    if isinstance(value, PartialDate) and value.day:
        return value.earliest
    if isinstance(value, Decimal) and Decimal(f"{value:.{_EXACT_DIGITS}g}") == value:
        return float(value)
    return value if type(value) is int else field.show(value)


def width_of(field: Field) -> float:
    """The width of a column that holds its head and what usually stands under it."""
    return max(_WIDTHS[field.guide.content], _WIDTH_OF_CHARACTER * len(field.label) + 2)
