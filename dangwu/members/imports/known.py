"""The people who are registered already, as far as a roster speaks of them: read once for all of its rows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.db import models
from django.db.models import QuerySet

from dangwu.foundation.history import Dated, as_of
from dangwu.foundation.portions import portions
from dangwu.foundation.sealing.blind import blinds
from dangwu.kernel.span import FAR
from dangwu.members.models import Affiliation, Circumstances, Membership, Person, Post
from dangwu.members.sheets import RosterRow
from dangwu.organisations.models import Unit

D = TypeVar("D", bound=Dated)


@dataclass(slots=True)
class Known:
    """Somebody who is registered, and how he stood on the day; `last` is where he belonged last by then."""

    person: Person
    membership: Membership | None = None
    affiliation: Affiliation | None = None
    circumstances: Circumstances | None = None
    posts: list[Post] = field(default_factory=list)
    last: Affiliation | None = None

    @property
    def key(self) -> int:
        """His key."""
        return int(self.person.pk)


class KnownPeople:
    """Who is known under the numbers and names of some rows."""

    def __init__(self, rows: Sequence[RosterRow], on: date) -> None:
        """Read everybody who may be meant, with what held of him on a day."""
        self._on = on
        self._by_index: dict[str, Known] = {}
        self._by_name: dict[str, list[Known]] = defaultdict(list)
        self._by_key: dict[int, Known] = {}
        units = list(Unit.objects.filter(is_trial=False).values_list("pk", flat=True))
        indexes = [index for row in rows if row.identity_number for index in indexes_of(row.identity_number)]
        everybody = anybody(Person).defer("identity", "phone").filter(unit__in=units)
        self._learn(everybody, "identity_index__in", indexes)
        self._learn(everybody, "name__in", list(dict.fromkeys(row.name for row in rows)))
        self._add_lines()

    def by_number(self, number: str | None) -> Known | None:
        """Whoever bears an identity number."""
        found = (self._by_index.get(index) for index in indexes_of(number)) if number else ()
        return next((known for known in found if known), None)

    def by_name(self, name: str) -> list[Known]:
        """Everybody who is called so."""
        return self._by_name.get(name, [])

    def keys(self) -> list[int]:
        """Everybody, by his key."""
        return list(self._by_key)

    def by_key(self, key: int) -> Known | None:
        """Somebody whom the user chose."""
        return self._by_key.get(key)

    def _learn(self, everybody: QuerySet[Person], lookup: str, values: Sequence[str]) -> None:
        for chunk in portions(values):
            for person in everybody.filter(**{lookup: chunk}):
                if person.pk not in self._by_key:
                    known = self._by_key[person.pk] = Known(person)
                    self._by_name[person.name].append(known)
                    if person.identity_index:
                        self._by_index[person.identity_index] = known

    def _add_lines(self) -> None:
        for row in self._rows(Membership, only_then=True):
            self._by_key[row.person_id].membership = row
        for circumstances in self._rows(Circumstances, only_then=True):
            self._by_key[circumstances.person_id].circumstances = circumstances
        for post in self._rows(Post, only_then=True):
            self._by_key[post.person_id].posts.append(post)
        for place in self._rows(Affiliation, only_then=False):
            self._place(self._by_key[place.person_id], place)

    def _place(self, known: Known, row: Affiliation) -> None:
        if row.in_force(self._on):
            known.affiliation = row
        if known.last is None or row.valid_from >= known.last.valid_from:
            known.last = row

    def _rows(self, model: type[D], *, only_then: bool) -> Iterator[Any]:
        """Dated rows of these people: those of the day, or all."""
        for chunk in portions(list(self._by_key)):
            mine = anybody(model).filter(person__in=chunk)
            yield from mine.filter(as_of(self._on)) if only_then else mine


def anybody(model: type[models.Model]) -> QuerySet[Any]:
    """Rows of a model, whoever they are of: a roster is held against everybody, for nobody is on two. What the user may
    see or write of it is decided by the places that he keeps.
    """
    rows: QuerySet[Any] = model._default_manager.unscoped("nobody is on two rosters")  # type: ignore[attr-defined] # all scoped  # noqa: SLF001
    return rows


def indexes_of(number: str) -> list[str]:
    """Under which blind indexes an identity number may be kept."""
    return blinds("members.person.identity", number)


def is_later(known: Known, on: date) -> bool:
    """Whether somebody's history here goes on after the day, so that it cannot be changed beneath that."""
    last = known.last
    return last is not None and (last.valid_from > on or (known.affiliation is not None and last.valid_until != FAR))


def holders(organisations: Iterable[int], kind: str, on: date) -> dict[int, Post]:
    """Who holds a post that one person at a time can hold, by the organisation."""
    found: dict[int, Post] = {}
    for chunk in portions(sorted(set(organisations))):
        rows = anybody(Post).filter(as_of(on), organisation__in=chunk, kind=kind)
        found.update({post.organisation_id: post for post in rows.select_related("person")})
    return found
