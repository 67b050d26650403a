"""Lists to choose from: written in one go, and no different for that."""

import re

import pytest
from django import forms
from django.test.html import Element, parse_html

from dangwu.foundation.pages.selects import select

CHOICES = [("", "全部"), ("a", "甲<乙>"), ('"', "引号"), ("3", "三")]


class Bar(forms.Form):
    kind = select("类别", CHOICES)
    plain = forms.ChoiceField(required=False, choices=CHOICES, widget=forms.Select({"class": "form-select"}))


def written(name: str, chosen: str) -> Element:
    html = str(Bar({name: chosen})[name]).replace(name, "")
    return parse_html(re.sub(r">\s+<", "><", html))


@pytest.mark.parametrize("chosen", ["", "a", '"', "不在其中"])
def test_a_list_is_what_django_writes(chosen: str) -> None:
    assert written("kind", chosen) == written("plain", chosen)


def test_nothing_needs_to_be_chosen_and_nothing_else_can_be() -> None:
    assert Bar({"plain": "a"}).is_valid()
    assert Bar({"plain": "a", "kind": "b"}).errors["kind"]
