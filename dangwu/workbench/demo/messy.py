"""Tables as they come out of an office: titles and notes around them, blank lines and totals within."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random

from xlsxwriter.worksheet import Worksheet

from dangwu.foundation.sheets.shapes import Cell
from dangwu.workbench.demo.columns import Line
from dangwu.workbench.demo.layouts import Layout
from dangwu.workbench.demo.pages import Styles, Tell, set_widths, with_news, workbook_at, write_line
from dangwu.workbench.demo.planting import Marked

Answer = dict[str, str | int]

_SHARE_OF_BLANK_LINES = 0.02


@dataclass(slots=True)
class Sheaf:
    """Lines on their way into a file; keeps account of where the defects came to stand."""

    file: str
    layout: Layout
    dice: Random
    answers: list[Answer] = field(default_factory=list)

    def lines(self, marked: Iterable[Marked], first_row: int) -> Iterator[Line]:
        """The lines from a row on (counted from 1): entries with blank lines among them, a total, closing notes."""
        row, number = first_row, 0
        for number, line in enumerate(marked, start=1):
            if self.dice.random() < _SHARE_OF_BLANK_LINES:
                yield []
                row += 1
            self._note(line, row)
            yield [line.entry[heading.means] if heading.means != "序号" else number for heading in self.layout.headings]
            row += 1
        yield ["合计", None, f"{number}"]
        yield []
        for text in self.layout.closing:
            yield [text]

    def _note(self, line: Marked, row: int) -> None:
        for code, head in line.flaws:
            column: Answer = {"column": self.layout.letter(head)} if head else {}
            self.answers.append({"file": self.file, "row": row, **column, "code": code})


def write_messy_xlsx(path: Path, layout: Layout, marked: Iterable[Marked], dice: Random, tell: Tell) -> list[Answer]:
    """A workbook whose table comes after a sheet of instructions. Gives back where the defects are."""
    sheaf = Sheaf(path.name, layout, dice)
    with workbook_at(path) as (book, styles):
        book.add_worksheet("填表说明").write_string(0, 0, "请各党支部按要求如实填写，不得漏项。", styles.note)
        sheet = book.add_worksheet("汇总表")
        set_widths(sheet, [heading.means for heading in layout.headings])
        first = _write_head(sheet, layout, styles)
        for row, line in enumerate(with_news(sheaf.lines(marked, first + 1), path, tell), start=first):
            write_line(sheet, row, line, styles)
        book.add_worksheet("Sheet3")
        sheet.activate()
    return sheaf.answers


def _write_head(sheet: Worksheet, layout: Layout, styles: Styles) -> int:
    """Title, note and a head of two levels; gives the first row after it, counted from 0."""
    last = len(layout.headings) - 1
    sheet.merge_range(0, 0, 0, last, layout.title, styles.title)
    sheet.merge_range(1, 0, 1, last, layout.note, styles.note)
    for text, start, end in layout.spans():
        sheet.merge_range(2, start, 2, end, text, styles.head)
    for column, heading in enumerate(layout.headings):
        if not heading.above:
            sheet.write_string(2, column, heading.written, styles.head)
    for column, heading in enumerate(layout.headings):
        if heading.above:
            sheet.write_string(3, column, heading.written, styles.head)
        else:
            sheet.merge.append([2, column, 3, column])  # merge_range wants the upper row, which is already written out
    return 4


def write_messy_csv(path: Path, layout: Layout, marked: Iterable[Marked], dice: Random, tell: Tell) -> list[Answer]:
    """A text file as a Chinese office program saves it."""
    sheaf = Sheaf(path.name, layout, dice)
    heads: list[Line] = [[layout.title], [layout.note], [heading.written for heading in layout.headings]]
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.writer(file)
        for line in heads:
            writer.writerow(_filled(line, layout))
        for cells in with_news(sheaf.lines(marked, len(heads) + 1), path, tell):
            writer.writerow(_filled([_as_text(cell) for cell in cells], layout))
    return sheaf.answers


def _filled(line: Line, layout: Layout) -> Line:
    return [*line, *[""] * (len(layout.headings) - len(line))]


def _as_text(cell: Cell) -> Cell:
    return f"{cell:%Y/%m/%d}" if isinstance(cell, date) else cell
