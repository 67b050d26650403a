"""A list as a workbook, written row by row so that its length costs no memory."""

import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse
from django.utils import timezone
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dangwu.foundation.pages.columns import Column
from dangwu.foundation.pages.words import shown
from dangwu.foundation.sheets.safe import FORMULA_STARTS, LONGEST, legible

CHUNK = 2000  # rows that are fetched at once
HEAD_ROWS = 2
# what a spreadsheet would take for a formula once the sheet is saved as text
FORMULA = (*FORMULA_STARTS, "\t", "\r")
UNSAFE_IN_NAMES = re.compile(r'[\\/:*?"<>|\s\x00-\x1f\ud800-\udfff]+')


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is written: the rows, and who takes them away on which day."""

    title: str
    noun: str
    chosen: Sequence[str]
    columns: Sequence[Column]
    rows: Any  # a queryset, or a sequence
    total: int
    by: str
    on: date
    checkpoint: str = ""  # where the audit stood, at the foot of the paper

    @property
    def file_name(self) -> str:
        """The name of the workbook."""
        return self.named(".xlsx")

    def named(self, suffix: str) -> str:
        """A name of a file that every system takes."""
        return UNSAFE_IN_NAMES.sub("_", f"{self.title}（{self.on}）").strip("._")[:100] + suffix

    @property
    def head_line(self) -> str:
        """What stands above the columns: what it is, of how many, by whom and when."""
        chosen = "；".join(self.chosen)
        parts = [self.title, f"共 {self.total} {self.noun}", chosen, f"导出人：{self.by}", f"导出日期：{self.on}"]
        return "　".join(part for part in parts if part)


def neutral(text: str) -> str:
    """Text that no spreadsheet will ever take for a formula, and that every document can hold."""
    written = legible(text)
    return ("'" + written if written.startswith(FORMULA) else written)[:LONGEST]


def workbook_answer(sheet: Sheet) -> FileResponse:
    """The sheet as a download."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it when it is sent
    write(sheet, file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=sheet.file_name)


def write(sheet: Sheet, file: Any) -> None:  # noqa: ANN401 - a binary file
    """Write the workbook into an open file."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(file, options) as book:
        page = book.add_worksheet("列表")
        _lay_out(page, sheet)
        page.write_string(0, 0, neutral(sheet.head_line), book.add_format({"bold": True, "font_size": 12}))
        head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#F1EFEA", "text_wrap": True})
        for place, column in enumerate(sheet.columns):
            page.write_string(1, place, neutral(column.title), head)
        day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"})
        for number, row in enumerate(_each(sheet.rows), start=HEAD_ROWS):
            for place, column in enumerate(sheet.columns):
                _write_value(page, (number, place), column.value_of(row), (day, moment))


def _each(rows: Any) -> Iterable[Any]:  # noqa: ANN401 - a queryset, or a sequence
    return rows.iterator(chunk_size=CHUNK) if isinstance(rows, QuerySet) else rows


def _lay_out(page: Worksheet, sheet: Sheet) -> None:
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
    page.freeze_panes(HEAD_ROWS, 1)
    page.autofilter(1, 0, 1 + sheet.total, len(sheet.columns) - 1)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(0, 1)
    told = filter(None, (f"导出人：{_in_footer(sheet.by)}　{sheet.on}", _in_footer(sheet.checkpoint)))
    page.set_footer("&L{}&R第 &P 页，共 &N 页".format("\n".join(told)))


def _in_footer(text: str) -> str:
    return neutral(text).replace("&", "&&")[:100]


def _write_value(page: Worksheet, at: tuple[int, int], value: object, formats: tuple[Format, Format]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        page.write_datetime(*at, timezone.localtime(value).replace(tzinfo=None), formats[1])
    elif isinstance(value, date):
        page.write_datetime(*at, datetime.combine(value, datetime.min.time()), formats[0])
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        page.write_number(*at, value)
    else:
        page.write_string(*at, neutral(shown(value, "")))
