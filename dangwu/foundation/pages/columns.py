"""The columns of a list: what stands in a cell, on the page and in a workbook."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple

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
        )


class Cell(NamedTuple):
    """What a cell shows."""

    column: Column
    text: str
    tag: Tag | None
    url: str
    note: str

    @property
    def empty(self) -> bool:
        """Whether nothing is known."""
        return self.text == NOTHING
