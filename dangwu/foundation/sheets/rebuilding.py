"""A workbook made anew from its cells: the same values, merged cells and hidden sheets, but not its looks."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from xlsxwriter import Workbook as Book
from xlsxwriter.worksheet import Worksheet

from dangwu.foundation.sheets.cells import index_of, is_blank
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
from dangwu.foundation.sheets.opening import Block, RawSheet, Workbook
from dangwu.foundation.sheets.pen import Pen, Property
from dangwu.foundation.sheets.safe import sheet_name
from dangwu.foundation.sheets.shapes import Cell, Reading
from dangwu.foundation.sheets.writing import HEAD, OPTIONS

MOST_COMMENTS = 20_000  # an office program opens a sheet with more of them only slowly
_ROW, _WORD = HEADS.index("行"), HEADS.index("程度")
_COLUMN_WIDTH = 14
_COMMENT = {"author": AUTHOR, "x_scale": 2, "y_scale": 1.5}

Marks = Mapping[str, Mapping[tuple[int, int], Mark]]


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet to be written: its cells, and of each line its number (from 1) in the file that it comes from."""

    name: str
    rows: Sequence[Sequence[Cell]]
    lines: Sequence[int]
    blocks: tuple[Block, ...]
    hidden: bool = False


def page_of(raw: RawSheet) -> Page:
    """The whole sheet."""
    return Page(raw.name, raw.rows, range(1, len(raw.rows) + 1), raw.blocks, raw.hidden)


def page_with(raw: RawSheet, reading: Reading, wanted: Collection[int]) -> Page:
    """The titles and the head of a table, and of its lines those wanted; what they owe to others is written out."""
    last = reading.head_rows[1]
    lines = [*range(1, last + 1), *_with_banners(raw, reading, sorted(line for line in wanted if line > last))]
    filled = _filled(raw, reading)
    moved = {line: number for number, line in enumerate(lines)}
    blocks = tuple(
        Block(moved[block.top + 1], block.left, moved[block.bottom + 1], block.right)
        for block in raw.blocks
        if block.bottom < last or (block.top == block.bottom and block.top + 1 in moved)
    )
    rows = [[filled.get((line, index), cell) for index, cell in enumerate(raw.rows[line - 1])] for line in lines]
    return Page(raw.name, rows, lines, blocks)


def _with_banners(raw: RawSheet, reading: Reading, wanted: Sequence[int]) -> Iterator[int]:
    """The lines, each first one of a block behind the line that names the block."""
    letter = next((c.letter for c in reading.columns if c.field and not c.head and c.confidence < 1), None)
    entries = {row.number for row in reading.rows}
    told = 0
    for line in wanted:
        above = range(line - 1, max(reading.head_rows[1], told), -1) if letter else ()
        for banner in above:
            if banner not in entries and _only(raw.rows[banner - 1]) == index_of(letter or "A"):
                yield banner
                told = banner
                break
        yield line


def _only(row: Sequence[Cell]) -> int | None:
    """The index of the only cell that is filled."""
    filled = [index for index, cell in enumerate(row) if not is_blank(cell)]
    return filled[0] if len(filled) == 1 else None


def _filled(raw: RawSheet, reading: Reading) -> dict[tuple[int, int], Cell]:
    """The empty cells whose value is that of a cell above them, merged with them or not."""
    filled: dict[tuple[int, int], Cell] = {}
    for column in reading.columns:
        index, held = index_of(column.letter), None
        if not column.field or not column.head:
            continue
        for row in reading.rows:
            cells = raw.rows[row.number - 1]
            cell = cells[index] if index < len(cells) else None
            if not is_blank(cell):
                held = cell
            elif row.values.get(column.field):
                filled[row.number, index] = held
    return filled


def rebuild(workbook: Workbook, pages: Sequence[Page], marks: Marks, listed: Sequence[Listed]) -> bytes:
    """The pages as a new workbook with their marks (by cells of the new lines), and the list of problems."""
    stream = BytesIO()
    with Book(stream, {**OPTIONS, "date_1904": workbook.since_1904}) as book:
        pen, names = Pen(book), _names(pages)
        for page in pages:
            sheet = book.add_worksheet(names[page.name])
            if page.hidden and len(pages) > 1:
                sheet.hide()
            _write(sheet, pen, page, marks.get(page.name, {}))
        _list(book.add_worksheet(LIST_OF_PROBLEMS), pen, listed, names)
    return stream.getvalue()


def _names(pages: Sequence[Page]) -> dict[str, str]:
    """A name for each sheet that a workbook takes, none of them twice."""
    names: dict[str, str] = {}
    taken = {LIST_OF_PROBLEMS}
    for page in pages:
        name = sheet_name(page.name)
        while name.lower() in taken:
            name = f"{name[:-1]}{len(taken)}"
        taken.add(name.lower())
        names[page.name] = name
    return names


def _write(sheet: Worksheet, pen: Pen, page: Page, marks: Mapping[tuple[int, int], Mark]) -> None:
    sheet.set_column(0, max((len(row) for row in page.rows), default=1), _COLUMN_WIDTH)
    commented = set(list(marks)[:MOST_COMMENTS])
    marked: dict[int, dict[int, Mark]] = {}
    for (line, column), mark in marks.items():
        marked.setdefault(line, {})[column] = mark
    for number, row in enumerate(page.rows):
        here = marked.get(number + 1, {})
        for index, cell in enumerate(row):
            if index + 1 not in here:
                pen.put(sheet, number, index, None if cell == "" else cell)
        for column, mark in here.items():
            cell = row[column - 1] if column <= len(row) else None
            pen.put(sheet, number, column - 1, None if cell == "" else cell, bg_color=f"#{COLOURS[mark.severity]}")
            if (number + 1, column) in commented:
                sheet.write_comment(number, column - 1, mark.text, _COMMENT)
    # merge_range would write into lines that are out already, or do not exist yet
    sheet.merge.extend([block.top, block.left, block.bottom, block.right] for block in page.blocks)


def _list(sheet: Worksheet, pen: Pen, listed: Sequence[Listed], names: Mapping[str, str]) -> None:
    for place, (head, width) in enumerate(zip(HEADS, WIDTHS, strict=True)):
        sheet.set_column(place, place, width)
        pen.put(sheet, 0, place, head, **HEAD)
    sheet.freeze_panes(1, 0)
    for number, line in enumerate(listed, start=1):
        if line.row is not None and number <= MOST_LINKS:
            named = names.get(line.sheet, line.sheet).replace("'", "''")
            sheet.write_url(number, _ROW, f"internal:'{named}'!{line.column or 'A'}{line.row}")
        for place, cell in enumerate(line.cells):
            look: dict[str, Property] = {"font_color": "#0563C1", "underline": 1} if place == _ROW else {}
            pen.put(sheet, number, place, cell, valign="top", text_wrap=True, **look)
        pen.put(sheet, number, _WORD, line.word, bg_color=f"#{COLOURS[line.severity]}")
