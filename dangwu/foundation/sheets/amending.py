"""What people decided about a workbook, put upon it before it is read: which sheet, which columns, which cells.

The file itself is never changed: the same file with the same amendments always reads the same.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from dangwu.foundation.sheets.cells import index_of, is_blank, letter_of, text_of
from dangwu.foundation.sheets.finding import Table
from dangwu.foundation.sheets.mapping import Candidate
from dangwu.foundation.sheets.opening import RawSheet, Workbook
from dangwu.foundation.sheets.shapes import Cell, UnreadableWorkbookError

CERTAIN = 1.0
Heads = tuple[tuple[str, str], ...]
"""Letters of columns with what stands over them."""


class At(NamedTuple):
    """A cell: its sheet, its row from 1 on, the letter of its column."""

    sheet: str
    row: int
    letter: str


@dataclass(frozen=True, slots=True)
class Amendments:
    """`columns` gives a field for the letter of a column, or an empty text for none; `cells` new texts for single ones;
    `everywhere` a new text for all cells of a field in which an old one stands. `recall` tells what was chosen earlier
    for such a head, of which it is given the letters and texts. `keep_cells` leaves what was written at hand for
    whoever repairs it.
    """

    sheet: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[At, str] = field(default_factory=dict)
    everywhere: Mapping[tuple[str, str], str] = field(default_factory=dict)
    recall: Callable[[Heads], Mapping[str, str]] | None = None
    keep_cells: bool = False

    def workbook(self, workbook: Workbook) -> Workbook:
        """Only the sheet that was chosen, with the cells that were written over.

        Raises UnreadableWorkbookError for a sheet that is not there.
        """
        sheets = tuple(raw for raw in workbook.sheets if self.sheet in {"", raw.name})
        if not sheets:
            there = "、".join(f"“{raw.name}”" for raw in workbook.sheets)
            raise UnreadableWorkbookError(f"“{workbook.file}”里没有工作表“{self.sheet}”，有的是：{there}。")
        return replace(workbook, sheets=tuple(map(self._sheet, sheets)))

    def _sheet(self, raw: RawSheet) -> RawSheet:
        written = {(at.row - 1, index_of(at.letter)): text for at, text in self.cells.items() if at.sheet == raw.name}
        if not written:
            return raw
        rows = list(raw.rows)
        for row in {row for row, _ in written if row < len(rows)}:
            rows[row] = [written.get((row, index), cell) for index, cell in enumerate(rows[row])]
        return replace(raw, rows=rows)

    def table(self, table: Table) -> Table:
        """The table with the columns that people chose; a field that moves leaves the column it was taken from."""
        told = {**self._recalled(table), **self.columns}
        if not told:
            return table
        chosen = {index_of(letter): name for letter, name in told.items()}
        moved = {name for name in chosen.values() if name}
        kept = {i: c for i, c in table.fields.items() if i not in chosen and c.field not in moved}
        width = len(table.raw.rows[table.first]) if table.raw.rows else 0
        new = {i: Candidate(CERTAIN, name) for i, name in chosen.items() if name and i < width}
        repeated = tuple(head for head in table.repeated if head.index not in chosen)
        return replace(table, fields={**kept, **new}, repeated=repeated)

    def _recalled(self, table: Table) -> Mapping[str, str]:
        heads = tuple((letter_of(head.index), "/".join(head.levels)) for head in table.heads if head.levels)
        return self.recall(heads) if self.recall else {}

    def column(self, name: str, cells: Sequence[Cell]) -> Sequence[Cell]:
        """The cells of a field, with what is written over everywhere."""
        new = {old: text for (field_name, old), text in self.everywhere.items() if field_name == name}
        if not new:
            return cells
        return [new.get(text_of(cell), cell) if not is_blank(cell) else cell for cell in cells]


UNAMENDED = Amendments()
