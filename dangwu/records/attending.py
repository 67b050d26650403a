"""Who should come to an activity, by its kind and the roster of its day."""

from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from dangwu.foundation.history import as_of
from dangwu.foundation.scope import Scope
from dangwu.kernel.tree_path import TreePath
from dangwu.members.ages import years_before
from dangwu.members.models import MEMBERS, Affiliation, Circumstances, Membership, Person, Post
from dangwu.organisations.models import Standing
from dangwu.records.kind_shapes import Expected
from dangwu.records.kinds import ActivityKind

YOUNG = 40  # years; whoever has reached them belongs to the group until his next birthday
MOST = 300  # people told one by one; of more the page asks for numbers alone
NO_COMMITTEE = frozenset({Post.Kind.GROUP_LEADER, Post.Kind.PARTY_AFFAIRS_STAFF})
AT_HAND = "the organisation is at hand already"


class Attendee(NamedTuple):
    """Somebody who should come, whether he has a vote, and a word on him."""

    person: int
    name: str
    votes: bool
    note: str


def attendees(kind: ActivityKind, standing: Standing, on: date, *, group: str = "") -> list[Attendee]:
    """Who should come to an activity of a kind, by name as the roster has them, those first who lead. Nobody where the
    kind names whoever comes or only counts them. Three queries.
    """
    people = _called(kind, standing, on, group)
    return [] if people is None else _told(people, standing, on, on_committee=kind.expected is Expected.COMMITTEE)


def roster(standing: Standing, on: date) -> list[Attendee]:
    """Everybody of whom some may have come: the members of an organisation and of all below it. Three queries."""
    return _told(_members(standing, on), standing, on)


def _told(people: QuerySet[Person], standing: Standing, on: date, *, on_committee: bool = False) -> list[Attendee]:
    found = list(people.order_by("pinyin", "pk").values_list("pk", "name"))
    keys = [pk for pk, _ in found]
    kinds = dict(_memberships(keys, on))
    posts = _posts_of(keys, standing, on)
    told = [_attendee(pk, name, kinds.get(pk, ""), posts.get(pk), on_committee=on_committee) for pk, name in found]
    return sorted(told, key=lambda someone: someone.person not in posts)


def how_many(kind: ActivityKind, standing: Standing, on: date) -> int:
    """How many should come. One query."""
    people = _called(kind, standing, on, "")
    return people.count() if people is not None else 0


def _attendee(pk: int, name: str, membership: str, post: str | None, *, on_committee: bool) -> Attendee:
    votes = on_committee or membership in {Membership.Kind.FULL, ""}
    note = Post.Kind(post).label if post else ""
    return Attendee(pk, name, votes, note or ("" if votes else Membership.Kind(membership).label))


def _called(kind: ActivityKind, standing: Standing, on: date, group: str) -> QuerySet[Person] | None:
    match kind.expected:
        case Expected.MEMBERS:
            return _members(standing, on)
        case Expected.GROUP:
            return _members(standing, on, group)
        case Expected.COMMITTEE:
            posts = Post.objects.of(organisation=standing.organisation_id).filter(as_of(on))
            return _people(Q(pk__in=posts.exclude(kind__in=NO_COMMITTEE).values("person")))
        case Expected.YOUNG:
            return _young(standing, on)
    return None


def _members(standing: Standing, on: date, group: str = "") -> QuerySet[Person]:
    """The members of an organisation and of all below it; of a group where one is named."""
    below = Affiliation.objects.within(Scope((TreePath(standing.path),), on)).filter(as_of(on))
    if group:
        below = below.filter(group__name=group)
    # asked of each of them: to list the members of the site first takes far longer than the few of a branch
    memberships = Membership.objects.unscoped(AT_HAND).filter(as_of(on), Q(kind__in=MEMBERS) | Q(kind=""))
    return _people(Q(pk__in=below.values("person"))).filter(Exists(memberships.filter(person=OuterRef("pk"))))


def _young(standing: Standing, on: date) -> QuerySet[Person]:
    serving = Circumstances.objects.unscoped(AT_HAND).filter(as_of(on), employment=Circumstances.Employment.IN_SERVICE)
    return _members(standing, on).filter(pk__in=serving.values("person"), birth__gt=_too_old(on))


def is_young(person: Person, on: date) -> bool:
    """Whether somebody in service belongs to the group of the young on a day."""
    return person.birth > _too_old(on)


def _too_old(on: date) -> str:
    """The last birthday of those who are too old, as births are kept."""
    return str(years_before(on, YOUNG + 1))


def _people(condition: Q) -> QuerySet[Person]:
    return Person.objects.unscoped(AT_HAND).filter(condition)


def _memberships(keys: list[int], on: date) -> QuerySet[Membership, tuple[int, str]]:
    rows = Membership.objects.unscoped(AT_HAND).filter(as_of(on), person__in=keys)
    return rows.values_list("person", "kind")


def _posts_of(keys: list[int], standing: Standing, on: date) -> dict[int, str]:
    rows = Post.objects.of(organisation=standing.organisation_id).filter(as_of(on), person__in=keys)
    return {person: kind for person, kind in rows.values_list("person", "kind") if kind not in NO_COMMITTEE}
