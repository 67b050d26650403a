"""What a module says of a kind of workbook that can be brought in: how it is read, what each row means among what is
registered, and how it is written.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from django.db.models import Model

from dangwu.foundation.actors import Actor
from dangwu.foundation.imports.decisions import Decisions
from dangwu.foundation.imports.keepers import Keepers
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.sheets.amending import Amendments, Heads
from dangwu.foundation.sheets.reading import Progress
from dangwu.foundation.sheets.shapes import Flaw, Reading, Sheet

Json = dict[str, Any]


class Into(NamedTuple):
    """Where it goes and since when it holds: the key of the organisation that heads that part of the tree and its path,
    or None and an empty text for the whole site.
    """

    under: int | None
    place: str
    since: date


@dataclass(frozen=True, slots=True)
class Task:
    """What is brought in: by whom, since which day it holds, into which part of the tree, with which decisions. `under`
    is the key of the organisation that heads that part, None for the whole site; `recall` how such a head was
    understood before; `written` is called after
    every some hundred rows that were written.
    """

    by: Actor
    on: date
    under: int | None = None
    decisions: Decisions = field(default_factory=Decisions)
    recall: Callable[[Heads], Mapping[str, str]] | None = None
    written: Callable[[], None] = lambda: None


class ReadTable(NamedTuple):
    """A table of the file, and what its rows say, by their number; a row that the sheet does not take has no value."""

    reading: Reading
    values: dict[int, Any]


class Line(NamedTuple):
    """A row to be understood: where it stands, and what it says."""

    sheet: str
    number: int
    value: Any


class Difference(NamedTuple):
    """What a row would change, as people read it: the field, what is registered, what will be."""

    label: str
    old: str
    new: str


class Choice(NamedTuple):
    """What may be meant: its key, and how people know it."""

    key: int
    name: str


class Doubt(NamedTuple):
    """A flaw that shows only beside what is registered; `choices` are what may be meant: by the text in the field, or
    where it is `of_row` by the row as a whole, which with `or_new` may also mean somebody or something new. One that
    `asks` cannot be let pass: without an answer nobody knows what to write.
    """

    field: str
    flaw: Flaw
    choices: tuple[Choice, ...] = ()
    asks: bool = False
    of_row: bool = False
    or_new: bool = False


@dataclass(slots=True)
class Resolved:
    """What a row means. `target` is the key of what is registered, None for somebody or something new; `draft` what
    will be written, in JSON; `basis` the versions of the rows on which that rests.
    """

    title: str
    where: str = ""
    target: int | None = None
    differences: list[Difference] = field(default_factory=list)
    draft: Json = field(default_factory=dict)
    basis: Json = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)


class Accepted(NamedTuple):
    """A row that will be written; `ready` is what its kind has made of it beforehand."""

    sheet: str
    number: int
    target: int | None
    draft: Json
    basis: Json
    ready: Any = None


class OutdatedError(ObjectionError):
    """What a batch rests on has changed since it was staged."""

    def __init__(self, names: Sequence[str]) -> None:
        """Name some of those concerned."""
        few = "、".join(dict.fromkeys(names[:5]))
        more = f"等 {len(names)} 处" if len(names) > 5 else ""  # noqa: PLR2004 - as many as are named
        super().__init__(f"预览之后，{few}{more}的登记已被别人改过，没有导入任何内容。请重新核对后再导入。")


class Kind(Protocol):
    """A kind of workbook that can be brought in."""

    @property
    def name(self) -> str:
        """The word of commands and addresses."""
        ...

    @property
    def title(self) -> str:
        """As people read it."""
        ...

    @property
    def noun(self) -> str:
        """What is counted: 名党员."""
        ...

    @property
    def keepers(self) -> Keepers:
        """Who may bring it in, and where."""
        ...

    @property
    def unkept(self) -> frozenset[str]:
        """The fields that are read and not registered."""
        ...

    def sheet(self, on: date) -> Sheet:
        """Its columns as seen on a day."""
        ...

    def read(self, path: Path, *, on: date, amended: Amendments, progress: Progress | None) -> list[ReadTable]:
        """Read a file. Raises UnreadableWorkbookError."""
        ...

    def resolve(self, task: Task, lines: Sequence[Line]) -> Iterable[Resolved]:
        """What each row means among what is registered, in the order of the rows; one at a time where they are many."""
        ...

    def prepare(self, row: Accepted) -> Accepted:
        """The row with what takes long and rests on nothing that others may change meanwhile; not written yet."""
        ...

    def write(self, task: Task, rows: Iterable[Accepted]) -> None:
        """Write the rows. Part of an action. Raises OutdatedError where what they rest on has changed since."""
        ...

    def refuse_return(self, row: Model) -> None:
        """Refuse that a row stands again as it stood before an import. Raises ObjectionError."""
        ...
