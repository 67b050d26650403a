"""How offices lay a table out: titles, heads of several levels, branches as blocks, totals and remarks around it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from dangwu.foundation.sheets.cells import letter_of
from tests.corpus.shapes import Key, Line, Page

Heads = dict[str, str | tuple[str, ...]]  # by field the head, from its top level down


@dataclass(frozen=True)
class Layout:
    """`branch` says where the branch of a member stands: in a column, merged over its lines, in its first line, on a
    line of its own, in the title, or as a sheet for each.
    """

    titles: tuple[Sequence[str | None], ...] = ()
    title_merged: bool = True
    branch: str = "column"
    head_merged: bool = True
    serial: bool = False
    numbered_columns: bool = False
    extra: dict[str, Any] = field(default_factory=dict)  # columns that are none of ours: head → what stands in them
    indent: int = 0  # columns that stay empty on the left
    blank_column: int = 0  # an empty column before this one
    blank_rows: bool = False
    totals: bool = False
    head_again: bool = False
    closing: tuple[str, ...] = ()
    beside: tuple[Any, ...] = ()  # stray remarks to the right of the first lines
    twice: bool = False  # the same table once more to the right
    hidden: bool = False  # a line and a column are hidden
    filtered: bool = False
    others: tuple[tuple[str, tuple[tuple[Any, ...], ...], bool], ...] = ()  # other sheets: name, lines, hidden
    order: tuple[str, ...] = ()  # of the fields, where it is unusual


PLAIN = Layout()


def laid_out(layout: Layout, heads: Heads, lines: list[Line], name: str) -> tuple[list[Page], list[Key]]:
    """The sheets of a workbook, and what must be found on each."""
    others = [_other(title, rows, hidden=hidden) for title, rows, hidden in layout.others]
    if layout.branch != "sheet":
        page, key = _Table(layout, heads, name).page(lines)
        return [*others, page], [key]
    tables = [
        _Table(layout, heads, branch).page(list(of_branch))
        for branch, of_branch in groupby(lines, key=lambda line: line.truth["organisation"])
    ]
    return [*others, *(page for page, _ in tables)], [key for _, key in tables]


def _other(name: str, rows: tuple[tuple[Any, ...], ...], *, hidden: bool) -> Page:
    page = Page(name, hidden=hidden)
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            page.put(number, place, cell)
    return page


class _Table:
    def __init__(self, layout: Layout, heads: Heads, name: str) -> None:
        self.layout = layout
        self.page_ = Page(name, filtered=layout.filtered)
        in_column = layout.branch in {"column", "merged", "first"}
        fields = [f for f in (layout.order or heads) if in_column or f != "organisation"]
        columns: list[tuple[str, tuple[str, ...]]] = [("序号", ("序号",))] if layout.serial else []
        for name_ in fields:
            head = heads[name_]
            columns.append((name_, head if isinstance(head, tuple) else (head,)))
        columns += [(head, (head,)) for head in layout.extra]
        places = [
            layout.indent + n + (layout.blank_column <= n if layout.blank_column else 0) for n in range(len(columns))
        ]
        self.columns = list(zip(places, columns, strict=True))
        self.levels = max(len(head) for _, (_, head) in self.columns)
        self.last = places[-1]

    def page(self, lines: list[Line]) -> tuple[Page, Key]:
        row = self._titles()
        key = Key(self.page_.name, (row + 1, row + self.levels), self._letters())
        row = self._head(row)
        if self.layout.numbered_columns:
            for number, (place, _) in enumerate(self.columns, start=1):
                self.page_.put(row, place, str(number))
            row += 1
        first = row
        for branch, of_branch in groupby(
            enumerate(lines, start=1), key=lambda entry: entry[1].truth.get("organisation")
        ):
            row = self._block(row, branch, list(of_branch), key)
        row = self._closing(row)
        if self.layout.hidden:
            self.page_.hidden_rows, self.page_.hidden_columns = {first + 1}, {self.last}
        if self.layout.twice:
            shift = self.last + 2 - self.layout.indent
            for (at, place), cell in list(self.page_.cells.items()):
                if at >= key.head_rows[0] - 1 and place <= self.last:
                    self.page_.put(at, place + shift, cell)
            name = next(place for place, (field_, _) in self.columns if field_ == "name")
            key.problems.append((None, letter_of(name + shift), "column.unread"))
        return self.page_, key

    def _letters(self) -> dict[str, str]:
        extra = {"序号", *self.layout.extra}
        return {name: letter_of(place) for place, (name, _) in self.columns if name not in extra}

    def _titles(self) -> int:
        for row, title in enumerate(self.layout.titles):
            for place, text in enumerate(title):
                self.page_.put(row, place + self.layout.indent, text)
            if self.layout.title_merged and len(title) == 1:
                self.page_.merged.append((row, self.layout.indent, row, self.last))
        return len(self.layout.titles)

    def _head(self, row: int) -> int:
        """A head of fewer levels stands in the first line, merged down; one upper head is merged over its columns."""
        merged = self.layout.head_merged and self.levels > 1
        for place, (_, head) in self.columns:
            for level, text in enumerate(head):
                self.page_.put(row + level, place, text)
            if merged and len(head) < self.levels:
                self.page_.merged.append((row + len(head) - 1, place, row + self.levels - 1, place))
        for level in range(self.levels - 1):
            spans = groupby(
                self.columns, key=lambda column: column[1][1][: level + 1] if len(column[1][1]) > level + 1 else None
            )
            for upper, span in spans:
                places = [place for place, _ in span]
                if upper and len(places) > 1:
                    for place in places[1:]:
                        self.page_.cells.pop((row + level, place), None)
                    if merged:
                        self.page_.merged.append((row + level, places[0], row + level, places[-1]))
        return row + self.levels

    def _block(self, row: int, branch: str | None, lines: list[tuple[int, Line]], key: Key) -> int:
        if self.layout.branch == "banner":
            self.page_.put(row, self.layout.indent, branch)
            if self.layout.title_merged:
                self.page_.merged.append((row, self.layout.indent, row, self.last))
            row += 1
        first = row
        for number, line in lines:
            row = self._line(row, number, line, key, is_first=row == first)
        place = next((place for place, (name, _) in self.columns if name == "organisation"), None)
        if self.layout.branch == "merged" and place is not None and row - 1 > first:
            self.page_.merged.append((first, place, row - 1, place))
        if self.layout.totals:
            self.page_.put(row, self.layout.indent, "小计")
            self.page_.put(row, self.layout.indent + 1, len(lines))
            row += 1
        if self.layout.blank_rows:
            row += 1
        if self.layout.head_again:
            row = self._head(row)
        return row

    def _line(self, row: int, number: int, line: Line, key: Key, *, is_first: bool) -> int:
        for place, (name, _) in self.columns:
            if name == "序号":
                self.page_.put(row, place, number)
            elif name in self.layout.extra:
                self.page_.put(row, place, self.layout.extra[name])
            elif name != "organisation" or is_first or self.layout.branch == "column":
                self.page_.put(row, place, line.cells.get(name))
        if self.layout.beside and is_first:
            self.page_.put(row, self.last + 3, self.layout.beside[0])
        if line.counts:
            key.rows[row + 1] = line.truth
        key.problems += [(row + 1, key.columns.get(field_), code) for field_, code in line.codes]
        if line.truth.get("identity_number") and "identity_number" in key.columns:
            key.problems.append((row + 1, key.columns["identity_number"], "identity_number.region"))
        return row + 1

    def _closing(self, row: int) -> int:
        if self.layout.totals:
            self.page_.put(row, self.layout.indent, "合　计")
            row += 1
        for text in self.layout.closing:
            self.page_.put(row + 1, self.layout.indent, text)
            row += 1
        return row
