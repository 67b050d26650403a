"""The words in which a kind of workbook is declared and in which its reading answers.

A `Sheet` is a list of `Field`s. Reading a file by a sheet gives a `Reading`: where the table was found, which column
was taken for which field and how surely, the rows with clean values, and every problem with its place in the file.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

Cell = str | int | float | bool | date | datetime | time | timedelta | None


class Content(StrEnum):
    """What a column mostly holds, so that a form is laid out for it."""

    TEXT = "text"
    DIGITS = "digits"  # numbers that nobody adds up, and that a spreadsheet would round: identity, telephone
    DATE = "date"
    AMOUNT = "amount"


class Severity(StrEnum):
    """How much a problem matters: an error stops the value, a doubt asks a person, a warning only tells."""

    ERROR = "error"
    DOUBT = "doubt"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with one value, before anybody knows in which cell it stands."""

    code: str
    severity: Severity
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A flaw with its place. `row` counts from 1 as the office program shows it; `column` is its letter."""

    file: str
    sheet: str
    row: int | None
    column: str | None
    field: str | None
    code: str
    severity: Severity
    message: str
    remedy: str


class Parsed(NamedTuple):
    """The outcome of reading one cell: a clean value (None where there is none) and what was wrong with it."""

    value: Any
    flaws: tuple[Flaw, ...] = ()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What may decide how a cell is meant: the different cells of its column, and from when its file counts days."""

    cells: Collection[Cell]
    since_1904: bool


def shown(value: Any) -> str:  # noqa: ANN401 - whatever a field holds
    """The value as people write it; several in one cell are parted by 、."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


@dataclass(frozen=True, slots=True)
class Guide:
    """What a blank form tells of a column: how it is filled in, and for personal data what it is kept for.

    `choices` are the values that the form offers; others may be written, and are judged when they are read.
    """

    how: str = ""
    example: str = ""
    required: bool = False
    content: Content = Content.TEXT
    choices: tuple[str, ...] = ()
    kept_for: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One column a sheet may have.

    `parse` is pure, so equal cells are parsed once. `looks_like` knows a column by its content where no head helps.
    `within` gives the `parse` for one column where the meaning of a cell hangs on its surroundings.
    A field that `heads_blocks` may stand in the first line of a block only, and then holds for the lines below it.
    `show` is a clean value (never None) as people write it, so that `parse` reads it back.
    """

    name: str
    label: str
    aliases: tuple[str, ...]
    parse: Callable[[Cell], Parsed]
    looks_like: Callable[[Cell], bool] | None = None
    within: Callable[[Surroundings], Callable[[Cell], Parsed]] | None = None
    heads_blocks: bool = False
    show: Callable[[Any], str] = shown
    guide: Guide = Guide()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A kind of workbook: its title, its fields, and the fields without which a table is not of this kind.

    `ignored` are heads that resemble a field and are none.
    """

    title: str
    fields: tuple[Field, ...]
    needs: tuple[str, ...]
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: its letter, its (joined) head, the field it was taken for, and a confidence of 0 to 1."""

    letter: str
    head: str
    field: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: its number in the file and its values by field name (only fields that have a column)."""

    number: int
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fix:
    """A rule by which cells of a column were made clean: `birth_date.dots`. `old` and `new` are the commonest example,
    long numbers masked.
    """

    rule: str
    field: str
    column: str
    cells: int
    old: str
    new: str

    @property
    def example(self) -> str:
        """As people read it."""
        return f"{self.old} → {self.new}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from one workbook. `head_rows` are the first and the last line of the head, counted from 1; `fixes`
    by which rules cells were made clean; `cells` every line of the sheet as it stood, where that was asked for.
    """

    file: str
    sheet: str
    titles: tuple[str, ...]
    head_rows: tuple[int, int]
    columns: tuple[Column, ...]
    rows: list[Row]
    problems: list[Problem]
    fixes: tuple[Fix, ...] = ()
    cells: Sequence[Sequence[Cell]] = ()


class UnreadableWorkbookError(Exception):
    """The file cannot be read at all. Its text is a Chinese sentence that says what to do."""
