"""From appointments to subtrees: the only place where that is decided."""

from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import NamedTuple

from dangwu.access.models import Account, Administration, Appointment
from dangwu.access.rights import GUARDED_ROLES, NOT_DELEGATED, roles_with
from dangwu.foundation.history import as_of
from dangwu.foundation.remembering import remembered
from dangwu.foundation.scope import Scope
from dangwu.kernel.tree_path import TreePath
from dangwu.organisations.models import Standing


class Held(NamedTuple):
    """An appointment in force: its key, its role, the key of its organisation, and the one it stands in for."""

    pk: int
    role: str
    organisation: int
    delegated_from: int | None


def scope_for(account: Account, right: str, *, today: date, on: date) -> Scope:
    """The subtrees in which an account has a right today, where they stood on a day.

    Whoever has a right today may look at any past day of what was his organisation's part of the tree on that day.
    """
    return AccountActor(account, today).scope(right, on)


@dataclass
class AccountActor:
    """An account that acts on a day; what it may do is read once and kept for as long as the object lives."""

    account: Account
    today: date
    _held: tuple[Held, ...] | None = None
    _duties: frozenset[str] | None = None
    _paths: dict[tuple[frozenset[int], date], tuple[TreePath, ...]] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Which account, for ever."""
        return f"account:{self.account.pk}"

    @property
    def name(self) -> str:
        """As people read it."""
        return self.account.name

    def scope(self, right: str, on: date) -> Scope:
        """The subtrees in which this account has a right today, in the tree of a day."""
        roles = roles_with(right)
        own = right in NOT_DELEGATED
        anchors = frozenset(
            held.organisation for held in self.held() if held.role in roles and not (own and held.delegated_from)
        )
        return Scope(self._subtrees(anchors, on), on)

    def holds(self, duty: str) -> bool:
        """Whether the account is an administrator of this kind today."""
        return duty in self.duties()

    def duties(self) -> frozenset[str]:
        """What the account is administrator of today: one duty at the most."""
        if self._duties is None:
            found = remembered(("duties", self.account.pk, self.today), self._find_duties)
            self._duties = found if self.account.is_active else frozenset()
        return self._duties

    def _find_duties(self) -> frozenset[str]:
        rows = Administration.objects.filter(as_of(self.today), account=self.account)
        return frozenset(rows.values_list("duty", flat=True))

    def held(self) -> tuple[Held, ...]:
        """The appointments of the account that are in force today."""
        if self._held is None:
            found = remembered(("held", self.account.pk, self.today), self._find_held)
            self._held = found if self.account.is_active else ()
        return self._held

    def _find_held(self) -> tuple[Held, ...]:
        rows = Appointment.objects.unscoped("they are what scopes are made of")
        mine = rows.filter(as_of(self.today), account=self.account)
        return tuple(Held(*row) for row in mine.values_list("pk", "role", "organisation", "delegated_from"))

    @property
    def needs_second_factor(self) -> bool:
        """Whether a password alone is not enough for what the account may do."""
        return bool(self.duties()) or any(held.role in GUARDED_ROLES for held in self.held())

    def _subtrees(self, anchors: frozenset[int], on: date) -> tuple[TreePath, ...]:
        if (anchors, on) not in self._paths:
            found = remembered(("subtrees", anchors, on), partial(_find_subtrees, anchors, on)) if anchors else ()
            self._paths[anchors, on] = found
        return self._paths[anchors, on]


def _find_subtrees(anchors: frozenset[int], on: date) -> tuple[TreePath, ...]:
    rows = Standing.objects.unscoped("they are what scopes are made of").filter(as_of(on), organisation__in=anchors)
    return _outermost([TreePath(path) for path in rows.values_list("path", flat=True)])


def _outermost(paths: list[TreePath]) -> tuple[TreePath, ...]:
    """The paths that lie in no other."""
    kept: list[TreePath] = []
    for path in sorted(paths):
        if not (kept and kept[-1].contains(path)):
            kept.append(path)
    return tuple(kept)
