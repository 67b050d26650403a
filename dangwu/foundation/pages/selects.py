"""Fields with a list to choose from, as filter bars have them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

Pair = tuple[str, str]


class Select(forms.Select):
    """A list written in one go: Django renders two templates for each thing to choose, and there can be hundreds."""

    def render(self, name: str, value: Any, attrs: Mapping[str, Any] | None = None, renderer: Any = None) -> SafeString:  # noqa: ANN401, ARG002 - Django's own signature
        """The list as HTML. There are no groups in it."""
        chosen = set(self.format_value(value))
        options = "".join(
            f'<option value="{escape(key)}"{" selected" if str(key) in chosen else ""}>{escape(title)}</option>'
            for key, title in self.choices
        )
        told = flatatt({"name": name, **self.build_attrs(self.attrs, dict(attrs or {}))})
        return format_html("<select{}>{}</select>", told, mark_safe(options))  # noqa: S308 - every text in it was escaped


def select(label: str, choices: Sequence[Pair] = ()) -> forms.ChoiceField:
    """A field with a list to choose from; nothing needs to be chosen."""
    return forms.ChoiceField(label=label, required=False, choices=choices, widget=Select({"class": "form-select"}))
