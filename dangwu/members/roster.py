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


def belonging(scope: Scope) -> Rows:
    """Everybody who belonged to an organisation in the scope on its day, ready to be filtered and ordered by
    `membership`, `circumstance` (how they were on that day) and `place` (how their organisation stood).
    """
    return _told(Affiliation.objects.within(scope).filter(as_of(scope.on)), scope.on)


def gone(scope: Scope) -> Rows:
    """Those who belonged last, before that day, to an organisation in the scope: moved away, or no longer members."""
    later = Affiliation.objects.unscoped(WHY).filter(
        person=OuterRef("person"), valid_from__lte=scope.on, valid_until__gt=OuterRef("valid_until")
    )
    rows = Affiliation.objects.within(scope).filter(valid_until__lte=scope.on)
    return _told(rows.filter(~Exists(later)), scope.on)


def members(rows: Rows) -> Rows:
    """Those among them who are members of the Party."""
    return of_kinds(rows, MEMBERS)


def of_kinds(rows: Rows, kinds: Iterable[str]) -> Rows:
    """Those among them whose membership is of one of these kinds."""
    condition = Q(membership__kind__in=list(kinds))
    return rows.filter(condition)


def holding(rows: Rows, kind: str, on: date) -> Rows:
    """Those among them who held a post of this kind on a day, wherever; of any kind for `any`."""
    posts = _then(Post, on).filter(person=OuterRef("person"))
    return rows.filter(Exists(posts if kind == "any" else posts.filter(kind=kind)))


def _told(rows: Rows, on: date) -> Rows:
    annotated = rows.annotate(
        membership=FilteredRelation("person__memberships", condition=_holds("person__memberships", on)),
        circumstance=FilteredRelation("person__circumstances", condition=_holds("person__circumstances", on)),
        place=FilteredRelation("organisation__standings", condition=_holds("organisation__standings", on)),
    )
    # the organisation by a join: many of them by their keys are more than SQLite takes in one statement
    return annotated.select_related("person", "group", "organisation").prefetch_related(
        _fetched("person__memberships", Membership, on),
        _fetched("person__circumstances", Circumstances, on),
        Prefetch(
            "person__posts",
            _then(Post, on).annotate(where=_called(on)).order_by("pk"),
            to_attr="held_posts",
        ),
        Prefetch("organisation__standings", _then(Standing, on), to_attr="stands"),
    )


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


def _fetched(lookup: str, model: Any, on: date) -> "Prefetch[Any]":  # noqa: ANN401 - a model of dated rows
    return Prefetch(lookup, _then(model, on), to_attr=f"held_{lookup.split('__')[1]}")
