"""Finding the table in a workbook: its sheet, and its head among titles, notes and heads of several levels."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from dangwu.foundation.sheets.cells import is_blank, plain, text_of
from dangwu.foundation.sheets.mapping import (
    Candidate,
    Head,
    KnownHeads,
    Levels,
    assign,
    bare_head,
    label_of,
    map_columns,
    normal_head,
    without_brackets,
)
from dangwu.foundation.sheets.opening import RawSheet, Workbook
from dangwu.foundation.sheets.shapes import Cell, Sheet, UnreadableWorkbookError

_SEARCHED_ROWS = 60
_SEARCHED_COLUMNS = 500
_MOST_LEVELS = 3
_SAMPLED_ROWS = 200
_FEWEST_FIELDS = 2
_LONGEST_HEAD = 40
_EVIDENCE = 0.05
_RIVALS = 0.8
_OTHERWISE = re.compile(
    r"积极分子|申请人|发展对象|转出|转走|已故|去世|出党|减少|群众|团员|计划|安排|模板|样表|样张|示例|范例|填表|填写|备份|作废|旧表"
)


@dataclass(frozen=True, slots=True)
class Table:
    """A table that was found; `first` and `last` are the lines of its head, counted from 0.

    `unread` names other sheets of the workbook that hold such a table too; `repeated` are columns whose head repeats
    that of a needed one, as where two tables stand side by side.
    """

    raw: RawSheet
    first: int
    last: int
    heads: tuple[Head, ...]
    fields: dict[int, Candidate]
    repeated: tuple[Head, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def titles(self) -> tuple[str, ...]:
        """The texts above the head."""
        cells = (text_of(cell) for row in self.raw.rows[: self.first] for cell in row)
        return tuple(text for text in cells if text)


def find_table(workbook: Workbook, sheet: Sheet) -> Table:
    """The table that most resembles the sheet. Raises UnreadableWorkbookError where none has the heads it needs."""
    tables = _tables(workbook, sheet)
    best = _best(tables)
    return replace(best, unread=tuple(t.raw.name for t in tables if t is not best and _rivals(t, best)))


def find_tables(workbook: Workbook, sheet: Sheet) -> list[Table]:
    """Every table of this kind, in the order of the sheets: one for each month or branch, say, all with much the same
    head. Those that by their name are something else are left unread. Raises as `find_table` does.
    """
    tables = _tables(workbook, sheet)
    best = _best(tables)
    alike = [table for table in tables if table is best or _rivals(table, best)]
    wanted = [table for table in alike if not _OTHERWISE.search(plain(table.raw.name))] or [best]
    unread = tuple(table.raw.name for table in alike if table not in wanted)
    return [replace(wanted[0], unread=unread), *wanted[1:]]


def _tables(workbook: Workbook, sheet: Sheet) -> list[Table]:
    """The tables on the sheets that are shown; where there are none, on those that are hidden."""
    known = KnownHeads(sheet)
    for hidden in (False, True):
        tables = [table for raw in workbook.sheets if raw.hidden is hidden and (table := _table_in(raw, known))]
        if tables:
            return tables
    needed = "、".join(f"“{label_of(sheet, name)}”" for name in sheet.needs)
    raise UnreadableWorkbookError(
        f"在“{workbook.file}”里没有找到{sheet.title}的表头。"
        f"表头至少要有{needed}，并与其他栏目写在同一行，请补上后再试。"
    )


def _best(tables: Sequence[Table]) -> Table:
    return max(tables, key=lambda table: (len(table.fields), len(table.raw.rows)))


def _rivals(table: Table, best: Table) -> bool:
    """Whether a table has lines, and most of the fields of the best one."""
    fields, wanted = ({candidate.field for candidate in t.fields.values()} for t in (table, best))
    return len(fields & wanted) >= _RIVALS * len(wanted) and len(table.raw.rows) > table.last + 1


def _table_in(raw: RawSheet, known: KnownHeads) -> Table | None:
    top = _Top(raw)
    guesses = [(top.score(known, first, last), -first, first, last) for first, last in top.possible_heads()]
    score, _, first, last = max(guesses, default=(0.0, 0, 0, 0))
    if not score:
        return None
    sample = raw.rows[last + 1 : last + 1 + _SAMPLED_ROWS]
    heads = tuple(
        Head(index, levels, [row[index] for row in sample if index < len(row)])
        for index, levels in enumerate(top.levels(first, last))
    )
    fields = map_columns(known, heads)
    names = {candidate.field for candidate in fields.values()}
    others = sum(bool(head.levels) and known.is_ignored(head.levels) for head in heads)
    if len(names) + others < _FEWEST_FIELDS or not names.issuperset(known.sheet.needs):
        return None
    repeated = tuple(head for head in heads if head.index not in fields and _is_needed(known, head))
    return Table(raw, first, last, heads, fields, repeated)


def _is_needed(known: KnownHeads, head: Head) -> bool:
    needed = (c for c in known.known(head.levels) if c.confidence == 1.0 and c.field in known.sheet.needs)
    return any(needed) and not all(map(is_blank, head.cells))


@dataclass(slots=True)
class _Top:
    """The first lines of a sheet, merged cells filled."""

    raw: RawSheet
    grid: list[list[str]] = field(init=False)
    _known: dict[Levels, list[Candidate]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rows = self.raw.rows[: _SEARCHED_ROWS + _MOST_LEVELS]
        width = min(max((len(row) for row in rows), default=0), _SEARCHED_COLUMNS)
        self.grid = [[*map(_shown, row[:width]), *[""] * (width - len(row))] for row in rows]
        for block in self.raw.blocks:
            for row in self.grid[block.top : block.bottom + 1]:
                text = "".join(self.grid[block.top][block.left : block.left + 1])
                row[block.left : block.right + 1] = [text] * len(row[block.left : block.right + 1])

    def possible_heads(self) -> Iterator[tuple[int, int]]:
        """First and last lines that may be a head: nothing in it is a title, nothing merged reaches in or out."""
        for first in range(min(len(self.grid), _SEARCHED_ROWS)):
            for last in range(first, min(first + _MOST_LEVELS, len(self.grid))):
                if _is_title(self.grid[last]):
                    break
                if not self._cuts_block(first, last):
                    yield first, last

    def _cuts_block(self, first: int, last: int) -> bool:
        return any(
            (block.top < first <= block.bottom) or (block.top <= last < block.bottom)
            for block in self.raw.blocks
            if block.bottom > block.top and block.top <= last
        )

    def levels(self, first: int, last: int) -> list[Levels]:
        """The head of each column from its top level down, without what only repeats the level above."""
        lines = [list(line) for line in self.grid[first : last + 1]]
        if not self.raw.blocks:
            for upper, lower in pairwise(lines):
                _spread(upper, lower)
        return [_without_repeats(column) for column in zip(*lines, strict=True)]

    def score(self, known: KnownHeads, first: int, last: int) -> float:
        """How many fields the lines name, and a little for every merged cell that holds two lines together."""
        candidates = [
            (index, candidate)
            for index, levels in enumerate(self.levels(first, last))
            for candidate in self._candidates(known, levels)
        ]
        chosen = assign(candidates)
        if not chosen:
            return 0.0
        evidence = sum(self._joins(line) for line in range(first, last))
        return sum(candidate.confidence for candidate in chosen.values()) + _EVIDENCE * evidence

    def _candidates(self, known: KnownHeads, levels: Levels) -> list[Candidate]:
        if levels not in self._known:
            self._known[levels] = known.known(levels)
        return self._known[levels]

    def _joins(self, line: int) -> int:
        """1 where merged cells show that this line and the next are one head, -1 where nothing does."""
        merged = (block for block in self.raw.blocks if block.top <= line <= block.bottom)
        return 1 if any(block.bottom > line or block.right > block.left for block in merged) else -1


def _shown(cell: Cell) -> str:
    return "" if is_blank(cell) else text_of(cell)


def _is_title(line: Sequence[str]) -> bool:
    """A line of one text, of texts too long for a head, or of entries to be filled in (填报单位：…)."""
    texts = {text for text in line if text}
    return len(texts) == 1 or sum(len(text) > _LONGEST_HEAD or _is_entry(text) for text in texts) * 2 > len(texts)


def _is_entry(text: str) -> bool:
    before, colon, after = without_brackets(plain(text)).partition(":")
    return bool(before and colon and after)


def _spread(upper: list[str], lower: Sequence[str]) -> None:
    """Without merged cells, a head of the upper level holds until the next one or a column without a lower one."""
    held = ""
    for index, below in enumerate(lower):
        held = upper[index] or held if below else ""
        upper[index] = upper[index] or held


def _without_repeats(column: Sequence[str]) -> Levels:
    levels: list[str] = []
    for text in column:
        if text and (not levels or normal_head(text) != normal_head(levels[-1])):
            levels.append(text.replace("\n", ""))
    return tuple(levels)


def head_texts(table: Table, index: int) -> frozenset[str]:
    """The forms in which the head of a column may be repeated further down."""
    levels = next((head.levels for head in table.heads if head.index == index), ())
    return frozenset(form for level in levels for form in (normal_head(level), bare_head(level)))
