"""Who gets a notice that is addressed to an organisation or a person: found set-wise, at the moment it is sent."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from dangwu.access.models import Account, Appointment
from dangwu.foundation.history import as_of
from dangwu.members.models import Person, Post
from dangwu.notices.models import Addressee, Notice

Role = Appointment.Role
KEEPERS = (Role.SECRETARY, Role.CLERK, Role.COMMITTEE_MEMBER)
"""Who receives what an organisation is told: those who keep it. Committee members only where there is nobody else."""
WHY = "whoever sends to an organisation reaches those who keep it"


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who gets a notice: an account, or a person who has none yet, or both."""

    account: Account | None
    person: Person | None

    @property
    def key(self) -> str:
        """The same for the same, however he was come upon."""
        return f"account:{self.account.pk}" if self.account else f"person:{self.person.pk}" if self.person else ""


def recipients_of(notice: Notice, on: date) -> Iterator[tuple[Addressee, list[Somebody]]]:
    """Everybody to whom a notice goes, by whom it is addressed to. A fixed number of queries."""
    rows = Addressee.objects.of(notice=notice).select_related("person__account").order_by("pk")
    addressees = list(rows)
    keepers, secretaries = _keepers(notice, on), _secretaries(notice, on)
    for addressee in addressees:
        if addressee.person:
            yield addressee, [Somebody(_usable(addressee.person.account), addressee.person)]
        else:
            assert addressee.organisation_id is not None
            found = [*secretaries[addressee.organisation_id], *keepers[addressee.organisation_id]]
            yield addressee, list({each.key: each for each in reversed(found)}.values())[::-1]


def _addressed(notice: Notice) -> QuerySet[Any, Any]:
    rows = Addressee.objects.of(notice=notice).exclude(organisation=None)
    return rows.values("organisation")


def _keepers(notice: Notice, on: date) -> dict[int, list[Somebody]]:
    every = Appointment.objects.unscoped(WHY).filter(as_of(on), organisation__in=_addressed(notice), role__in=KEEPERS)
    found: dict[int, dict[str, list[Somebody]]] = defaultdict(lambda: defaultdict(list))
    for row in every.filter(account__is_active=True).select_related("account__person").order_by("pk"):
        person = getattr(row.account, "person", None)
        found[row.organisation_id][row.role].append(Somebody(row.account, person))
    return defaultdict(list, {organisation: _first(by_role) for organisation, by_role in found.items()})


def _first(by_role: dict[str, list[Somebody]]) -> list[Somebody]:
    return [*by_role[Role.SECRETARY], *by_role[Role.CLERK]] or by_role[Role.COMMITTEE_MEMBER]


def _secretaries(notice: Notice, on: date) -> dict[int, list[Somebody]]:
    every = Post.objects.unscoped(WHY).filter(as_of(on), organisation__in=_addressed(notice))
    found: dict[int, list[Somebody]] = defaultdict(list)
    for post in every.filter(kind=Post.Kind.SECRETARY).select_related("person__account").order_by("pk"):
        found[post.organisation_id].append(Somebody(_usable(post.person.account), post.person))
    return found


def _usable(account: Account | None) -> Account | None:
    return account if account and account.is_active else None
