"""Reading records: for whom comes first."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from dangwu.access.models import Account
from dangwu.foundation.history import as_of
from dangwu.foundation.scope import Scope
from dangwu.kernel.span import Span
from dangwu.members.models import Person, Post
from dangwu.organisations.models import Organisation, Standing
from dangwu.records.models import (
    OPEN,
    Absence,
    Activity,
    AgendaItem,
    Attachment,
    Draft,
    Part,
    Participation,
    Partner,
    Resolution,
    Talk,
)
from dangwu.records.told import Away, Matter, Told, Vote, Whom


def activities(scope: Scope) -> QuerySet[Activity]:
    """What organisations in a scope plan and held, alone or with others, the newest first."""
    return _newest_first(Activity.objects.within(scope))


def walked_activities(scope: Scope) -> QuerySet[Activity]:
    """The same, where each is asked whether it is in the scope instead of each organisation for what it held: so the
    database can begin with the newest and stop when it has enough.
    """
    place = Standing.objects.within(scope).filter(organisation=OuterRef("organisation"))
    shared = Partner.objects.within(scope).values("activity")
    rows = Activity.objects.unscoped("each is asked whether it is in the scope")
    return _newest_first(rows.filter(Q(Exists(place)) | Q(pk__in=shared)))


def _newest_first(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    return rows.select_related("organisation").order_by("-held_on", "-pk")


def activity_in(scope: Scope, pk: int) -> Activity | None:
    """An activity of the scope."""
    return activities(scope).filter(pk=pk).first()


def activity_of(pk: int) -> Activity | None:
    """Any activity, for whoever asks next whom it concerns."""
    return Activity.objects.unscoped("whoever was expected there may read it").filter(pk=pk).first()


def held_in(scope: Scope, span: Span) -> QuerySet[Activity]:
    """What was concluded in a span."""
    return activities(scope).filter(state=Activity.State.CONCLUDED, held_on__gte=span.start, held_on__lt=span.end)


def open_activities(scope: Scope) -> QuerySet[Activity]:
    """What is planned, called, or waits to be concluded, the earliest first."""
    return activities(scope).filter(state__in=OPEN).order_by("held_on", "starts_at", "pk")


def waiting_partners(scope: Scope) -> QuerySet[Partner]:
    """Where organisations in a scope are named as partners of what was concluded, and have not yet said so."""
    rows = Partner.objects.within(scope).filter(confirmed_on=None, activity__state=Activity.State.CONCLUDED)
    return rows.select_related("activity").order_by("activity__held_on", "pk")


def left_open(organisation: Organisation, kinds: Sequence[str]) -> list[AgendaItem]:
    """What activities of these kinds left open and none has taken up since, the oldest first."""
    items = AgendaItem.objects.of(activity__organisation=organisation).filter(
        activity__kind__in=kinds, activity__state=Activity.State.CONCLUDED, left_open=True, carried_to__isnull=True
    )
    return list(items.select_related("activity").order_by("activity__held_on", "place"))


def last_of(organisation: Organisation, kind: str, before: date) -> Activity | None:
    """The last concluded activity of a kind before a day: where and by whom it was held is likely to be the same."""
    held = Activity.objects.of(organisation=organisation).filter(kind=kind, state=Activity.State.CONCLUDED)
    return held.filter(held_on__lt=before).order_by("-held_on", "-pk").first()


class Record(NamedTuple):
    """An activity with all its rows."""

    activity: Activity
    absences: list[Absence]
    parts: list[Part]
    partners: list[Partner]
    resolutions: list[Resolution]
    agenda: list[AgendaItem]
    participations: list[Participation]


def record_of(activity: Activity) -> Record:
    """Everything that is kept of an activity at hand. Six queries."""
    return Record(
        activity,
        list(Absence.objects.of(activity=activity).order_by("pk")),
        list(Part.objects.of(activity=activity).order_by("pk")),
        list(Partner.objects.of(activity=activity).order_by("pk")),
        list(Resolution.objects.of(activity=activity).order_by("place")),
        list(AgendaItem.objects.of(activity=activity).select_related("carried_from__activity").order_by("place")),
        list(Participation.objects.of(activity=activity).order_by("pk")),
    )


SAID = (
    *("kind", "held_on", "until_on", "starts_at", "ends_at", "group", "topic", "place", "expected", "present"),
    *("minutes", "hours", "days", "audience", "confirmed_by"),
)


def told_of(record: Record) -> Told:
    """What was told of an activity, as it would be told again."""
    activity, parts = record.activity, record.parts
    return Told(
        **{name: getattr(activity, name) for name in SAID},
        besides=activity.kinds[1:],
        chair=_one(parts, Part.Role.CHAIR, activity.chair),
        recorder=_one(parts, Part.Role.RECORDER, activity.recorder),
        lecturer=_one(parts, Part.Role.LECTURER, activity.lecturer),
        non_voting=_all(parts, Part.Role.NON_VOTING),
        mentors=_all(parts, Part.Role.MENTOR),
        absent=tuple(Away(row.person_id, row.reason) for row in record.absences if row.person_id),
        took_part=tuple(Whom(row.name, row.person_id) for row in record.participations),
        agenda=tuple(Matter(item.text, item.outcome, item.left_open, item.carried_from_id) for item in record.agenda),
        votes=tuple(Vote(row.text, row.in_favour, row.against, row.abstained) for row in record.resolutions),
        partners=tuple(row.organisation_id for row in record.partners),
    )


def _one(parts: list[Part], role: Part.Role, name: str) -> Whom | None:
    """Whoever did something; by the name alone where a ledger told no more."""
    return next(iter(_all(parts, role)), Whom(name) if name else None)


def _all(parts: list[Part], role: Part.Role) -> tuple[Whom, ...]:
    return tuple(Whom(part.name, part.person_id) for part in parts if part.role == role)


def led_by(person: Person, today: date) -> QuerySet[Post, int]:
    """The keys of the organisations whose secretary somebody is."""
    posts = Post.objects.of(person=person).filter(as_of(today), kind=Post.Kind.SECRETARY)
    return posts.values_list("organisation", flat=True)


def participations_of(person: Person, span: Span) -> QuerySet[Participation]:
    """Where somebody is named among those who took part."""
    rows = Participation.objects.of(person=person)
    return rows.filter(activity__held_on__gte=span.start, activity__held_on__lt=span.end)


def lectures_of(person: Person, span: Span) -> QuerySet[Part]:
    """Where somebody, known by key, lectured."""
    rows = Part.objects.of(person=person).filter(role=Part.Role.LECTURER)
    return rows.filter(activity__held_on__gte=span.start, activity__held_on__lt=span.end)


def talks_for(person: Person, today: date) -> QuerySet[Talk]:
    """The talks of which somebody may know: his own, and those kept by the organisations whose secretary he is."""
    mine = Q(talker=person) | Q(partner=person) | Q(activity__organisation__in=led_by(person, today))
    rows = Talk.objects.unscoped("a talk is for those concerned, wherever they are").filter(mine)
    return rows.select_related("activity__organisation", "talker", "partner").order_by("-activity__held_on", "-pk")


def not_talked_to(scope: Scope, organisation: Organisation | int, span: Span) -> QuerySet[Person]:
    """The people of an organisation with whom nobody had a recorded talk in a span. For its secretary alone."""
    talks = Talk.objects.of(activity__organisation=organisation).filter(
        activity__held_on__gte=span.start, activity__held_on__lt=span.end
    )
    belonging = Person.objects.within(scope)
    return belonging.exclude(pk__in=talks.values("partner")).exclude(pk__in=talks.values("talker")).order_by("pinyin")


def drafts_of(account: Account, organisation: Organisation, subject: str) -> list[Draft]:
    """What an account has typed of a record and not sent, the newest first."""
    own = Draft.objects.filter(account=account, organisation=organisation, subject=subject, undo=None)
    return list(own.order_by("-saved_at"))


def attachments_of(activity: Activity) -> list[Attachment]:
    """The files of an activity at hand, as they came."""
    return list(Attachment.objects.of(activity=activity).select_related("file").order_by("pk"))


def attachments(scope: Scope) -> QuerySet[Attachment]:
    """The files of whatever organisations in a scope held, alone or with others."""
    seen = Attachment.objects.unscoped("it is seen by whoever sees the activity, which is asked next")
    return seen.filter(activity__in=activities(scope).values("pk")).select_related("file", "activity__organisation")
