"""Which part of the tree and which days the figures are wanted of."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import Http404, QueryDict
from django.urls import reverse

from dangwu.foundation.pages.addresses import Choices
from dangwu.foundation.pages.finding import PickField
from dangwu.foundation.pages.selects import select
from dangwu.foundation.pages.shell import AsOf
from dangwu.foundation.scope import Scope
from dangwu.insights import spans
from dangwu.insights.parts import Part
from dangwu.insights.queries import part_in
from dangwu.insights.spans import Days
from dangwu.kernel.periods import Every, Period
from dangwu.organisations.models import Standing
from dangwu.organisations.queries import last_standing, tops
from dangwu.organisations.trees import found_for

YEARS = 5  # that are offered, this one the first
PARTS = (
    ("", "全年"),
    *(("H1", "上半年"), ("H2", "下半年")),
    *(("Q1", "第一季度"), ("Q2", "第二季度"), ("Q3", "第三季度"), ("Q4", "第四季度")),
)
NOT_BEGUN = "所选的时间还没有开始，下面是本年的数字。"
BACKWARDS = "起始日期晚于截止日期，下面是本年的数字；请改正其中一个日期。"
UNKNOWN = "没有找到这个党组织，请从列出的名称中选一个。"


class FigureChoices(forms.Form):
    """The bar over the figures. Both days together go before year and part."""

    organisation = PickField(label="党组织", required=False)
    year = select("年度")
    part = select("时段", PARTS)
    since = forms.DateField(label="或者从", required=False)
    until = forms.DateField(label="到", required=False)

    def __init__(self, asked: QueryDict, scope: Scope) -> None:
        super().__init__(asked)
        years = [(str(year), f"{year}年") for year in range(scope.on.year, scope.on.year - YEARS, -1)]
        year, place = self.fields["year"], self.fields["organisation"]
        assert isinstance(year, forms.ChoiceField)
        assert isinstance(place, PickField)
        year.choices = [("", years[0][1]), *years[1:]]
        as_of = AsOf(scope.on, scope.on, Choices(QueryDict()))
        place.find, place.url = (lambda text: found_for(scope, text, as_of)), reverse("organisations-found")
        place.widget.attrs |= {"class": "form-control", "placeholder": "名称或者拼音首字母", "autocomplete": "off"}
        for name in ("since", "until"):
            self.fields[name].widget = forms.DateInput({"type": "date", "class": "form-control"}, "%Y-%m-%d")

    @property
    def chosen(self) -> bool:
        """Whether anything was chosen."""
        return any(self.wanted.values())

    @cached_property
    def wanted(self) -> dict[str, Any]:
        """What was understood."""
        self.is_valid()
        return self.cleaned_data


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is shown: the part and how its organisation stands, the days, the form, and what to say about it."""

    part: Part
    standing: Standing
    days: Days
    form: FigureChoices
    trouble: str

    @property
    def asked(self) -> str:
        """The same choice in an address, without its question mark; other parameters fall away."""
        names = ("organisation_key", "year", "part", "since", "until")
        return urlencode({name: told for name in names if (told := self.form.data.get(name, ""))})


def chosen(asked: QueryDict, scope: Scope) -> Chosen:
    """What an address asks for of the organisations in a scope. Raises Http404 for what does not lie in it."""
    form = FigureChoices(_renewed(asked, scope), scope)
    days, trouble = _days(form.wanted, scope.on)
    if form.has_error("organisation"):
        trouble = UNKNOWN
    key = form.wanted.get("organisation", "")
    organisation = _key(key) if key else _first(scope)
    part, standing = part_in(scope, organisation), last_standing(organisation, scope.on)
    if part is None or standing is None:
        raise Http404
    told = asked.copy()
    told["organisation"], told["organisation_key"] = (standing.name, key) if key else ("", "")
    return Chosen(part, standing, days, FigureChoices(told, scope), trouble)


def _renewed(asked: QueryDict, scope: Scope) -> QueryDict:
    """The address without its key where the words in the box are newer, as they may be without a script."""
    key, words = asked.get("organisation_key", ""), asked.get("organisation", "").strip()
    standing = last_standing(_key(key), scope.on) if key and words else None
    if standing is None or words == standing.name:
        return asked
    renewed = asked.copy()
    renewed["organisation_key"] = ""
    return renewed


def _key(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 18):  # noqa: PLR2004 - digits of a key
        raise Http404
    return int(text)


def _first(scope: Scope) -> int:
    """The highest organisation of the scope."""
    highest = tops(scope).order_by("path").first()
    if highest is None:
        raise Http404
    return highest.organisation_id


def _days(wanted: dict[str, Any], today: date) -> tuple[Days, str]:
    """The days that are wanted, else this year's with the reason."""
    this_year = spans.of_period(Period.of(Every.YEAR, today), today)
    assert this_year
    since, until = wanted.get("since"), wanted.get("until")
    if since and until:
        if until < since:
            return this_year, BACKWARDS
        days = spans.from_to(max(since, date(1949, 10, 1)), until, today)
    else:
        days = spans.of_period(Period.parse(f"{wanted.get('year') or today.year}{wanted.get('part', '')}"), today)
    return (days, "") if days else (this_year, NOT_BEGUN)
