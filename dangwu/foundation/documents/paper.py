"""What stands on an official paper, in plain values: the same for PDF and for Word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Layout:
    """The paper it is printed on."""

    size: Literal["a4", "a3"] = "a4"
    landscape: bool = False
    cover: Sequence[str] = ()  # lines of a page before all others, on which the title stands
    tagged: bool = True  # in PDF: told to readers' software; a long table becomes ten times as large by it


UPRIGHT = Layout()


@dataclass(frozen=True, slots=True)
class Heading:
    """“一、总体情况”; one of the second level is “（一）第一党支部”. One that is `fresh` begins a page."""

    text: str
    level: int = 1
    fresh: bool = False
    kind: str = "heading"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A paragraph of the body, its first line indented by two characters."""

    text: str
    kind: str = "sentence"


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph of the body that opens with a word in colour (six hexadecimal digits)."""

    lead: str
    ink: str
    text: str
    kind: str = "item"


@dataclass(frozen=True, slots=True)
class Note:
    """A smaller paragraph."""

    text: str
    kind: str = "note"


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose head is repeated on every page and whose lines are never torn. `widths` are parts of the whole:
    millimetres where they add up to the width of the text (156 on a paper that stands upright).
    """

    heads: Sequence[str]
    widths: Sequence[float]
    lines: Sequence[Sequence[str]]
    kind: str = "table"


Block = Heading | Sentence | Item | Note | Table


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper: its title, the day it bears, and what stands on it. The same paper gives the same bytes."""

    title: str
    day: date
    blocks: Sequence[Block]
    checkpoint: str = ""  # where the audit stood, at the end
    layout: Layout = UPRIGHT
