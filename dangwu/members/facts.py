"""What the rulebook may know of members, and what a roster tells of the organisations they belong to."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from dangwu.members.models import Affiliation, Membership, Post
from dangwu.members.posts import heads_division, heads_unit
from dangwu.organisations.models import BRANCH_KINDS, Organisation

Table = Mapping[int, Any]

COMMITTEE_POSTS = frozenset(  # a deputy secretary alone makes no committee
    {
        Post.Kind.ORGANISATION_MEMBER,
        Post.Kind.PUBLICITY_MEMBER,
        Post.Kind.DISCIPLINE_MEMBER,
        Post.Kind.COMMITTEE_MEMBER,
    }
)
OFFICERS = COMMITTEE_POSTS | {Post.Kind.SECRETARY, Post.Kind.DEPUTY_SECRETARY}


def head_counts(unit_id: int, organisations: Iterable[Organisation]) -> dict[str, Table]:
    """Members and full members of every organisation, those of the organisations below it included. How many are full
    members is not known where it is not told of everyone.
    """
    everybody: Counter[int] = Counter()
    full: Counter[int] = Counter()
    untold: Counter[int] = Counter()
    rows = Affiliation.objects.filter(unit=unit_id).values_list("organisation", "person__membership__kind")
    for organisation, kind in rows:
        everybody[organisation] += 1
        full[organisation] += kind == Membership.Kind.FULL
        untold[organisation] += not kind
    ordered = sorted(organisations, key=lambda o: o.path, reverse=True)
    for o in ordered:  # the deepest first, so that each is whole before it is added to the one above
        if o.parent_id:
            for count in (everybody, full, untold):
                count[o.parent_id] += count[o.pk]
    return {
        "members": {o.pk: everybody[o.pk] for o in ordered},
        "full_members": {o.pk: full[o.pk] for o in ordered if not untold[o.pk]},
    }


def group_counts(unit_id: int) -> Table:
    """How many groups the roster names in each organisation; nothing where the roster knows no groups at all."""
    rows = Affiliation.objects.filter(unit=unit_id).values_list("organisation", "group").distinct()
    named: dict[int, set[str]] = defaultdict(set)
    for organisation, group in rows:
        named[organisation] |= {group} - {""}
    return {key: len(groups) for key, groups in named.items()} if any(named.values()) else {}


def post_facts(unit_id: int) -> dict[str, Table]:
    """What the posts on the roster tell of committees. A branch of whose posts nothing is told stays unknown."""
    held: dict[int, Counter[str]] = defaultdict(Counter)
    for organisation, kind in Post.objects.filter(unit=unit_id).values_list("organisation", "kind"):
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


def secretary_heads(unit_id: int) -> Table:
    """Whether each secretary heads the body beside his organisation, as far as the words of his post tell: of a branch
    the division, of what stands above branches the unit.
    """
    rows = Post.objects.filter(unit=unit_id, kind=Post.Kind.SECRETARY)
    told = rows.values_list("organisation", "organisation__kind", "person__unit_post")
    return {
        organisation: heads_division(post) if kind in BRANCH_KINDS else heads_unit(post)
        for organisation, kind, post in told
    }


def secretaries(unit_id: int) -> dict[int, str]:
    """Who is secretary of each organisation, by the roster."""
    rows = Post.objects.filter(unit=unit_id, kind=Post.Kind.SECRETARY).values_list("organisation", "person__name")
    return dict(rows)


def member_facts(unit_id: int) -> dict[str, Table]:
    """The standing facts of every member who belongs to an organisation."""
    rows = list(
        Membership.objects.filter(unit=unit_id, person__affiliation__isnull=False).values_list(
            "person",
            "kind",
            "joined_on",
            "confirmed_on",
            "dues_base",
            "dues_paid",
            "person__in_service",
            "person__infirm",
        )
    )
    holders = Post.objects.filter(unit=unit_id, kind__in=OFFICERS).values_list("person", flat=True)
    officers, posts_known = set(holders), Post.objects.filter(unit=unit_id).exists()
    return {
        "member_kind": {row[0]: row[1] or None for row in rows},
        "joined_on": {row[0]: row[2] for row in rows},
        "joined_year": {row[0]: row[2].year for row in rows if row[2]},
        "confirmed_on": {row[0]: row[3] for row in rows},
        "dues_base": {row[0]: Fraction(row[4]) for row in rows if row[4] is not None},
        "dues_paid": {row[0]: Fraction(row[5]) for row in rows if row[5] is not None},
        "in_service": {row[0]: row[6] for row in rows},
        "infirm": {row[0]: row[7] for row in rows},
        "secretary": {row[0]: row[0] in officers for row in rows} if posts_known else {},
    }
