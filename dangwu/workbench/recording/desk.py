"""What somebody is writing, and who may: outside one's scope there is neither organisation nor activity."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, QueryDict
from django.utils import timezone

from dangwu.foundation.fetching import fetch_or_404
from dangwu.foundation.requests import actor_of
from dangwu.foundation.scope import Scope
from dangwu.organisations.models import Organisation
from dangwu.organisations.queries import last_standing
from dangwu.records.kinds import ActivityKind
from dangwu.records.models import Activity, Draft
from dangwu.records.policies import KEEP, SEE
from dangwu.records.queries import activities, record_of, told_of
from dangwu.records.standing import activity_kinds
from dangwu.workbench.recording.drafts import of_activity, of_kind, own_drafts
from dangwu.workbench.recording.fields import day_told, key_of
from dangwu.workbench.recording.forms import RecordForm, Subject, initial_of
from dangwu.workbench.recording.opening import again, opening
from dangwu.workbench.recording.partners import found_partners


@dataclass
class Desk:
    """What somebody is writing: which kind of whose record, the row where there is one, and under which name its draft
    is kept.
    """

    request: HttpRequest
    subject: Subject
    today: date
    activity: Activity | None = None
    correcting: bool = False
    groups: list[str] = field(default_factory=list)

    @property
    def organisation(self) -> Organisation:
        return self.subject.standing.organisation

    @property
    def sees(self) -> Scope:
        """What whoever writes sees of records."""
        return _scope(self.request, SEE)

    @property
    def draft_name(self) -> str:
        if self.activity:
            return of_activity("correct" if self.correcting else "activity", self.activity.pk)
        return of_kind("record", self.subject.kind.id, self.subject.group)

    def drafts(self) -> list[Draft]:
        return own_drafts(self.request, self.organisation, self.draft_name)

    def form(self, data: QueryDict | None, initial: dict[str, Any]) -> RecordForm:
        return RecordForm(
            data,
            initial=initial,
            of=self.activity,
            subject=self.subject,
            correcting=self.correcting,
            find=found_partners,
        )

    def initial(self) -> dict[str, Any]:
        """What the page opens with; what somebody typed before comes first, where he asks for it."""
        if self.activity and self.activity.recorded_on is None and self.activity.state != Activity.State.MINUTED:
            fresh = opening(self.subject, self.activity.held_on, actor_of(self.request)).initial
            planned = initial_of(told_of(record_of(self.activity)))
            return fresh | {name: value for name, value in planned.items() if value not in (None, "", (), [])}
        if self.activity:
            return initial_of(told_of(record_of(self.activity))) | self._partners(self.activity)
        if like := key_of(self.request.GET.get("like", "")):
            return again(fetch_or_404(activities(_scope(self.request, SEE)), like), self.today)
        return opening(self.subject, self.opened_on or self.today, actor_of(self.request)).initial

    @property
    def opened_on(self) -> date | None:
        """The day on which a new record opens at somebody's wish, who is then asked for the real one."""
        return None if self.activity else day_told(self.request.GET.get("on", ""))

    @staticmethod
    def _partners(activity: Activity) -> dict[str, Any]:
        rows = record_of(activity).partners
        named = {row.organisation_id: last_standing(row.organisation_id, activity.held_on) for row in rows}
        return {"partners": [{"key": str(key), "text": s.name if s else ""} for key, s in named.items()]}


def _scope(request: HttpRequest, right: str) -> Scope:
    return actor_of(request).scope(right, timezone.localdate())


def kept_or_404(request: HttpRequest, pk: int) -> Organisation:
    """An organisation whose records the visitor keeps, where it stands or stood last. Raises Http404."""
    today = timezone.localdate()
    standing = last_standing(pk, today)
    if standing is None or not _scope(request, KEEP).covers(standing.path):
        raise Http404
    return standing.organisation


def own_or_404(request: HttpRequest, pk: int) -> Activity:
    """An activity whose record the visitor keeps. Raises Http404."""
    activity = fetch_or_404(activities(_scope(request, SEE)), pk)
    kept_or_404(request, activity.organisation_id)
    return activity


def kind_or_404(kind: str) -> ActivityKind:
    """A kind that has a record of its own. Raises Http404."""
    found = activity_kinds().get(kind)
    if found is None or found.is_confidential:
        raise Http404
    return found


def subject_of(activity: Activity) -> Subject:
    """What an activity at hand is a record of. Raises Http404 for kinds without a record of their own."""
    standing = last_standing(activity.organisation, activity.held_on)
    if standing is None:
        raise Http404
    return Subject(kind_or_404(activity.kind), standing, activity.group)
