"""What part of a calendar is wanted."""

from collections.abc import Collection, Iterable
from typing import Any

from django import forms

from dangwu.compliance.living.matrix import Place
from dangwu.foundation.pages.selects import select
from dangwu.workbench.calendar.gathering import KINDS
from dangwu.workbench.forms import Choices

MOST = 40  # organisations of which branches are offered too
MOST_ABOVE = 400


class CalendarChoices(Choices):
    """The filter bar of a calendar; the month and the view go with it."""

    kind = select("内容")
    under = select("党组织")
    month = forms.CharField(required=False, max_length=7, widget=forms.HiddenInput())
    view = forms.CharField(required=False, max_length=4, widget=forms.HiddenInput())

    def __init__(self, data: Any, *, places: Collection[Place]) -> None:  # noqa: ANN401 - a QueryDict
        shown: Iterable[Place] = places if len(places) <= MOST else [each for each in places if not each.is_branch]
        under = [(str(place.organisation), place.name) for place in shown][:MOST_ABOVE]
        super().__init__(data, kind=list(KINDS.items()), under=under)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of entries that are wanted."""
        kind = self.wanted.get("kind")
        return frozenset({kind} if kind else KINDS)

    @property
    def organisation(self) -> int | None:
        """The organisation that is wanted with all below it."""
        under = self.wanted.get("under")
        return int(under) if under else None

    @property
    def chosen(self) -> bool:
        """Whether anything is held back."""
        return bool(self.wanted.keys() & {"kind", "under"})
