"""What a page is made of: small values that know their template, so that a page only writes `{{ timeline }}`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from dangwu.foundation.pages.words import shown


class Part:
    """A piece of a page. Its template sees it as `part`."""

    template: ClassVar[str]

    def __str__(self) -> str:
        """The piece as HTML, for templates."""
        return self.render()

    def render(self) -> SafeString:
        """The piece as HTML."""
        return render_to_string(f"foundation/components/{self.template}.html", {"part": self})


@dataclass(frozen=True, slots=True)
class Tag:
    """A word with a tone, for a cell or a line: overdue, warning, soon, hint, good, or none.

    The mark repeats the tone as a shape, for whoever does not see colours.
    """

    MARKS: ClassVar[dict[str, str]] = {"overdue": "✕", "warning": "△", "soon": "○", "hint": "◇", "good": "✓"}

    text: str
    tone: str = ""

    def __str__(self) -> str:
        """The word alone."""
        return self.text

    @property
    def mark(self) -> str:
        """The shape of the tone."""
        return self.MARKS.get(self.tone, "")


@dataclass(frozen=True, slots=True)
class Link:
    """A way on: a button of a page's head, or of an empty list."""

    title: str
    url: str
    main: bool = False  # what most people come for; at most one of a page


@dataclass(frozen=True, slots=True)
class EmptyState(Part):
    """Nothing is here: why, and the next step."""

    template = "empty_state"

    title: str
    text: str = ""
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class StatTile:
    """A figure with its list behind it. A figure without a list is not shown, so `url` is owed."""

    title: str
    value: object
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class StatTiles(Part):
    """Figures side by side."""

    template = "stat_tiles"

    tiles: Sequence[StatTile]


@dataclass(frozen=True, slots=True)
class Event:
    """What happened on a day. `kind` is a word or two, such as 换届 or 更名."""

    day: date
    title: str
    text: str = ""
    url: str = ""
    kind: str = ""
    ahead: bool = False  # will only happen


@dataclass(frozen=True, slots=True)
class Timeline(Part):
    """Events as the caller orders them, usually the latest first."""

    template = "timeline"

    events: Sequence[Event]
    empty: EmptyState = EmptyState("还没有记载")


@dataclass(frozen=True, slots=True)
class Tab:
    """A page beside others about the same thing."""

    title: str
    url: str
    here: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Tabs(Part):
    """Pages about the same thing."""

    template = "tabs"

    label: str
    tabs: Sequence[Tab]


@dataclass(frozen=True, slots=True)
class Datum:
    """A value that is held, why it is held, and where to ask for its correction."""

    label: str
    value: object
    purpose: str = ""
    correct_url: str = ""
    reveal_url: str = ""  # where a masked value is shown in full, for a purpose and with a log

    @property
    def is_empty(self) -> bool:
        """Whether nothing was entered."""
        return self.value in {None, ""}

    @property
    def shown(self) -> str:
        """The value as people read it."""
        return "未填写" if self.is_empty else shown(self.value)


@dataclass(frozen=True, slots=True)
class DefinitionList(Part):
    """Labels and values. An empty value is shown as not entered."""

    template = "definition_list"

    entries: Sequence[Datum]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Progress(Part):
    """How far something has come, in per cent, and what is being done."""

    template = "progress_line"

    step: str
    value: int
