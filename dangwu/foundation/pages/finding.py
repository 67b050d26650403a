"""Finding while typing. Without a script it is a search form; its view answers both."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from dangwu.foundation.pages.parts import Part

LONGEST = 100  # letters of a question
SHOWN = 12  # answers at once


@dataclass(frozen=True, slots=True)
class Finder(Part):
    """A box that asks `url` with what is typed as the parameter `q`."""

    template = "finder"

    url: str
    label: str
    key: str = "finder"  # tells it from others on the page
    placeholder: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """An answer: what it is called, where it is, and what tells it from its namesakes."""

    title: str
    url: str
    note: str = ""
    key: str = ""  # what a form gets where it is chosen


@dataclass(frozen=True, slots=True)
class FoundList(Part):
    """The answers under a box."""

    template = "found"

    found: Sequence[Found]
    asked: str = ""


def asked(request: HttpRequest) -> str:
    """What was typed, shortened, without what no database takes."""
    return request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]


def wants_answers(request: HttpRequest) -> bool:
    """Whether the box asks, and not somebody who wants a page."""
    return request.GET.get("as") == "found"


def answers(found: Sequence[Found], request: HttpRequest) -> HttpResponse:
    """The first answers, for the box."""
    return HttpResponse(str(FoundList(found[:SHOWN], asked(request))))


class PickInput(forms.TextInput):
    """A box with answers, whose choice travels in a hidden field beside it."""

    template_name = "foundation/components/pick_input.html"

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> tuple[str, str]:  # noqa: ANN401 - Django's own signature
        """The key that was chosen, and the words in the box."""
        text = super().value_from_datadict(data, files, name)
        return str(data.get(f"{name}_key") or ""), str(text or "").strip()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:  # noqa: ANN401 - Django's own signature
        """The box with its words, and the key."""
        key, text = value if isinstance(value, tuple) else ("", value)
        context = super().get_context(name, text, attrs)
        context["widget"]["key"] = key
        return context


class PickField(forms.Field):
    """One of very many, found by typing. Its value is the key of what was found.

    `find` answers a text, and must find nothing that whoever asks may not choose; `url` is the address that shows the
    same answers to the box. Without a script the words in the box must mean exactly one. Whether a chosen key may be
    used is for the service to say.
    """

    widget = PickInput

    def __init__(self, *, url: str = "", find: Callable[[str], Sequence[Found]] = lambda _: (), **options: Any) -> None:  # noqa: ANN401 - the options of a field
        """Take where and how to find; both are often set by the form's own __init__, which knows who asks."""
        super().__init__(**options)
        self.find = find
        self.url = url

    @property
    def url(self) -> str:
        """The address that the box asks."""
        return str(self.widget.attrs.get("data-find", ""))

    @url.setter
    def url(self, url: str) -> None:
        self.widget.attrs["data-find"] = url

    def bound_data(self, data: Any, initial: Any) -> Any:  # noqa: ANN401, ARG002 - Django's own signature
        """What was sent."""
        return data

    def to_python(self, value: Any) -> str:  # noqa: ANN401 - what the widget read
        """The key that was chosen, or of the one thing that the words mean."""
        key, text = value if isinstance(value, tuple) else ("", "")
        if key or not text:
            return str(key)
        found = self.find(text)
        exact = [each for each in found if each.title == text] or found
        if len(exact) != 1:
            raise forms.ValidationError(self._doubt(text, exact))
        return exact[0].key

    @staticmethod
    def _doubt(text: str, found: Sequence[Found]) -> str:
        if not found:
            return f"没有找到“{text}”，请换一种写法。"
        names = "、".join(f"{each.title}（{each.note}）" if each.note else each.title for each in found[:5])
        return f"“{text}”可以指：{names}。请写得更具体。"
