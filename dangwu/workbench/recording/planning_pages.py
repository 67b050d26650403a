"""From the plan to the call: what is to be held, whom it concerns, and the notice that tells them."""

from collections.abc import Sequence
from functools import partial
from io import BytesIO

import segno
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from dangwu.foundation.pages.forms import ConfirmForm, ReasonField
from dangwu.foundation.pages.shell import Crumb, tell
from dangwu.foundation.requests import actor_of
from dangwu.foundation.submissions import once
from dangwu.foundation.undo.keeping import way_back
from dangwu.notices.models import Notice
from dangwu.notices.policies import SEND
from dangwu.notices.services.drafting import Recipient, draft_notice
from dangwu.organisations.queries import last_standing
from dangwu.records.attending import Attendee
from dangwu.records.models import Activity
from dangwu.records.queries import record_of, told_of
from dangwu.records.services.planning import call_activity, cancel_activity, plan_activity
from dangwu.workbench.recording.activity_listing import HERE
from dangwu.workbench.recording.calling import invitation, notice
from dangwu.workbench.recording.desk import kept_or_404, kind_or_404, own_or_404, subject_of
from dangwu.workbench.recording.drafts import of_activity, of_kind, own_drafts, put_aside, taken
from dangwu.workbench.recording.forms import RecordForm, Subject, initial_of, typed
from dangwu.workbench.recording.opening import first_group, opening
from dangwu.workbench.recording.seeing import seen_or_404

PLANNED = frozenset(
    {
        *("held_on", "starts_at", "ends_at", "until_on", "place", "topic", "chair", "lecturer", "agenda", "besides"),
        *("idempotency_key", "version"),
    }
)
CALLABLE = frozenset({Activity.State.PLANNED, Activity.State.CALLED})


class PlanForm(RecordForm):
    """What can be said of an activity before it is held."""

    def _not_asked(self, kind: object, *, correcting: bool) -> list[str]:
        left = set(super()._not_asked(kind, correcting=correcting))  # type: ignore[arg-type] # a kind
        return sorted(left | (self.fields.keys() - PLANNED))


@once
def plan(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """Put down what is to be held."""
    organisation, found, today = kept_or_404(request, pk), kind_or_404(kind), timezone.localdate()
    standing = last_standing(organisation, today)
    if standing is None or standing.kind not in found.held_by:
        raise Http404
    group, _ = first_group(organisation, today, request.GET.get("group", ""))
    subject = Subject(found, standing, group if found.expected == "group" else "")
    initial = opening(subject, today, actor_of(request)).initial
    return _planned(request, subject, None, initial, of_kind("plan", found.id, subject.group))


@once
def replan(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Change a plan. Raises Http404 for what was held already."""
    activity = own_or_404(request, pk)
    if activity.state not in CALLABLE:
        raise Http404
    initial = initial_of(told_of(record_of(activity)))
    return _planned(request, subject_of(activity), activity, initial, of_activity("replan", pk))


def _planned(
    request: HttpRequest, subject: Subject, activity: Activity | None, initial: dict[str, object], draft_name: str
) -> HttpResponseBase:
    today, organisation = timezone.localdate(), subject.standing.organisation
    if draft := taken(request, own_drafts(request, organisation, draft_name)):
        before = PlanForm(initial=initial, of=activity, subject=subject)
        initial |= typed(before, QueryDict(draft.typed), today) | {"idempotency_key": draft.key}
    form = PlanForm(request.POST or None, initial=initial, of=activity, subject=subject)

    def write(**_: object) -> Activity:
        return plan_activity(
            by=actor_of(request), organisation=organisation, told=form.told(), today=today, activity=activity
        )

    if form.carried_out(write):
        put_aside(request, organisation, draft_name)
        tell(request, "已列入计划。", undo=way_back())
        return redirect("activity", form.result.pk)
    if form.is_conflict and activity:
        activity.refresh_from_db()
        form.compare(told_of(record_of(activity)))
    verb = "改计划" if activity else "计划"
    context = {"form": form, "submit": "保存计划", "kind": subject.kind, "people": form.called}
    return render(request, "workbench/recording/plan.html", context | _around(subject, verb), status=form.status)


def _around(subject: Subject, verb: str) -> dict[str, object]:
    standing = subject.standing
    return {
        "here": HERE,
        "heading": f"{verb}：{subject.kind.name}",
        "lead": standing.called,
        "crumbs": [Crumb(standing.called, reverse("organisation", args=[standing.organisation_id])), Crumb(verb)],
    }


@once
def call(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The notice for those who should come, and that they were told."""
    activity, today = own_or_404(request, pk), timezone.localdate()
    if activity.state not in CALLABLE:
        raise Http404
    subject, by = subject_of(activity), actor_of(request)
    people = subject.expected(activity.held_on)
    text = notice(activity, subject, people, told_of(record_of(activity)), today)
    form = ConfirmForm(request.POST or None, of=activity)
    if request.POST.get("then") == "draft":
        if form.carried_out(partial(_drafted, request, activity, people, text)):
            return redirect("notice", form.result.pk)
    elif form.carried_out(partial(call_activity, by=by, activity=activity, today=today)):
        tell(request, "已记下通知日期。", undo=way_back())
        return redirect("activity", pk)
    context = {
        "form": form,
        "activity": activity,
        "notice": text,
        "drafts": people and by.scope(SEND, today).covers(subject.standing.path),
        "people": people,
        "submit": "已经通知" if activity.state == Activity.State.PLANNED else "再次通知",
    }
    return render(request, "workbench/recording/call.html", context | _around(subject, "通知"), status=form.status)


def _drafted(request: HttpRequest, activity: Activity, people: Sequence[Attendee], text: str) -> Notice:
    """A notice of this site for those who should come, which a person reads over and sends."""
    title, _, rest = text.partition("\n")
    return draft_notice(
        by=actor_of(request),
        organisation=activity.organisation,
        about=title,
        recipients=[Recipient(person=one.person) for one in people],
        text=rest,
        url=reverse("activity", args=[activity.pk]),
        on=timezone.localdate(),
    )


class CancelForm(ConfirmForm):
    """Why it is called off."""

    reason = ReasonField(label="取消原因")


@once
def cancel(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Call an activity off."""
    activity, today = own_or_404(request, pk), timezone.localdate()
    if not activity.is_open:
        raise Http404
    form = CancelForm(request.POST or None, of=activity)
    if form.carried_out(partial(cancel_activity, by=actor_of(request), activity=activity, today=today)):
        tell(request, "已取消。", undo=way_back())
        return redirect("activity", pk)
    context = {
        "consequences": ["计划会保留，可以查看，但不再提醒，也不计入任何要求。", "已经通知的人，请另行告知。"],
        "form": form,
        "submit": "取消这次活动",
        "cancel": reverse("activity", args=[pk]),
    }
    return render(
        request, "foundation/confirm.html", context | _around(subject_of(activity), "取消"), status=form.status
    )


@require_safe
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The activity for somebody's calendar."""
    activity = _seen(request, pk)
    url = request.build_absolute_uri(reverse("activity", args=[pk]))
    answer = HttpResponse(invitation(activity, subject_of(activity), url), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="activity-{pk}.ics"'
    return answer


@require_safe
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """The address of the activity's page as a picture, for a screen or a printed notice."""
    _seen(request, pk)
    drawn = BytesIO()
    segno.make(request.build_absolute_uri(reverse("activity", args=[pk])), error="m").save(
        drawn, kind="svg", border=2, scale=4, xmldecl=False
    )
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


def _seen(request: HttpRequest, pk: int) -> Activity:
    """An activity that one sees, and of which one may know more than that it took place. Raises Http404."""
    activity = seen_or_404(request, pk)
    kind_or_404(activity.kind)
    return activity
