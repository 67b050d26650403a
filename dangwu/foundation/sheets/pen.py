"""Writing cells so that each stays what it is: text no formula, long numbers no quantity, days days."""

from datetime import date, datetime, time, timedelta
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dangwu.foundation.sheets.cells import letter_of
from dangwu.foundation.sheets.safe import FORMULA_STARTS, LONGEST, legible
from dangwu.foundation.sheets.shapes import Cell

Property = str | float | bool

_LONGEST_KEPT_TEXT = 255  # old office programs show a longer one in the format for text as ####
_DAY, _MOMENT, _TIME, _SPAN = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "hh:mm:ss", "[h]:mm:ss"
# days before it are counted differently by every program, and none of them shows those before 1900
_FIRST_COUNTED_DAY = date(1904, 1, 2)


class TooLongError(ValueError):
    """A cell cannot hold so long a text. Its text is a Chinese sentence that says where it stands."""


class Pen:
    """Puts cells into the sheets of one workbook; each look is made once."""

    def __init__(self, book: Workbook, **look: Property) -> None:
        """`look` is common to all cells."""
        self._book = book
        self._look = look
        self._looks: dict[tuple[tuple[str, Property], ...], Format] = {}
        self._as_text = self.look(num_format="@")
        self._like_formula = self.look(num_format="@", quote_prefix=True)

    def look(self, **properties: Property) -> Format:
        """The cell format with these properties; equal ones are made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._looks:
            self._looks[key] = self._book.add_format({**self._look, **properties})
        return self._looks[key]

    def put(self, page: Worksheet, row: int, column: int, cell: Cell, **look: Property) -> None:
        """Write a cell; an empty one only where it has a look of its own."""
        if isinstance(cell, str):
            self._put_text(page, row, column, cell, look)
        elif cell is None:
            if look:
                page.write_blank(row, column, None, self.look(**look))
        elif isinstance(cell, bool):
            page.write_boolean(row, column, cell, self.look(**look))
        elif isinstance(cell, int | float):
            page.write_number(row, column, cell, self.look(**look))
        else:
            self._put_moment(page, row, column, cell, look)

    def _put_text(self, page: Worksheet, row: int, column: int, text: str, look: dict[str, Any]) -> None:
        if len(text) > LONGEST:
            raise TooLongError(f"第 {row + 1} 行 {letter_of(column)} 列有 {len(text)} 个字，工作簿的一格放不下。")
        like_formula = text.startswith(FORMULA_STARTS)
        if look or len(text) > _LONGEST_KEPT_TEXT:
            kept: dict[str, Property] = {} if len(text) > _LONGEST_KEPT_TEXT else {"num_format": "@"}
            written = self.look(**look, **kept, quote_prefix=like_formula)
        else:
            written = self._like_formula if like_formula else self._as_text
        page.write_string(row, column, legible(text), written)

    def _put_moment(
        self, page: Worksheet, row: int, column: int, cell: date | time | timedelta, look: dict[str, Any]
    ) -> None:
        if isinstance(cell, date) and date(cell.year, cell.month, cell.day) < _FIRST_COUNTED_DAY:
            self._put_text(page, row, column, str(cell), look)
        else:
            page.write_datetime(row, column, cell, self.look(**look, num_format=_shown_as(cell)))


def _shown_as(cell: date | time | timedelta) -> str:
    if isinstance(cell, datetime):
        return _MOMENT
    if isinstance(cell, date):
        return _DAY
    return _TIME if isinstance(cell, time) else _SPAN
