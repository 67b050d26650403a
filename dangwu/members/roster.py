"""Who is on a roster as of a day: who belongs where, with all that a list shows, in a fixed number of queries."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, FilteredRelation, OuterRef, Prefetch, Q, QuerySet, Subquery

from dangwu.foundation.history import as_of
from dangwu.foundation.scope import Scope
from dangwu.members.models import MEMBERS, Affiliation, Circumstances, Membership, Post
from dangwu.organisations.models import Standing

Rows = QuerySet[Affiliation]
WHY = "told together with people who are in the scope"


def belonging(scope: Scope, *, walked: bool = False) -> Rows:
    """Everybody who belonged to an organisation in the scope on its day. His `membership`, his `circumstance` and the
    `place` of his organisation as they were on that day are read with the row; it can be filtered and ordered by them.

    Where they are `walked`, each is asked for his place instead of each place for its people: so the database can begin
    with the first by name and stop when it has enough, which is quicker where the scope holds most people of the site.
    """
    rows = _each_within(scope) if walked else Affiliation.objects.within(scope)
    return _told(rows.filter(as_of(scope.on)), scope.on)


def _each_within(scope: Scope) -> Rows:
    place = Standing.objects.within(scope).filter(organisation=OuterRef("organisation"))
    return Affiliation.objects.unscoped("each is asked whether it is in the scope").filter(Exists(place))


def gone(scope: Scope) -> Rows:
    """Those who belonged last, before that day, to an organisation in the scope: moved away, or no longer members."""
    later = Affiliation.objects.unscoped(WHY).filter(
        person=OuterRef("person"), valid_from__lte=scope.on, valid_until__gt=OuterRef("valid_until")
    )
    rows = Affiliation.objects.within(scope).filter(valid_until__lte=scope.on)
    return _told(rows.filter(~Exists(later)), scope.on)


def members(rows: Rows, on: date) -> Rows:
    """Those among them who were members of the Party on a day."""
    return of_kinds(rows, MEMBERS, on)


def of_kinds(rows: Rows, kinds: Iterable[str], on: date) -> Rows:
    """Those among them whose membership was of one of these kinds on a day. Asked without a join, for it is asked of
    everybody where thousands are counted.
    """
    held = _then(Membership, on).filter(person=OuterRef("person"), kind__in=list(kinds))
    return rows.filter(Exists(held))


def holding(rows: Rows, kind: str, on: date) -> Rows:
    """Those among them who held a post of this kind on a day, wherever; of any kind for `any`."""
    posts = _then(Post, on).filter(person=OuterRef("person"))
    return rows.filter(Exists(posts if kind == "any" else posts.filter(kind=kind)))


# --- what is read with a row; Django sets no attribute where there was nothing


def membership_of(row: Affiliation) -> Membership | None:
    """Whether he was a member on the day, and how."""
    return getattr(row, "membership", None)


def circumstance_of(row: Affiliation) -> Circumstances | None:
    """How he was on the day."""
    return getattr(row, "circumstance", None)


def place_of(row: Affiliation) -> Standing | None:
    """How his organisation stood on the day."""
    return getattr(row, "place", None)


def _told(rows: Rows, on: date) -> Rows:
    annotated: Any = rows.annotate(
        membership=FilteredRelation("person__memberships", condition=_holds("person__memberships", on)),
        circumstance=FilteredRelation("person__circumstances", condition=_holds("person__circumstances", on)),
        place=FilteredRelation("organisation__standings", condition=_holds("organisation__standings", on)),
    )
    posts = _then(Post, on).annotate(where=_called(on)).order_by("pk")
    told: Rows = annotated.select_related("person", "group", "membership", "circumstance", "place")
    return told.prefetch_related(Prefetch("person__posts", posts, to_attr="held_posts"))


def _then(model: Any, on: date) -> QuerySet[Any]:  # noqa: ANN401 - a model of dated rows
    """The rows of a day, to be told with people who are in the scope."""
    rows: QuerySet[Any] = model.objects.unscoped(WHY).filter(as_of(on))
    return rows


def _called(on: date) -> Subquery:
    """What the organisation of a post is called."""
    stands = _then(Standing, on).filter(organisation=OuterRef("organisation"))
    return Subquery(stands.values("name")[:1])


def _holds(lookup: str, on: date) -> Q:
    return as_of(on, f"{lookup}__")
