"""What several organisations held together: whoever was named as a partner is asked once, and answers with a tap."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from dangwu.foundation.actors import Actor
from dangwu.foundation.fetching import fetch_or_404
from dangwu.foundation.pages.forms import ConfirmForm
from dangwu.foundation.pages.parts import Event
from dangwu.foundation.pages.shell import tell, warn
from dangwu.foundation.requests import actor_of
from dangwu.foundation.scope import Scope
from dangwu.foundation.submissions import once
from dangwu.foundation.undo.keeping import way_back
from dangwu.members.queries import names_of
from dangwu.organisations.models import Standing
from dangwu.organisations.queries import last_standing
from dangwu.records.models import Activity, Partner
from dangwu.records.policies import KEEP, may_answer_for
from dangwu.records.queries import waiting_partners
from dangwu.records.services.sharing import confirm_partner, decline_partner
from dangwu.workbench.recording.activity_listing import kind_words

ASKED = "待确认"


class Together(NamedTuple):
    """A partner of an activity, whether it still has to say so, and the form by which the visitor may say it."""

    row: Partner
    place: Standing | None
    waits: bool
    form: ConfirmForm | None


def together(activity: Activity, partners: Sequence[Partner], by: Actor) -> list[Together]:
    """The partners of an activity, as the page shows them."""
    return [_told(activity, row, by) for row in partners]


def _told(activity: Activity, row: Partner, by: Actor) -> Together:
    waits = row.confirmed_on is None and activity.state == Activity.State.CONCLUDED
    asked = waits and may_answer_for(by=by, partner=row, today=timezone.localdate())
    form = ConfirmForm(of=row, auto_id=False) if asked else None
    return Together(row, last_standing(row.organisation_id, activity.held_on), waits, form)


def asked_of(scope: Scope, most: int) -> Iterator[Event]:
    """What waits for organisations of a scope to be confirmed, the earliest first."""
    rows = list(waiting_partners(scope)[:most])
    called = names_of(key for row in rows for key in (row.organisation_id, row.activity.organisation_id))
    for row in rows:
        activity, on = row.activity, row.activity.held_on
        title = f"{kind_words(activity)}：{activity.topic}" if activity.topic else kind_words(activity)
        text = f"{called(activity.organisation_id, on)}记录，与{called(row.organisation_id, on)}共同开展"
        yield Event(on, title, text, url=reverse("activity", args=[activity.pk]), kind=ASKED)


@require_POST
@once
def answer(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take the answer of a partner. Raises Http404 for whoever does not keep its records."""
    by, today = actor_of(request), timezone.localdate()
    row = fetch_or_404(Partner.objects.within(by.scope(KEEP, today)).select_related("activity"), pk)
    declines, activity = request.POST.get("answer") == "decline", row.activity_id
    form = ConfirmForm(request.POST, of=row)
    if not form.carried_out(partial(decline_partner if declines else confirm_partner, by=by, partner=row, today=today)):
        warn(request, "".join(fault.text for fault in form.faults()))
        return redirect("activity", activity)
    tell(request, "已答复没有参加，不再列为联办。" if declines else "已确认，这次活动也计入本组织。", undo=way_back())
    return redirect("home") if declines else redirect("activity", activity)
