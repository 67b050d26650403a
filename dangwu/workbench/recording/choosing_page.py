"""Which kind of activity is to be recorded: those that the organisation holds, the usual ones first."""

from datetime import date
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from dangwu.foundation.pages.shell import Crumb
from dangwu.organisations.queries import last_standing
from dangwu.records.kinds import ActivityKind
from dangwu.records.models import Activity
from dangwu.records.standing import activity_kinds
from dangwu.workbench.recording.activity_listing import HERE
from dangwu.workbench.recording.desk import kept_or_404
from dangwu.workbench.recording.forms import USUAL
from dangwu.workbench.recording.light import compressed
from dangwu.workbench.recording.queries import open_ones, times_held


class Way(NamedTuple):
    """A kind of activity, when it was last held, and the pages where it is recorded and planned."""

    kind: ActivityKind
    last: date | None
    record: str
    plan: str


@require_safe
@compressed
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose what to record."""
    organisation, today = kept_or_404(request, pk), timezone.localdate()
    standing = last_standing(organisation, today)
    assert standing
    last = times_held(organisation)
    ways = [_way(kind, pk, last.get(kind.id)) for kind in activity_kinds().held_by(standing.kind)]
    usual = {way.kind.id: way for way in ways if way.kind.id in USUAL}
    context = {
        "here": HERE,
        "heading": "记录活动",
        "lead": standing.called,
        "crumbs": [Crumb(standing.called, reverse("organisation", args=[pk])), Crumb("记录活动")],
        "usual": [usual[key] for key in USUAL if key in usual],
        "others": [way for way in ways if way.kind.id not in USUAL],
        "waiting": open_ones(organisation),
        "states": Activity.State,
    }
    return render(request, "workbench/recording/choose.html", context)


def _way(kind: ActivityKind, pk: int, last: date | None) -> Way:
    if kind.is_confidential:
        return Way(kind, last, reverse("talk-record", args=[pk, kind.id]), "")
    return Way(kind, last, reverse("record", args=[pk, kind.id]), reverse("activity-plan", args=[pk, kind.id]))
