"""Reading a table by its sheet: column by column, each different cell once, every problem with its place."""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from dangwu.foundation.sheets.amending import UNAMENDED, Amendments
from dangwu.foundation.sheets.cells import is_blank, is_error, letter_of, text_of
from dangwu.foundation.sheets.finding import Table, find_table, find_tables
from dangwu.foundation.sheets.fixes import fixes_in
from dangwu.foundation.sheets.lines import Lines, lines_of
from dangwu.foundation.sheets.mapping import Head, described, fields_by_name
from dangwu.foundation.sheets.opening import Workbook, open_workbook
from dangwu.foundation.sheets.shapes import (
    Cell,
    Column,
    Field,
    Fix,
    Flaw,
    Parsed,
    Problem,
    Reading,
    Row,
    Severity,
    Sheet,
    Surroundings,
)

Progress = Callable[[int, int], None]

_FEWEST_IN_BLOCK = 2
_BANNER = 0.5


@contextmanager
def uncollected() -> Iterator[None]:
    """Spare the search for reference cycles: rows have none, and in a big table it takes a fifth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@uncollected()
def read_table(path: Path, sheet: Sheet, *, progress: Progress | None = None) -> Reading:
    """Read the best table of this kind out of a file; `progress` is told how many of how many lines are done.

    Raises UnreadableWorkbookError where the file cannot be read or holds no such table.
    """
    workbook = open_workbook(path)
    return _read_all(workbook, [find_table(workbook, sheet)], sheet, progress)[0]


@uncollected()
def read_tables(
    path: Path, sheet: Sheet, *, progress: Progress | None = None, amended: Amendments = UNAMENDED
) -> list[Reading]:
    """Read every table of this kind, as where each month or branch has its sheet, with what people decided about it.
    Otherwise like `read_table`.
    """
    workbook = amended.workbook(open_workbook(path))
    tables = [amended.table(table) for table in find_tables(workbook, sheet)]
    return _read_all(workbook, tables, sheet, progress, amended)


def _read_all(
    workbook: Workbook,
    tables: Sequence[Table],
    sheet: Sheet,
    progress: Progress | None,
    amended: Amendments = UNAMENDED,
) -> list[Reading]:
    lines = [lines_of(table, _block_names(table, sheet)) for table in tables]
    total, done = sum(len(its.entries) for its in lines), 0
    readings = []
    for table, its in zip(tables, lines, strict=True):
        told = _further(progress, done, total)
        readings.append(_read(workbook, table, its, sheet, told, amended))
        done += len(its.entries)
    return readings


def _further(progress: Progress | None, done: int, total: int) -> Callable[[int], None]:
    return (lambda more: progress(done + more, total)) if progress else (lambda _: None)


def _read(
    workbook: Workbook,
    table: Table,
    lines: Lines,
    sheet: Sheet,
    told: Callable[[int], None],
    amended: Amendments,
) -> Reading:
    columns = list(_columns(table, lines, sheet))
    reader = _Reader(workbook, table, lines, amended)
    values: dict[str, list[Any]] = {}
    for done, column in enumerate(columns, start=1):
        values[column.field.name] = reader.read(column)
        told(len(lines.entries) * done // len(columns))
    shown = described(table.heads, table.fields)
    banner = tuple(Column(c.letter, "", c.field.name, _BANNER) for c in columns if c.is_banner)
    names = tuple(values)
    return Reading(
        file=workbook.file,
        sheet=table.raw.name,
        titles=table.titles,
        head_rows=(table.first + 1, table.last + 1),
        columns=shown + banner,
        rows=[
            Row(line + 1, dict(zip(names, row, strict=True)))
            for line, row in zip(lines.entries, zip(*values.values(), strict=True), strict=True)
        ],
        problems=sorted(reader.problems, key=lambda problem: (problem.row or 0, len(problem.column or ""))),
        fixes=tuple(reader.fixes),
        cells=table.raw.rows if amended.keep_cells else (),
    )


@dataclass(frozen=True, slots=True)
class _FieldColumn:
    """The cells of one field, one for each entry."""

    field: Field
    letter: str
    cells: Sequence[Cell]
    is_banner: bool = False


def _columns(table: Table, lines: Lines, sheet: Sheet) -> Iterable[_FieldColumn]:
    fields = fields_by_name(sheet)
    cells = list(zip_longest(*(table.raw.rows[line] for line in lines.entries))) or [()] * (max(table.fields) + 1)
    for index, candidate in sorted(table.fields.items()):
        field = fields.pop(candidate.field)
        yield _FieldColumn(field, letter_of(index), _with_merged(cells[index], table, lines, index, field))
    for field in fields.values():
        if field.heads_blocks and field.looks_like and (column := _banner_column(lines, field, field.looks_like)):
            yield column


def _with_merged(cells: Sequence[Cell], table: Table, lines: Lines, index: int, field: Field) -> Sequence[Cell]:
    merged = {
        line: table.raw.rows[block.top][index]
        for block in table.raw.blocks
        if block.left == index and block.bottom > block.top > table.last
        for line in range(block.top, block.bottom + 1)
    }
    if merged:
        return [merged.get(line, cell) for line, cell in zip(lines.entries, cells, strict=True)]
    return _filled_down(cells) if field.heads_blocks and _is_in_blocks(cells) else cells


def _unknown(field: Field, cell: Cell) -> Parsed:
    """What nobody knows because a formula came to an error."""
    message = f"{field.label}显示为“{cell}”，是公式出错，没有得出内容"
    remedy = "请改正公式，或者直接填写内容"
    return Parsed(None, (Flaw(f"{field.name}.error", Severity.ERROR, message, remedy),))


def _is_in_blocks(cells: Sequence[Cell]) -> bool:
    """Whether a column clearly names each block once, in its first line.

    Where a name stands in two lines, lines are named one by one, and an empty one is a gap.
    """
    named = [cell for cell in cells if not is_blank(cell)]
    if not named or is_blank(cells[0]) or len(set(named)) < len(named):
        return False
    return len(cells) >= _FEWEST_IN_BLOCK * len(named) and len(cells) > _FEWEST_IN_BLOCK


def _filled_down(cells: Sequence[Cell]) -> list[Cell]:
    filled: list[Cell] = []
    held: Cell = None
    for cell in cells:
        held = held if is_blank(cell) else cell
        filled.append(held)
    return filled


def _block_names(table: Table, sheet: Sheet) -> Callable[[Cell], bool]:
    """Knows the names of blocks, where no column holds them."""
    taken = {candidate.field for candidate in table.fields.values()}
    known = [f.looks_like for f in sheet.fields if f.heads_blocks and f.looks_like and f.name not in taken]
    return lambda cell: any(looks_like(cell) for looks_like in known)


def _banner_column(lines: Lines, field: Field, looks_like: Callable[[Cell], bool]) -> _FieldColumn | None:
    """A field without a column may stand in lines of its own above its block."""
    banners = {line: banner for line, banner in lines.banners.items() if looks_like(banner[1])}
    if not banners:
        return None
    cells: list[Cell] = []
    starts = iter([*sorted(banners.items()), (None, (0, ""))])
    following, held = next(starts), None
    for line in lines.entries:
        while following[0] is not None and following[0] < line:
            held, following = following[1][1], next(starts)
        cells.append(held)
    return _FieldColumn(field, letter_of(next(iter(banners.values()))[0]), cells, is_banner=True)


class _Reader:
    def __init__(self, workbook: Workbook, table: Table, lines: Lines, amended: Amendments) -> None:
        self._file = workbook.file
        self._sheet = table.raw.name
        self._lines = lines
        self._since_1904 = workbook.since_1904
        self._amended = amended
        self.fixes: list[Fix] = []
        self.problems = [
            *map(self._unread_sheet, table.unread),
            *map(self._unread_column, table.repeated),
        ]

    def read(self, column: _FieldColumn) -> list[Any]:
        """The clean values of a column; its flaws become problems."""
        cells = self._amended.column(column.field.name, column.cells)
        if bool in set(map(type, cells)):  # True equals 1, but is not the same
            cells = [text_of(cell) if isinstance(cell, bool) else cell for cell in cells]
        different = set(cells)
        parse = column.field.parse
        if column.field.within:
            parse = column.field.within(Surroundings(different, self._since_1904))
        parsed = {cell: _unknown(column.field, cell) if is_error(cell) else parse(cell) for cell in different}
        flawed = {cell: answer for cell, answer in parsed.items() if answer.flaws}
        if flawed:
            self._note(column, cells, flawed)
        self.fixes += fixes_in(column.field, column.letter, cells, parsed)
        values = {cell: answer.value for cell, answer in parsed.items()}
        return [values[cell] for cell in cells]

    def _note(self, column: _FieldColumn, cells: Sequence[Cell], flawed: dict[Cell, Parsed]) -> None:
        for line, cell in zip(self._lines.entries, cells, strict=True):
            if cell in flawed:
                self.problems += (
                    Problem(
                        file=self._file,
                        sheet=self._sheet,
                        row=line + 1,
                        column=column.letter,
                        field=column.field.name,
                        code=flaw.code,
                        severity=flaw.severity,
                        message=flaw.message,
                        remedy=flaw.remedy,
                    )
                    for flaw in flawed[cell].flaws
                )

    def _unread_sheet(self, name: str) -> Problem:
        return Problem(
            file=self._file,
            sheet=name,
            row=None,
            column=None,
            field=None,
            code="sheet.unread",
            severity=Severity.DOUBT,
            message=f"工作表“{name}”也有同样的表头，没有读取；读取的是“{self._sheet}”",
            remedy="内容有用的，请并入同一张工作表，或另存为单独的文件",
        )

    def _unread_column(self, head: Head) -> Problem:
        return Problem(
            file=self._file,
            sheet=self._sheet,
            row=None,
            column=letter_of(head.index),
            field=None,
            code="column.unread",
            severity=Severity.DOUBT,
            message=f"“{head.levels[-1]}”一栏重复，这里的一栏没有读取",
            remedy="左右并排的两张表，请上下接成一张",
        )
