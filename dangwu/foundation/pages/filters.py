"""The filters of a list. What an address asks for and a filter does not understand chooses nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet

from dangwu.foundation.pages.selects import Pair, select
from dangwu.kernel.days import told_day

Rows = Any  # a QuerySet, or a sequence of anything
Narrowing = str | Callable[[Rows, Any], Rows]


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter. `by` narrows the rows, or is the lookup by which a queryset is filtered (an attribute elsewhere)."""

    name: str
    title: str
    by: Narrowing

    def field(self, offered: Sequence[Pair]) -> forms.Field:
        """The field that asks for it."""
        raise NotImplementedError

    def narrow(self, rows: Rows, value: object) -> Rows:
        """The rows that were asked for."""
        if callable(self.by):
            return self.by(rows, value)
        if isinstance(rows, QuerySet):
            return rows.filter(**{self.by: value})
        return [row for row in rows if self.matches(getattr(row, self.by), value)]

    def matches(self, held: object, value: object) -> bool:
        """Whether a row that is in no database is wanted."""
        return held == value

    def told(self, value: object, offered: Sequence[Pair]) -> str:
        """The choice in words."""
        return f"{self.title}：{dict(offered).get(str(value), value)}"


@dataclass(frozen=True, slots=True)
class Text(Filter):
    """A search box."""

    help: str = ""  # what may be typed, inside the box while it is empty

    def field(self, offered: Sequence[Pair]) -> forms.Field:  # noqa: ARG002 - a box offers nothing
        """A box of a hundred letters."""
        attributes = {"type": "search", "class": "form-control", "placeholder": self.help, "autocomplete": "off"}
        return forms.CharField(label=self.title, required=False, max_length=100, widget=forms.TextInput(attributes))

    def matches(self, held: object, value: object) -> bool:
        """Whether it is contained."""
        return str(value) in str(held)


@dataclass(frozen=True, slots=True)
class Choice(Filter):
    """One of several. What is offered may also be handed to the list, where it depends on who asks."""

    offered: Sequence[Pair] = ()

    def field(self, offered: Sequence[Pair]) -> forms.Field:
        """A list to choose from."""
        return select(self.title, [("", "全部"), *offered])

    def matches(self, held: object, value: object) -> bool:
        """Whether it is the same when written."""
        return str(held) == value


@dataclass(frozen=True, slots=True)
class Toggle(Filter):
    """A box to tick."""

    def field(self, offered: Sequence[Pair]) -> forms.Field:  # noqa: ARG002 - a box offers nothing
        """The box."""
        widget = forms.CheckboxInput({"class": "form-check-input"})
        return forms.BooleanField(label=self.title, required=False, widget=widget)

    def told(self, value: object, offered: Sequence[Pair]) -> str:  # noqa: ARG002 - ticked or not
        """Its title says it."""
        return self.title


@dataclass(frozen=True, slots=True)
class Day(Filter):
    """A day, such as the first of a span: `Day("since", "起始日期", "held_on__gte")`."""

    FORM: ClassVar[str] = "%Y-%m-%d"

    def field(self, offered: Sequence[Pair]) -> forms.Field:  # noqa: ARG002 - any day
        """The browser's calendar."""
        widget = forms.DateInput({"type": "date", "class": "form-control"}, self.FORM)
        return forms.DateField(label=self.title, required=False, widget=widget)

    def told(self, value: object, offered: Sequence[Pair]) -> str:  # noqa: ARG002 - any day
        """The day in full."""
        assert isinstance(value, date)
        return f"{self.title}：{told_day(value)}"
