"""What a member finds of himself: what the rules ask of him, the activities of the year in which he was expected, his
hours and days.
"""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dangwu.compliance.living.own import own_duties
from dangwu.foundation.pages.parts import Part, StatTile, StatTiles
from dangwu.foundation.pages.shell import Crumb
from dangwu.foundation.requests import actor_of
from dangwu.kernel.span import Span
from dangwu.members.models import Person
from dangwu.members.queries import person_of_key
from dangwu.records.documents.words import number_told
from dangwu.workbench.recording.light import compressed
from dangwu.workbench.recording.own_year import OwnYear, own_year
from dangwu.workbench.years import year_asked


@never_cache
@require_safe
@compressed
def mine(request: HttpRequest) -> HttpResponse:
    """A year of one's own."""
    today, me = timezone.localdate(), person_of_key(actor_of(request).key)
    year = year_asked(request.GET.get("year", ""), today, ahead=1)
    mine = own_year(me, Span(date(year, 1, 1), date(year + 1, 1, 1)), today) if me else OwnYear(())
    duties = own_duties(me, year, today=today) if me else []
    context = {
        "here": "mine",
        "heading": f"我的 {year} 年组织生活",
        "crumbs": [Crumb("我的", reverse("mine")), Crumb("组织生活")],
        "tiles": StatTiles(tiles(mine)),
        "own": mine,
        "open": [duty for duty in duties if duty.is_open],
        "done": [duty for duty in duties if not duty.is_open],
        "earlier": f"?year={year - 1}",
        "later": f"?year={year + 1}" if year < today.year else "",
    }
    return render(request, "workbench/recording/own_year.html", context)


@dataclass(frozen=True, slots=True)
class OwnYearPart(Part):
    """The year so far, for one's own page."""

    template = "own_year"

    own: OwnYear
    tiles: StatTiles


def own_year_part(person: Person, today: date) -> OwnYearPart:
    """The activities of this year in which somebody was expected."""
    own = own_year(person, Span(date(today.year, 1, 1), date(today.year + 1, 1, 1)), today)
    return OwnYearPart(own, StatTiles(tiles(own)))


def tiles(own: OwnYear) -> list[StatTile]:
    """The figures of a year, each with the list behind it."""
    url = reverse("my-activities")
    return [
        StatTile("参加", own.present, url, f"应参加 {len(own.attended)} 次"),
        StatTile("学时", number_told(own.hours), url),
        StatTile("轮值天数", number_told(own.days), url),
    ]
