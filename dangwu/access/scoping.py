"""From appointments to subtrees: the only place where that is decided."""

from dataclasses import dataclass, field
from datetime import date

from dangwu.access.models import Account, Administration, Appointment
from dangwu.access.rights import roles_with
from dangwu.foundation.history import as_of
from dangwu.foundation.scope import Scope
from dangwu.kernel.tree_path import TreePath
from dangwu.organisations.models import Standing


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
    _roles: list[tuple[str, int]] | None = None
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
        anchors = frozenset(organisation for role, organisation in self._appointed() if role in roles)
        return Scope(self._subtrees(anchors, on), on)

    def holds(self, duty: str) -> bool:
        """Whether the account is an administrator of this kind today."""
        if self._duties is None:
            rows = Administration.objects.filter(as_of(self.today), account=self.account)
            self._duties = frozenset(rows.values_list("duty", flat=True)) if self.account.is_active else frozenset()
        return duty in self._duties

    def _appointed(self) -> list[tuple[str, int]]:
        if self._roles is None:
            rows = Appointment.objects.unscoped("they are what scopes are made of")
            mine = rows.filter(as_of(self.today), account=self.account)
            self._roles = list(mine.values_list("role", "organisation")) if self.account.is_active else []
        return self._roles

    def _subtrees(self, anchors: frozenset[int], on: date) -> tuple[TreePath, ...]:
        if (anchors, on) not in self._paths:
            rows = Standing.objects.unscoped("they are what scopes are made of").filter(as_of(on))
            paths = rows.filter(organisation__in=anchors).values_list("path", flat=True) if anchors else ()
            self._paths[anchors, on] = _outermost([TreePath(path) for path in paths])
        return self._paths[anchors, on]


def _outermost(paths: list[TreePath]) -> tuple[TreePath, ...]:
    """The paths that lie in no other."""
    kept: list[TreePath] = []
    for path in sorted(paths):
        if not (kept and kept[-1].contains(path)):
            kept.append(path)
    return tuple(kept)
