"""Reading duties: for whom comes first, and as of which day."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, DateField, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from dangwu.duties.models import Assignment, Campaign, Note, Proof, Task
from dangwu.foundation.history import as_of
from dangwu.foundation.remembering import remembered
from dangwu.foundation.scope import Scope
from dangwu.kernel.span import Span
from dangwu.members.models import Post
from dangwu.organisations.models import Standing

OPEN = Q(done_on=None)
SOON = timedelta(days=7)
WHY = "told together with a duty that is in the scope"


def named(on: date, lookup: str, column: str = "name") -> Subquery:
    """What an organisation was on a day, or at last before it: its name, or another column of its standing."""
    rows = Standing.objects.unscoped(WHY).filter(organisation=OuterRef(lookup), valid_from__lte=on)
    return Subquery(rows.order_by("-valid_from").values(column)[:1])


def late(on: date, prefix: str = "") -> Q:
    """The condition that something should have been done by now and is not. What was reported waits for others."""
    overdue = Q((f"{prefix}done_on", None), (f"{prefix}due_on__lt", on))
    return overdue & ~Q((f"{prefix}state", Assignment.State.REPORTED))


def tasks(scope: Scope) -> QuerySet[Any]:
    """What organisations in a scope have others do or were handed, the newest first, with who set it (`place`), and of
    those in the scope how many have it (`handed`), have passed it on (`studied`), have done it (`done`) and are late.
    """
    mine = Assignment.objects.within(scope).filter(task=OuterRef("pk")).order_by().values("task")

    def counted(*condition: Q) -> Subquery:
        return Subquery(mine.filter(*condition).annotate(n=Count("pk")).values("n"))

    rows: QuerySet[Any] = Task.objects.within(scope).select_related("campaign", "organisation")
    told: QuerySet[Any] = rows.annotate(
        place=named(scope.on, "organisation"),
        # not in one: by the key of a task and an organisation SQLite would look for each organisation of the scope
        handed=Coalesce(counted(OPEN), 0) + Coalesce(counted(~OPEN), 0),
        studied=counted(~Q(studied_on=None) | ~OPEN),
        done=counted(~OPEN),
        overdue=counted(late(scope.on)),
    )
    return told.order_by("-received_on", "-pk")


def campaigns(scope: Scope) -> QuerySet[Any]:
    """Campaigns in which organisations of a scope have a part, the newest first, with who runs it (`place`) and how
    many measures it has.
    """
    rows: QuerySet[Any] = Campaign.objects.within(scope).select_related("organisation")
    number = Count("measures")
    told: QuerySet[Any] = rows.annotate(place=named(scope.on, "organisation"), number=number)
    return told.order_by("-starts_on", "-pk")


def assignments(scope: Scope) -> QuerySet[Any]:
    """What organisations in a scope were handed, what is due first at the top, with the organisation's name (`place`),
    where it stands (`path`), its kind, what stands above it (`above`), who answers for it (`holder`), and the first
    record by which it was fulfilled (`proof`). `today` and `soon` are the days by which lateness is told.
    """
    rows: QuerySet[Any] = Assignment.objects.within(scope).select_related("task__campaign", "organisation")
    parent = Standing.objects.unscoped(WHY).filter(as_of(scope.on), organisation=OuterRef("organisation"))
    above = Standing.objects.unscoped(WHY).filter(as_of(scope.on), organisation=OuterRef("up"))
    told: QuerySet[Any] = rows.annotate(
        place=named(scope.on, "organisation"),
        path=named(scope.on, "organisation", "path"),
        place_kind=named(scope.on, "organisation", "kind"),
        up=Subquery(parent.values("parent")[:1]),
        above=Subquery(above.values("name")[:1]),
        holder=_holder(scope.on),
        proof=_proof("title"),
        today=Value(scope.on, DateField()),
        soon=Value(scope.on + SOON, DateField()),
    )
    return told.order_by("due_on", "path", "pk")


POSTS: dict[str, str] = {str(kind): str(label) for kind, label in Post.Kind.choices}


def _holder(on: date) -> Subquery:
    """Who holds the post that answers for an assignment, on a day: it goes over to whoever holds it next."""
    held = Post.objects.unscoped(WHY).filter(as_of(on), organisation=OuterRef("organisation"), kind=OuterRef("post"))
    return Subquery(held.order_by("pk").values("person__name")[:1])


def _proof(column: str) -> Subquery:
    rows = Proof.objects.unscoped(WHY).filter(assignment=OuterRef("pk"))
    return Subquery(rows.order_by("held_on", "pk").values(column)[:1])


def proofs_of(assignment: Assignment) -> QuerySet[Proof]:
    """By which records an assignment was fulfilled."""
    return Proof.objects.of(assignment=assignment).order_by("held_on", "pk")


def cells(scope: Scope, measures: Iterable[int]) -> QuerySet[Any]:
    """What organisations in a scope were handed of these measures, as the matrix of a campaign needs it, in the order
    of the tree.
    """
    rows: QuerySet[Any] = Assignment.objects.within(scope).filter(task__in=list(measures))
    names = {"place": named(scope.on, "organisation"), "path": named(scope.on, "organisation", "path")}
    told: QuerySet[Any] = rows.annotate(**names)
    return told.order_by("path", "pk")


def notes_of(assignment: Assignment) -> QuerySet[Note]:
    """How far an assignment is, the latest first."""
    return Note.objects.of(assignment=assignment).order_by("-on", "-pk")


class OpenDuty(NamedTuple):
    """Something that an organisation has still to do: `reverse(url_name, args=[key])` is its page."""

    title: str
    due_on: date
    organisation: int
    url_name: str
    key: int


def open_duties(scope: Scope, on: date) -> list[OpenDuty]:
    """What organisations in a scope have still to do on a day, what is due first at the top; what they reported waits
    for the level above. One query.
    """
    told = _waiting(scope, on).values_list("task__title", "due_on", "organisation", "pk").order_by("due_on", "pk")
    return [OpenDuty(title, due, organisation, "duty", key) for title, due, organisation, key in told]


def number_open(scope: Scope, on: date) -> tuple[int, int]:
    """How many these are, and how many of them are late."""

    def find() -> tuple[int, int]:
        told = _waiting(scope, on).aggregate(number=Count("pk"), late=Count("pk", filter=Q(due_on__lt=on)))
        return told["number"], told["late"]

    return remembered(("open duties", scope, on), find)


def _waiting(scope: Scope, on: date) -> QuerySet[Assignment]:
    rows = Assignment.objects.within(scope).filter(OPEN | Q(done_on__gt=on), handed_on__lte=on)
    return rows.exclude(state=Assignment.State.REPORTED, done_on=None)


class OpenTask(NamedTuple):
    """How many organisations have still to do something by a day; `assignment` and `organisation` are those of one."""

    task: int
    title: str
    due_on: date
    number: int
    assignment: int
    organisation: int


def open_tasks(scope: Scope, span: Span) -> list[OpenTask]:
    """What organisations in a scope have still to do on its day and by a day of a span, a row a task. One query."""
    due = Assignment.objects.within(scope).filter(OPEN, due_on__gte=span.start, due_on__lt=span.end)
    waiting = due.exclude(state=Assignment.State.REPORTED)
    rows = waiting.order_by().values_list("task", "task__title", "due_on")
    counted = rows.annotate(number=Count("pk"), one=Min("pk"), place=Min("organisation"))
    return [OpenTask(*row) for row in counted.order_by("due_on", "task")]
