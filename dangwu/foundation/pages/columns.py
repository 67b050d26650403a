"""The columns of a list: what stands in a cell, on the page and in a workbook."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape
from operator import attrgetter
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from dangwu.foundation.pages.parts import Tag
from dangwu.foundation.pages.words import NOTHING, shown


@dataclass(frozen=True, slots=True)
class Column:
    """One column. Without `value` it shows the attribute of its name (`person.name` goes on from there).

    `sort` names the fields by which a queryset is ordered; rows that are no queryset are ordered by the value itself
    when it is not empty. Only such columns can be sorted by.
    """

    name: str
    title: str
    value: Callable[[Any], object] | None = None
    sort: tuple[str, ...] = ()
    link: Callable[[Any], str] | None = None
    note: Callable[[Any], object] | None = None  # a second, smaller line
    width: int = 14  # letters in a workbook
    number: bool = False  # stands to the right
    only_exported: bool = False

    def value_of(self, row: Any) -> Any:  # noqa: ANN401 - rows are of any model
        """What the column says of a row."""
        return self.value(row) if self.value else attrgetter(self.name)(row)

    def cell(self, row: Any) -> "Cell":  # noqa: ANN401 - rows are of any model
        """The cell of a row, ready to be shown."""
        value = self.value_of(row)
        return Cell(
            column=self,
            text=shown(value),
            tag=value if isinstance(value, Tag) else None,
            url=self.link(row) if self.link else "",
            note=shown(self.note(row), "") if self.note else "",
            day=isinstance(value, date),
        )


class Cell(NamedTuple):
    """What a cell shows. A page has hundreds, so they write themselves: a template takes ten times as long."""

    column: Column
    text: str
    tag: Tag | None
    url: str
    note: str
    day: bool = False  # stays on one line

    @property
    def empty(self) -> bool:
        """Whether nothing is known."""
        return self.text == NOTHING

    @property
    def as_head(self) -> SafeString:
        """The cell as the head of its row, in HTML."""
        return written(HEAD["day" if self.day else ""], self._inner)

    @property
    def as_data(self) -> SafeString:
        """The cell in HTML; narrow screens repeat the title of its column."""
        kind = "number" if self.column.number else "unknown" if self.empty else "day" if self.day else ""
        return written(DATA[kind], self.column.title, self._inner)

    @property
    def _inner(self) -> str:
        inner = _drawn(self.tag) if self.tag else self.text
        if self.url:
            inner = written('<a href="{}">{}</a>', self.url, inner)
        return written("{}<small>{}</small>", inner, self.note) if self.note else inner


@lru_cache(maxsize=1_000)
def _drawn(tag: Tag) -> SafeString:
    """A tag in HTML: a list has many and few different ones."""
    return render_to_string("foundation/components/tag.html", {"tag": tag})


class Line(tuple[Cell, ...]):
    """The cells of a row, the first of which is its head."""

    __slots__ = ()

    def __str__(self) -> str:
        """The row in HTML, for templates."""
        head, *others = self
        return SafeString(f"<tr>{head.as_head}{''.join(cell.as_data for cell in others)}</tr>")


def written(pattern: str, *values: str) -> SafeString:
    """What Django's format_html makes of texts. That asks each value first whether it is lazy, which takes longer than
    all the rest.
    """
    return SafeString(pattern.format(*(value if isinstance(value, SafeString) else escape(value) for value in values)))


HEAD = {"": '<th scope="row">{}</th>', "day": '<th scope="row" class="day">{}</th>'}
DATA = {
    "": '<td data-title="{}">{}</td>',
    "number": '<td data-title="{}" class="number">{}</td>',
    "day": '<td data-title="{}" class="day">{}</td>',
    "unknown": '<td data-title="{}" class="unknown">{}</td>',
}
