"""A workbook of the corpus: a layout × a hand × defects × the program that saved it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, ClassVar
from zlib import crc32

from dangwu.foundation.sheets.shapes import Cell, Reading
from tests.corpus.files import FILES
from tests.corpus.hands import as_is
from tests.corpus.layouts import PLAIN, Heads, Layout, laid_out
from tests.corpus.shapes import Defect, Hand, Hands, Key, Line, Page


@dataclass(frozen=True)
class Case:
    """`nothing` is how it writes that there is nothing; its seed is its name. What is `told` is true of every line."""

    name: str
    layout: Layout = PLAIN
    hands: Hands = field(default_factory=dict)
    defects: tuple[str, ...] = ()
    file: str = "xlsx"
    heads: Heads = field(default_factory=dict)
    number: int = 12
    nothing: tuple[Cell, ...] = (None,)
    told: dict[str, Any] = field(default_factory=dict)

    stem: ClassVar[str]
    usual_heads: ClassVar[Heads]
    tidy: ClassVar[Hands]
    every_defect: ClassVar[Mapping[str, Defect]]

    def entries(self, dice: Random) -> list[dict[str, Any]]:
        """What is true of every line, by field."""
        raise NotImplementedError

    def write(self, folder: Path) -> tuple[Path, list[Key]]:
        """The file, and what must be found on each of its tables."""
        suffix, write = FILES[self.file]
        path = folder / f"{self.stem}{suffix}"
        pages, keys = self.pages()
        write(path, pages)
        return path, keys

    def pages(self) -> tuple[list[Page], list[Key]]:
        dice = Random(crc32(self.name.encode()))  # noqa: S311 - a corpus is the same every time
        heads = self.heads or self.usual_heads
        lines = [self._line(entry, heads, dice) for entry in self.entries(dice)]
        for name in self.defects:
            self.every_defect[name](lines, dice)
        return laid_out(self.layout, heads, lines, self.stem)

    def _line(self, entry: dict[str, Any], heads: Heads, dice: Random) -> Line:
        line = Line({}, {})
        for name in dict.fromkeys([*heads, *(entry.keys() & {"organisation"})]):  # it may stand outside of the columns
            value = self.told.get(name, entry[name])
            hand = self.hands.get(name) or self.tidy.get(name) or Hand(as_is)
            line.truth[name] = None if value is None else hand.knows(value)
            line.cells[name] = dice.choice(self.nothing) if value is None else hand.write(value, dice)
        return line


def assert_found(reading: Reading, found: Mapping[int, Mapping[str, Any]], key: Key) -> None:
    """That the head, every value and every problem is found, and nothing else."""
    assert (reading.sheet, reading.head_rows) == (key.sheet, key.head_rows)
    assert {c.field: c.letter for c in reading.columns if c.field and c.field in key.columns} == key.columns
    assert found == key.rows
    told = sorted((problem.row or 0, problem.column or "", problem.code) for problem in reading.problems)
    assert told == sorted((row or 0, column or "", code) for row, column, code in key.problems)
