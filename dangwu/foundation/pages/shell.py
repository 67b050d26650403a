"""What surrounds every page: where one is, which day it shows, and what was just done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.contrib import messages
from django.http import HttpRequest, QueryDict

from dangwu.foundation.pages.addresses import Choices
from dangwu.foundation.pages.parts import Part


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of the navigation, the open one where the context's `here` is its key. Without an address it is only
    the heading of its items.
    """

    title: str
    url: str
    key: str
    items: Sequence["NavItem"] = ()
    count: int | None = None  # how many things wait there


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the way to a page."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class AsOf(Part):
    """The bar that says which day a page shows, and changes it: the parameter `on` of its address."""

    template = "as_of"

    on: date
    today: date
    choices: Choices

    @classmethod
    def of(cls, asked: QueryDict, *, today: date) -> Self:
        """The day that an address asks for; today where it asks for none, or for what is no day."""
        try:
            on = date.fromisoformat(asked.get("on", ""))
        except ValueError:
            on = today
        return cls(on, today, Choices(asked))

    @property
    def is_past(self) -> bool:
        """Whether the page shows how it was."""
        return self.on < self.today

    @property
    def is_ahead(self) -> bool:
        """Whether the page shows how it will be by what is decided."""
        return self.on > self.today

    @property
    def url_of_today(self) -> str:
        """The same page as of today."""
        return self.choices.without("on", "page")

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the change of the day keeps."""
        return self.choices.kept("on", "page")

    @property
    def parameter(self) -> str:
        """For links to other pages that shall show the same day: `?on=2025-03-01`, or nothing for today."""
        return "" if self.on == self.today else f"?on={self.on.isoformat()}"


def tell(request: HttpRequest, text: str, *, undo: str = "") -> None:
    """Say on the next page what was done; `undo` is the address to which the button “撤回” posts."""
    messages.success(request, text, extra_tags=undo)


def warn(request: HttpRequest, text: str) -> None:
    """Say on the next page what did not work, and what to do."""
    messages.warning(request, text)
