"""Reading people: for whom comes first, and as of which day."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from dangwu.access.models import Account, Appointment
from dangwu.access.rights import roles_with
from dangwu.foundation.history import as_of
from dangwu.foundation.remembering import remembered
from dangwu.foundation.scope import TRIALS, Scope
from dangwu.foundation.sealing.blind import blind_tails, blinds
from dangwu.kernel.tree_path import line_of
from dangwu.members.models import MEMBERS, Affiliation, CorrectionRequest, Membership, Person, Post
from dangwu.organisations.models import Group, Standing
from dangwu.organisations.queries import last_path, last_standing

END_OF_NUMBER = re.compile(r"\d{3}[\dx]")
WHOLE_NUMBERS = {11: "phone", 18: "identity"}
LEADING: list[str] = [
    Post.Kind.SECRETARY,
    Post.Kind.DEPUTY_SECRETARY,
    Post.Kind.DISCIPLINE_SECRETARY,
    Post.Kind.ORGANISATION_MEMBER,
    Post.Kind.PUBLICITY_MEMBER,
    Post.Kind.DISCIPLINE_MEMBER,
    Post.Kind.COMMITTEE_MEMBER,
]
AT_HAND = "the person is at hand already"


def rows_of(person: Person, model: Any) -> QuerySet[Any]:  # noqa: ANN401 - a model whose rows have a person
    """The rows of somebody who is at hand already: whoever fetched him was asked for whom."""
    rows: QuerySet[Any] = model.objects.of(person=person)
    return rows


def rows_in(group: Group, model: Any) -> QuerySet[Any]:  # noqa: ANN401 - a model whose rows name a group
    """The rows that name a group which is at hand already, also those from before it became one of other kinds: it was
    another row of its line then.
    """
    rows: QuerySet[Any] = model.objects.of(group__organisation=group.organisation_id, group__name=group.name)
    return rows


def last_affiliation(person: Person, on: date) -> Affiliation | None:
    """Where somebody belonged on a day, else where he belonged last before it, else where first after it."""
    rows = rows_of(person, Affiliation).select_related("organisation", "group")
    return rows.filter(valid_from__lte=on).order_by("-valid_from").first() or rows.order_by("valid_from").first()


def row_before(row: Affiliation) -> Affiliation | None:
    """Where somebody was just before he came to where a row says, if he came from within."""
    rows = rows_of(row.person, Affiliation).filter(valid_until=row.valid_from).exclude(pk=row.pk)
    before: Affiliation | None = rows.select_related("organisation", "person").first()
    return before


def posts_ended_between(before: Affiliation, after: Affiliation) -> list[Post]:
    """The posts that somebody lost by a transfer; another group of the same organisation costs him none."""
    if before.organisation_id == after.organisation_id:
        return []
    rows = rows_of(before.person, Post).filter(organisation=before.organisation_id, valid_until=before.valid_until)
    return list(rows.select_related("organisation", "person__account").order_by("pk"))


def people(scope: Scope) -> QuerySet[Person]:
    """Everybody who belonged to an organisation in the scope on its day."""
    return Person.objects.within(scope)


def affiliations(scope: Scope) -> QuerySet[Affiliation]:
    """Who belonged where in the scope on its day, with the person."""
    return Affiliation.objects.within(scope).filter(as_of(scope.on)).select_related("person", "group")


def posts(scope: Scope) -> QuerySet[Post]:
    """Who held which post in the scope on its day, with the person."""
    return Post.objects.within(scope).filter(as_of(scope.on)).select_related("person")


def called(text: str, lookup: str = "") -> Q:
    """The condition that a person is meant by what was typed: a name or a part of it, pinyin or its initials, a whole
    number, or the last four characters of one. `lookup` leads to the person, with its two underscores.
    """
    typed = text.strip().lower()
    meant = Q((f"{lookup}name__icontains", typed)) | Q((f"{lookup}initials__startswith", typed))
    meant |= Q((f"{lookup}pinyin__startswith", typed))
    if END_OF_NUMBER.fullmatch(typed):
        for column in ("identity", "phone"):
            meant |= Q((f"{lookup}{column}_tail__in", blind_tails(f"members.person.{column}", typed)))
    if whole := WHOLE_NUMBERS.get(len(typed)):
        meant |= Q((f"{lookup}{whole}_index__in", blinds(f"members.person.{whole}", typed)))
    return meant


def person_in(scope: Scope, pk: int) -> Person | None:
    """Somebody who belonged to an organisation in the scope on its day, or who belonged there last before it."""
    person = Person.objects.unscoped("where he belonged last is looked at next").filter(pk=pk).first()
    return person if person and scope.covers(path_of(person, scope.on)) else None


def path_of(person: Person, on: date) -> str:
    """Where in the tree the organisation stands, or stood last, to which somebody belonged last by a day; a path that
    lies in no scope where there is none.
    """

    def find() -> str:
        affiliation = last_affiliation(person, on)
        return last_path(affiliation.organisation_id, on) if affiliation else str(TRIALS)

    return remembered(("path of a person", person.pk, on), find)


def members_by_kind(scope: Scope) -> Mapping[str, int]:
    """How many members of each kind there are in a scope on its day."""

    def find() -> dict[str, int]:
        rows = Membership.objects.within(scope).filter(as_of(scope.on), kind__in=MEMBERS)
        return dict(rows.order_by().values_list("kind").annotate(number=Count("pk")))

    return remembered(("members by kind", scope), find)


def person_of(account: Account | None) -> Person | None:
    """Whose account it is."""
    return Person.objects.unscoped("one's own").filter(account=account).first() if account else None


def person_of_key(key: str) -> Person | None:
    """Whose account an actor is, told by the actor's key."""
    kind, _, pk = key.partition(":")
    mine = Person.objects.unscoped("one's own").filter(account=int(pk)) if kind == "account" else None
    return mine.first() if mine is not None else None


def namesakes(name: str, birth: str, on: date) -> list[str]:
    """Those of the site who are called the same and born on the same day, as far as both are told: each by his name
    and where he belonged last. More is told to nobody who only types a name.
    """
    everybody = Person.objects.unscoped("nobody is on two rosters").filter(name=name.strip(), unit__is_trial=False)
    same = everybody.filter(Q(birth=birth.strip()) | Q(birth="")) if birth.strip() else everybody
    people = list(same.prefetch_related(Prefetch("affiliations", Affiliation.objects.unscoped(AT_HAND)))[:5])
    places = {
        person.pk: max(person.affiliations.all(), key=lambda row: row.valid_from, default=None) for person in people
    }
    names = names_of(row.organisation_id for row in places.values() if row)
    return [
        f"{person.name}（{names(row.organisation_id, on)}）" if (row := places[person.pk]) else person.name
        for person in people
    ]


def open_requests(scope: Scope) -> QuerySet[CorrectionRequest]:
    """What people in the scope asked to be corrected and nobody has answered, the oldest first."""
    rows = CorrectionRequest.objects.within(scope).filter(state=CorrectionRequest.State.ASKED)
    return rows.select_related("person", "asked_by").order_by("asked_on", "pk")


def number_of_requests(scope: Scope) -> int:
    """How many these are."""
    return remembered(("open requests", scope), lambda: open_requests(scope).count())


def standings_of(organisations: Iterable[int]) -> Callable[[int, date], Standing | None]:
    """How organisations stood: a function from the key and a day to the standing then, else the last before it, else
    the first. Costs one query.
    """
    chapters: dict[int, list[Standing]] = defaultdict(list)
    rows = Standing.objects.unscoped("where somebody belongs is told with him")
    for standing in rows.filter(organisation__in=set(organisations)).order_by("valid_from"):
        chapters[standing.organisation_id].append(standing)

    def stood(organisation: int, day: date) -> Standing | None:
        known = chapters[organisation]
        held = [standing for standing in known if standing.valid_from <= day] or known[:1]
        return held[-1] if held else None

    return stood


def names_of(organisations: Iterable[int]) -> Callable[[int, date], str]:
    """What organisations were called: a function from the key and a day to the name in daily use."""
    stands = standings_of(organisations)

    def called_on(organisation: int, day: date) -> str:
        standing = stands(organisation, day)
        return standing.called if standing else "（已不存在的党组织）"

    return called_on


def leaders_of(organisation: int, on: date) -> list[Post]:
    """Who leads an organisation on a day: its secretaries and committee members, the secretary first."""
    rows = Post.objects.unscoped("who leads an organisation is known to all its members").filter(as_of(on))
    held = rows.filter(organisation=organisation, kind__in=LEADING).select_related("person")
    return sorted(held, key=lambda post: (LEADING.index(post.kind), post.pk))


def keepers_of(organisation: int, on: date, *, but: int | None = None) -> list[Appointment]:
    """Whose part it is to keep the members of an organisation: appointed there, else at the nearest level above.
    `but` is the account of whoever asks: nobody answers himself.
    """
    standing = last_standing(organisation, on)
    parts = line_of(standing.path) if standing else []
    stands = Standing.objects.unscoped("whoever asks is told who answers").filter(as_of(on), path__in=parts)
    paths = dict(stands.values_list("organisation", "path"))
    rows = Appointment.objects.unscoped("whoever asks is told who answers").filter(as_of(on), organisation__in=paths)
    mine = rows.exclude(account=but) if but else rows
    able = list(mine.filter(role__in=roles_with("member.keep"), account__is_active=True).select_related("account"))
    nearest = max((len(paths[row.organisation_id]) for row in able), default=0)
    return [row for row in able if len(paths[row.organisation_id]) == nearest]
