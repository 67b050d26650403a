"""Workbooks written line by line: little memory for any number of lines, and the same bytes every time."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from dangwu.foundation.sheets.shapes import Cell

_CREATED = datetime(2026, 10, 9, 9, 30)  # noqa: DTZ001 - a fixed hour on the office's wall clock
_DAY_ZERO = date(1899, 12, 30).toordinal()
_LINES_BETWEEN_NEWS = 20_000
_WIDTHS = {
    "家庭住址": 34,
    "身份证号码": 21,
    "主题": 38,
    "缺席人员及原因": 30,
    "组织名称": 40,
    "联系电话": 14,
    "序号": 6,
}
_USUAL_WIDTH = 15

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Styles:
    """How cells look. `text` keeps long numbers as text."""

    title: Any
    note: Any
    head: Any
    text: Any
    day: Any


@contextmanager
def workbook_at(path: Path) -> Iterator[tuple[Workbook, Styles]]:
    """A workbook to be filled from top to bottom."""
    book = Workbook(str(path), {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    book.set_properties({"created": _CREATED, "title": path.stem, "comments": "虚构的演示资料，人名、号码均不存在"})
    try:
        yield book, _styles(book)
    finally:
        book.close()


def _styles(book: Workbook) -> Styles:
    edge = {"border": 1, "valign": "vcenter", "font_name": "宋体", "font_size": 11}
    return Styles(
        title=book.add_format({"bold": True, "font_size": 18, "align": "center", "valign": "vcenter"}),
        note=book.add_format({"font_size": 11, "align": "left", "valign": "vcenter"}),
        head=book.add_format(edge | {"bold": True, "align": "center", "bg_color": "#E7E6E6", "text_wrap": True}),
        text=book.add_format(edge | {"num_format": "@"}),
        day=book.add_format(edge | {"num_format": "yyyy-mm-dd"}),
    )


def write_line(sheet: Worksheet, row: int, line: Sequence[Cell], styles: Styles) -> None:
    """Write one line; `row` counts from 0. Empty cells are left out, as office programs do."""
    for column, cell in enumerate(line):
        if cell is None or cell == "":
            continue
        if isinstance(cell, str):
            sheet.write_string(row, column, cell, styles.text)
        elif isinstance(cell, date):
            sheet.write_number(row, column, cell.toordinal() - _DAY_ZERO, styles.day)
        else:
            sheet.write_number(row, column, cell)


def write_table(path: Path, heads: Sequence[str], lines: Iterable[Sequence[Cell]], tell: Tell) -> Path:
    """A tidy workbook: one head, then the lines."""
    with workbook_at(path) as (book, styles):
        sheet = book.add_worksheet(path.stem)
        set_widths(sheet, heads)
        sheet.freeze_panes(1, 2)
        sheet.write_row(0, 0, heads, styles.head)
        for row, line in enumerate(with_news(lines, path, tell), start=1):
            write_line(sheet, row, line, styles)
    return path


def set_widths(sheet: Worksheet, heads: Sequence[str]) -> None:
    """Columns wide enough to be read."""
    for column, head in enumerate(heads):
        sheet.set_column(column, column, _WIDTHS.get(head, _USUAL_WIDTH))


def with_news(lines: Iterable[Sequence[Cell]], path: Path, tell: Tell) -> Iterator[Sequence[Cell]]:
    """The lines, telling now and then how many were written."""
    count = 0
    for count, line in enumerate(lines, start=1):
        yield line
        if not count % _LINES_BETWEEN_NEWS:
            tell(f"正在写入 {path.parent.name}/{path.name}：{count} 行")
    tell(f"已写好 {path.parent.name}/{path.name}：{count} 行")
