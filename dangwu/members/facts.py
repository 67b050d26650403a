"""What the rulebook may know of members, and what a roster tells of the organisations they belong to."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Count, FilteredRelation, Q, QuerySet

from dangwu.foundation.history import as_of
from dangwu.members.models import Affiliation, Circumstances, Membership, Post
from dangwu.members.posts import heads_division, heads_unit
from dangwu.organisations.models import BRANCH_KINDS, Standing
from dangwu.organisations.queries import Only, among, beneath

Table = Mapping[int, Any]
WHOLE = "all members of a unit are judged together"

COMMITTEE_POSTS = frozenset(  # a deputy secretary alone makes no committee
    {
        Post.Kind.ORGANISATION_MEMBER,
        Post.Kind.PUBLICITY_MEMBER,
        Post.Kind.DISCIPLINE_MEMBER,
        Post.Kind.COMMITTEE_MEMBER,
    }
)
POST_FACTS = ("has_committee", "committee_members", "has_discipline_member")
MEMBER_FACTS = (
    *("member_kind", "joined_on", "joined_year", "confirmed_on", "dues_base", "dues_paid", "secretary"),
    *("leads_unit", "in_service", "infirm"),
)
OFFICERS = COMMITTEE_POSTS | {Post.Kind.SECRETARY, Post.Kind.DEPUTY_SECRETARY}


def _belonging(unit_id: int, on: date, only: Only = None) -> QuerySet[Affiliation]:
    return Affiliation.objects.unscoped(WHOLE).filter(as_of(on), among(only), unit=unit_id)


def _posts(unit_id: int, on: date, only: Only = None) -> QuerySet[Post]:
    return Post.objects.unscoped(WHOLE).filter(as_of(on), among(only), unit=unit_id)


def _of_people(on: date, only: Only) -> Q:
    """The condition that a row is of somebody who belonged to one of some organisations."""
    there = "person__affiliations__"
    return Q() if only is None else as_of(on, there) & among(only, f"{there}organisation")


def belongs(unit_id: int, on: date, only: Only = None) -> dict[int, int]:
    """The organisation of everybody who belonged to one on a day."""
    return dict(_belonging(unit_id, on, only).values_list("person", "organisation"))


def head_count(unit_id: int, on: date) -> int:
    """How many belonged to the organisations of a unit on a day."""
    return _belonging(unit_id, on).count()


def head_counts(unit_id: int, on: date, standings: Iterable[Standing], only: Only = None) -> dict[str, Table]:
    """Members and full members of every organisation, those of the organisations below it included. How many are full
    members is not known where it is not told of everyone.
    """
    tree = beneath([s.path for s in standings], unit_id, on) if only is not None else _tree(standings)
    within = None if only is None else [organisation for organisation, _, _ in tree]
    everybody, told, full = _heads(unit_id, on, within)
    untold = everybody - told
    for organisation, parent, _ in tree:  # the deepest first, so that each is whole before it is added to the one above
        if parent:
            for count in (everybody, full, untold):
                count[parent] += count[organisation]
    return {
        "members": {organisation: everybody[organisation] for organisation, _, _ in tree},
        "full_members": {organisation: full[organisation] for organisation, _, _ in tree if not untold[organisation]},
    }


def _tree(standings: Iterable[Standing]) -> list[tuple[int, int | None, str]]:
    rows = [(s.organisation_id, s.parent_id, s.path) for s in standings]
    return sorted(rows, key=lambda row: row[2], reverse=True)


def _heads(unit_id: int, on: date, only: Only) -> tuple[Counter[int], Counter[int], Counter[int]]:
    """For each organisation its own people: all, those whose membership is told, those who are full members."""
    told_then = FilteredRelation("person__memberships", condition=as_of(on, "person__memberships__"))
    rows = _belonging(unit_id, on, only).order_by().annotate(told=told_then).values_list("organisation", "told__kind")
    everybody, told, full = Counter[int](), Counter[int](), Counter[int]()
    for organisation, kind, heads in rows.annotate(heads=Count("pk")):
        everybody[organisation] += heads
        told[organisation] += heads if kind else 0
        full[organisation] += heads if kind == Membership.Kind.FULL else 0
    return everybody, told, full


def group_counts(unit_id: int, on: date, only: Only = None) -> Table:
    """How many groups the roster names in each organisation; nothing where the roster knows no groups at all."""
    rows = _belonging(unit_id, on, only).values_list("organisation", "group__name").distinct()
    named: dict[int, set[str]] = defaultdict(set)
    for organisation, group in rows:
        named[organisation] |= {group} - {None}
    known = any(named.values()) or (only is not None and _belonging(unit_id, on).filter(group__isnull=False).exists())
    return {key: len(groups) for key, groups in named.items()} if known else {}


def post_facts(unit_id: int, on: date, only: Only = None) -> dict[str, Table]:
    """What the posts on the roster tell of committees. A branch of whose posts nothing is told stays unknown."""
    held: dict[int, Counter[str]] = defaultdict(Counter)
    for organisation, kind in _posts(unit_id, on, only).values_list("organisation", "kind"):
        held[organisation][kind] += 1
    return {
        "has_committee": {key: not COMMITTEE_POSTS.isdisjoint(kinds) for key, kinds in held.items()},
        "committee_members": {
            key: sum(kinds[kind] for kind in OFFICERS)
            for key, kinds in held.items()
            if not COMMITTEE_POSTS.isdisjoint(kinds)
        },
        "has_discipline_member": {
            key: Post.Kind.DISCIPLINE_MEMBER in kinds
            for key, kinds in held.items()
            if Post.Kind.DISCIPLINE_MEMBER in kinds or _portfolios_told(kinds)
        },
    }


def _portfolios_told(kinds: Counter[str]) -> bool:
    """Whether every committee member's portfolio is told: a plain “委员” may be anything."""
    return not COMMITTEE_POSTS.isdisjoint(kinds) and Post.Kind.COMMITTEE_MEMBER not in kinds


def secretary_heads(unit_id: int, on: date, standings: Iterable[Standing], only: Only = None) -> Table:
    """Whether each secretary heads the body beside his organisation, as far as the words of his post tell: of a branch
    the division, of what stands above branches the unit.
    """
    kinds = {s.organisation_id: s.kind for s in standings}
    told = _posts(unit_id, on, only).filter(kind=Post.Kind.SECRETARY).values_list("organisation", "person__unit_post")
    return {
        organisation: heads_division(post) if kinds.get(organisation) in BRANCH_KINDS else heads_unit(post)
        for organisation, post in told
    }


def secretaries(unit_id: int, on: date, only: Only = None) -> dict[int, tuple[str, int]]:
    """Who is secretary of each organisation, by the roster: the name and the key."""
    rows = _posts(unit_id, on, only).filter(kind=Post.Kind.SECRETARY)
    told = rows.values_list("organisation", "person__name", "person")
    return {organisation: (name, person) for organisation, name, person in told}


def member_facts(unit_id: int, on: date, here: Collection[int], only: Only = None) -> dict[str, Table]:
    """The lasting facts of those members who are here: who belong to an organisation."""
    memberships = Membership.objects.unscoped(WHOLE).filter(as_of(on), _of_people(on, only), unit=unit_id)
    columns = ("person", "kind", "joined_on", "confirmed_on", "dues_base", "dues_paid", "person__unit_post")
    rows = [row for row in memberships.values_list(*columns) if row[0] in here]
    holders = _posts(unit_id, on).filter(_of_people(on, only), kind__in=OFFICERS).values_list("person", flat=True)
    officers = set(holders)
    posts_known = bool(officers) or _posts(unit_id, on).exists()
    return {
        "member_kind": {row[0]: row[1] or None for row in rows},
        "leads_unit": {row[0]: _leads_unit(row[6]) for row in rows},
        "joined_on": {row[0]: row[2] for row in rows},
        "joined_year": {row[0]: row[2].year for row in rows if row[2]},
        "confirmed_on": {row[0]: row[3] for row in rows},
        "dues_base": {row[0]: Fraction(row[4]) for row in rows if row[4] is not None},
        "dues_paid": {row[0]: Fraction(row[5]) for row in rows if row[5] is not None},
        "secretary": {row[0]: row[0] in officers for row in rows} if posts_known else {},
        **_circumstances(unit_id, on, [row[0] for row in rows], only),
    }


def _leads_unit(unit_post: str) -> bool | None:
    """Whether somebody is one of the heads of his unit; where no post is told nobody can say."""
    return heads_unit(unit_post) if unit_post else None


def _circumstances(unit_id: int, on: date, people: Iterable[int], only: Only) -> dict[str, Table]:
    rows = Circumstances.objects.unscoped(WHOLE).filter(as_of(on), _of_people(on, only), unit=unit_id)
    told = {
        person: (employment, infirm)
        for person, employment, infirm in rows.values_list("person", "employment", "infirm")
    }
    in_service: dict[str, bool] = {Circumstances.Employment.IN_SERVICE: True, Circumstances.Employment.RETIRED: False}
    return {
        "in_service": {person: in_service.get(employment) for person, (employment, _) in told.items()},
        "infirm": {person: told.get(person, ("", False))[1] for person in people},
    }
