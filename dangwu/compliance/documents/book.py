"""A workbook being written: text that is never a formula, each look made once, sheets set up for print."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from math import ceil
from typing import Any
from unicodedata import east_asian_width

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dangwu.compliance.documents.appearance import ACCENT
from dangwu.foundation.documents.typefaces import Typefaces
from dangwu.foundation.sheets.pen import Pen, Property
from dangwu.foundation.sheets.safe import LONGEST

A3, A4 = 8, 9
LINE_HEIGHT, TALLEST = 15, 409  # points; no row can be taller
RULE = "BFB8AE"
HEAD: dict[str, Property] = {"bold": True, "bg_color": "F3EDE6", "align": "center"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: its head and its width in characters."""

    head: str
    width: float
    align: str = "left"


class Book:
    """An xlsx file in memory."""

    def __init__(self, typefaces: Typefaces, *, title: str, day: date) -> None:
        """`day` is told as the day of creation, so that the same report gives the same bytes."""
        self.typefaces = typefaces
        self._stream = BytesIO()
        self._file = Workbook(self._stream, {"in_memory": True})
        self._file.set_properties({"title": title, "created": datetime.combine(day, time())})
        self._pen = Pen(self._file, font_name=typefaces.body, font_size=11, valign="vcenter", text_wrap=True)

    def bytes(self) -> bytes:
        """Close the file and hand it over."""
        self._file.close()
        return self._stream.getvalue()

    def look(self, **properties: Property) -> Format:
        """The cell format with these properties; equal ones are made once."""
        return self._pen.look(**properties)

    def sheet(self, name: str, *, paper: int, header: str) -> Worksheet:
        """A sheet that prints in landscape, as wide as the paper, with numbered pages."""
        sheet = self._file.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(paper)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.75, bottom=0.7)
        sheet.set_header(f"&L{header.replace('&', '&&')}&R{name}")
        sheet.set_footer("&C第 &P 页，共 &N 页")
        sheet.hide_gridlines(2)
        return sheet

    def text(self, sheet: Worksheet, row: int, column: int, text: str, **properties: Property) -> None:
        """Write text as text, also where it begins like a formula: the cell is marked so that editing keeps it text."""
        self._pen.put(sheet, row, column, text[:LONGEST], **properties)

    def value(
        self, sheet: Worksheet, row: int, column: int, value: str | float | date | None, **properties: Property
    ) -> None:
        """Write a number or a day as such, all else as text; an empty cell keeps its look."""
        self._pen.put(sheet, row, column, value[:LONGEST] if isinstance(value, str) else value, **properties)

    def title(self, sheet: Worksheet, text: str) -> None:
        """The title in the first row, in the typeface of titles."""
        sheet.set_row(0, 34)
        look: dict[str, Property] = {
            "font_name": self.typefaces.title,
            "font_size": 20,
            "font_color": ACCENT,
            "text_wrap": False,
        }
        self.text(sheet, 0, 0, text, **look)

    def heads(self, sheet: Worksheet, row: int, columns: Sequence[Column]) -> None:
        """A row of heads, and the widths of their columns."""
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            self.text(sheet, row, place, column.head, font_name=self.typefaces.heading, **HEAD, **bordered())

    def table(self, sheet: Worksheet, row: int, columns: Sequence[Column], lines: Sequence[Sequence[Any]]) -> None:
        """A list with a filter, whose head stays in sight and is repeated on every printed page."""
        self.heads(sheet, row, columns)
        for place, line in enumerate(lines, row + 1):
            sheet.set_row(place, _height(line, columns))
            for number, (column, value) in enumerate(zip(columns, line, strict=True)):
                self.value(sheet, place, number, value, align=column.align, valign="top", **bordered())
        sheet.autofilter(row, 0, row + len(lines), len(columns) - 1)
        sheet.freeze_panes(row + 1, 0)
        sheet.repeat_rows(row)


def _height(line: Sequence[Any], columns: Sequence[Column]) -> float:
    """The height in points that shows a line whole; not every office program finds it by itself."""
    return min(LINE_HEIGHT * max(map(_rows, line, columns)) + 3, TALLEST)


def _rows(value: object, column: Column) -> int:
    """How many rows a text takes when it is wrapped in its column."""
    return sum(max(1, ceil(_width(part) / (column.width - 1))) for part in str(value).split("\n"))


def _width(text: str) -> float:
    """The width in digits: a Chinese character takes a little more than two."""
    return sum(2.1 if east_asian_width(character) in "WFA" else 1 for character in text)


def bordered() -> dict[str, Property]:
    """A thin line around a cell."""
    return {"border": 1, "border_color": RULE}
