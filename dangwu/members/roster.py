"""Who is on a roster as of a day: who belongs where, with all that a list shows, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, FilteredRelation, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from dangwu.foundation.history import as_of
from dangwu.foundation.scope import Scope
from dangwu.kernel.span import FAR
from dangwu.members.models import Affiliation, Circumstances, Membership, Post
from dangwu.organisations.models import Standing

Rows = QuerySet[Affiliation]
WHY = "told together with people who are in the scope"


def belonging(scope: Scope, kinds: Iterable[str] | None = None, *, walked: bool = False, bare: bool = False) -> Rows:
    """Everybody who belonged to an organisation in the scope on its day; where `kinds` are given, those alone whose
    membership was of one of them. His `membership`, his `circumstance` and the `place` of his organisation as they were
    on that day are read with the row; it can be filtered and ordered by them.

    Where they are `walked`, each is asked for his place instead of each place for its people: so the database can begin
    with the first by name and stop when it has enough, which is quicker where the scope holds most people of the site.
    Where they are `bare`, nothing is read with them: to count them costs less.
    """
    held = _each_within(scope) if walked else Affiliation.objects.within(scope).filter(as_of(scope.on))
    told = held if bare else _told(held, scope.on)
    if kinds is None:
        return told
    # to follow the membership that is read anyway is quicker than to ask whether there is one, but not for counting
    return _of_kinds(told, kinds, scope.on) if bare or walked else told.filter(Q(("membership__kind__in", list(kinds))))


def _each_within(scope: Scope) -> Rows:
    place = Standing.objects.within(scope).filter(organisation=OuterRef("organisation"))
    rows = Affiliation.objects.unscoped("each is asked whether it is in the scope")
    # asked for its last day in words that no index has: by such an index SQLite gathers and sorts them all
    last = Coalesce("valid_until", Value(FAR))
    return rows.alias(last=last).filter(Exists(place), valid_from__lte=scope.on, last__gt=scope.on)


def gone(scope: Scope) -> Rows:
    """Those who belonged last, before that day, to an organisation in the scope: moved away, or no longer members."""
    later = Affiliation.objects.unscoped(WHY).filter(
        person=OuterRef("person"), valid_from__lte=scope.on, valid_until__gt=OuterRef("valid_until")
    )
    rows = Affiliation.objects.within(scope).filter(valid_until__lte=scope.on)
    return _told(rows.filter(~Exists(later)), scope.on)


def holding(rows: Rows, kind: str, on: date) -> Rows:
    """Those among them who held a post of this kind on a day, wherever; of any kind for `any`."""
    posts = _then(Post, on).filter(person=OuterRef("person"))
    return rows.filter(Exists(posts if kind == "any" else posts.filter(kind=kind)))


def _of_kinds(rows: Rows, kinds: Iterable[str], on: date) -> Rows:
    held = _then(Membership, on).filter(person=OuterRef("person"), kind__in=list(kinds))
    return rows.filter(Exists(held))


# --- a page of them, read without the columns that it does not show: whole rows of five tables cost three times as much


class HeldPost(NamedTuple):
    """A post, and what its organisation is called."""

    organisation_id: int
    kind: str
    where: str


class LinePerson(NamedTuple):
    """Of a person what a page of the roster shows."""

    name: str
    birth: str
    held_posts: list[HeldPost]


class LineMembership(NamedTuple):
    """Of a membership likewise."""

    kind: str
    confirmed_on: date | None


class LineCircumstances(NamedTuple):
    """Of circumstances likewise."""

    employment: str
    whereabouts: str


class LinePlace(NamedTuple):
    """Of how an organisation stood likewise."""

    name: str
    short_name: str

    @property
    def called(self) -> str:
        """The name in daily use."""
        return self.short_name or self.name


class RosterLine(NamedTuple):
    """A row of a page, with what it shows under the names that whole rows have."""

    pk: int
    person_id: int
    organisation_id: int
    group: str | None
    person: LinePerson
    membership: LineMembership | None
    circumstance: LineCircumstances | None
    place: LinePlace | None


OWN = ("pk", "person_id", "organisation_id", "group__name", "person__name", "person__birth")
MEMBERSHIP = ("membership__pk", "membership__kind", "membership__confirmed_on")
CIRCUMSTANCES = ("circumstance__pk", "circumstance__employment", "circumstance__whereabouts")
PLACE = ("place__pk", "place__name", "place__short_name")


def lines(keys: Sequence[int], on: date) -> list[RosterLine]:
    """The rows with these keys, which were found within the scope of whoever asks, in any order. Costs two queries."""
    rows = _joined(Affiliation.objects.of(pk__in=keys), on)
    found = list(rows.values_list(*OWN, *MEMBERSHIP, *CIRCUMSTANCES, *PLACE))
    posts = _posts_of([row[1] for row in found], on)
    return [_line(row, posts[row[1]]) for row in found]


def _line(row: tuple[Any, ...], posts: list[HeldPost]) -> RosterLine:
    pk, person, organisation, group, name, birth = row[:6]
    membership, circumstance, place = row[6:9], row[9:12], row[12:]
    return RosterLine(
        pk,
        person,
        organisation,
        group,
        LinePerson(name, birth, posts),
        LineMembership(*membership[1:]) if membership[0] else None,
        LineCircumstances(*circumstance[1:]) if circumstance[0] else None,
        LinePlace(*place[1:]) if place[0] else None,
    )


def _posts_of(people: Sequence[int], on: date) -> dict[int, list[HeldPost]]:
    held: dict[int, list[HeldPost]] = defaultdict(list)
    rows = _then(Post, on).filter(person__in=people).annotate(where=_called(on)).order_by("pk")
    for person, *post in rows.values_list("person", "organisation", "kind", "where"):
        held[person].append(HeldPost(*post))
    return held


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
    posts = _then(Post, on).annotate(where=_called(on)).order_by("pk")
    told: Rows = _joined(rows, on).select_related("person", "group", "membership", "circumstance", "place")
    return told.prefetch_related(Prefetch("person__posts", posts, to_attr="held_posts"))


def _joined(rows: Rows, on: date) -> Any:  # noqa: ANN401 - rows with names that Django's types do not know
    return rows.annotate(
        membership=FilteredRelation("person__memberships", condition=_holds("person__memberships", on)),
        circumstance=FilteredRelation("person__circumstances", condition=_holds("person__circumstances", on)),
        place=FilteredRelation("organisation__standings", condition=_holds("organisation__standings", on)),
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
