"""What a workbook of the corpus is made of: lines of cells with their truth, and what must be found in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any, NamedTuple

from dangwu.foundation.sheets.shapes import Cell

Cells = dict[str, Any]  # by field, as they are written: a `Cell`, or one of the two below


class Formula(NamedTuple):
    """A formula and what it came to."""

    text: str
    result: Cell


class Fault(NamedTuple):
    """A cell in which the office program shows an error of its own."""

    text: str


@dataclass
class Line:
    """A line of a table: what is written, what is true, which problems it has (by field), and whether it counts.

    One that is taken has a defect, or is part of one.
    """

    cells: Cells
    truth: dict[str, Any]
    codes: list[tuple[str, str]] = field(default_factory=list)
    counts: bool = True
    taken: bool = False


class Hand(NamedTuple):
    """How a clerk writes a value, and what can be known from it."""

    write: Callable[[Any, Random], Cell]
    knows: Callable[[Any], Any] = lambda value: value


Hands = Mapping[str, Hand]
Defect = Callable[[list[Line], Random], None]


@dataclass
class Page:
    """A sheet on its way into a file. Lines and columns count from 0."""

    name: str
    cells: dict[tuple[int, int], Any] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    filtered: bool = False

    def put(self, row: int, column: int, cell: Any) -> None:  # noqa: ANN401 - whatever is written
        if cell is not None:
            self.cells[row, column] = cell

    @property
    def rows(self) -> list[list[Any]]:
        height = max((row for row, _ in self.cells), default=-1) + 1
        width = max((column for _, column in self.cells), default=-1) + 1
        return [[self.cells.get((row, column)) for column in range(width)] for row in range(height)]


@dataclass
class Key:
    """What must be found on one sheet: the head, the field of each column, the rows and all problems."""

    sheet: str
    head_rows: tuple[int, int]
    columns: dict[str, str]
    rows: dict[int, dict[str, Any]] = field(default_factory=dict)
    problems: list[tuple[int | None, str | None, str]] = field(default_factory=list)
