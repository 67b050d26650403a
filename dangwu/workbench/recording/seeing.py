"""Who reads the record of an activity: whoever sees the organisation's records, and whoever was expected there."""

from django.http import Http404, HttpRequest
from django.utils import timezone

from dangwu.foundation.requests import actor_of
from dangwu.members.models import Person
from dangwu.members.queries import person_of_key
from dangwu.organisations.queries import last_standing
from dangwu.records.attending import attendees
from dangwu.records.models import Activity
from dangwu.records.policies import SEE
from dangwu.records.queries import activities, activity_of, record_of
from dangwu.records.standing import activity_kinds


def seen_or_404(request: HttpRequest, pk: int) -> Activity:
    """An activity that the visitor may read. Raises Http404."""
    by = actor_of(request)
    activity = activities(by.scope(SEE, timezone.localdate())).filter(pk=pk).first()
    if activity is None:
        me, activity = person_of_key(by.key), activity_of(pk)
        if me is None or activity is None or not concerns(activity, me):
            raise Http404
    return activity


def concerns(activity: Activity, person: Person) -> bool:
    """Whether somebody should come, came, or had a part in it; of a talk nobody learns here whom it concerns."""
    kind, standing = activity_kinds().get(activity.kind), last_standing(activity.organisation, activity.held_on)
    if kind is None or kind.is_confidential or standing is None:
        return False
    record = record_of(activity)
    if person.pk in {*(row.person_id for row in record.participations), *(row.person_id for row in record.parts)}:
        return True
    called = attendees(kind, standing, activity.held_on, group=activity.group)
    return person.pk in {one.person for one in called}
