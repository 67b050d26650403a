"""The organisations that are registered already, as far as a list may speak of them: read once for all of its rows."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from dangwu.foundation.imports.kinds import Task
from dangwu.foundation.scope import Scope
from dangwu.kernel.span import DAWN, FAR
from dangwu.kernel.tree_path import TreePath
from dangwu.organisations.matching import Ambiguous, Found, OrganisationNames
from dangwu.organisations.models import Organisation, Standing, Term
from dangwu.organisations.policies import REORGANISE
from dangwu.organisations.queries import names_of, standings

IMPORTED = "organisations of the part of the tree into which a list goes"


@dataclass(slots=True)
class Known:
    """An organisation as it stands on the day, or stood last; `since` is the first of the days without a break on which
    it was at its place.
    """

    standing: Standing
    since: date
    terms: list[Term] = field(default_factory=list)

    @property
    def key(self) -> int:
        """Its key."""
        return self.standing.organisation_id

    @property
    def organisation(self) -> Organisation:
        """What is told of it."""
        return self.standing.organisation

    @property
    def is_fixed(self) -> bool:
        """Whether it has ended, or something that happens to it later is registered already."""
        return self.standing.valid_until != FAR

    def is_called(self, name: str) -> bool:
        """Whether this is its very name, full or short."""
        return name in {self.standing.name, self.standing.short_name}


class KnownOrganisations:
    """What stands on the day where the task's actor reorganises, below the organisation that was chosen, and what stood
    there earlier.
    """

    def __init__(self, task: Task) -> None:
        """Read them: two queries."""
        self.on = task.on
        scope = self._scope(task)
        lines: dict[int, list[Standing]] = defaultdict(list)
        rows = Standing.objects.unscoped(IMPORTED).filter(scope.paths("path")).select_related("organisation")
        for row in rows.order_by("valid_from"):
            lines[row.organisation_id].append(row)
        known = [found for line in lines.values() if (found := self._known(line))]
        self.live = {its.key: its for its in known if its.standing.valid_until > task.on}
        self._ended = {its.key: its for its in known if its.standing.valid_until <= task.on}
        self._coming = [line[0] for line in lines.values() if line[0].valid_from > task.on]
        self._names = names_of(its.standing for its in self.live.values())
        self._ended_names = names_of(its.standing for its in self._ended.values())
        self._add_terms(scope)

    @staticmethod
    def _scope(task: Task) -> Scope:
        scope = task.by.scope(REORGANISE, task.on)
        if task.under is None:
            return scope
        head = standings(scope).filter(organisation=task.under).first()
        return Scope((TreePath(head.path),), task.on) if head else Scope.nothing(task.on)

    def _known(self, line: list[Standing]) -> Known | None:
        """What a line of standings comes to by the day; None where it begins later."""
        begun = [row for row in line if row.valid_from <= self.on]
        if not begun:
            return None
        now = begun.pop()
        since = now.valid_from
        while begun and (earlier := begun.pop()).path == now.path and earlier.valid_until == since:
            since = earlier.valid_from
        return Known(now, since)

    def _add_terms(self, scope: Scope) -> None:
        for term in sorted(Term.objects.within(scope), key=order_of):
            if known := self.live.get(term.organisation_id):
                known.terms.append(term)

    def __bool__(self) -> bool:
        """Whether anything stands there."""
        return bool(self.live)

    def get(self, key: int) -> Known | None:
        """One of them, ended ones too."""
        return self.live.get(key) or self._ended.get(key)

    def called(self, text: str) -> list[Known]:
        """Those that a text may mean on the day."""
        return [self.live[key] for key in _keys(self._names, text)]

    def ended(self, text: str, on: date) -> list[Known]:
        """Those that a text may mean and that ended on a day."""
        found = [self._ended[key] for key in _keys(self._ended_names, text)]
        return [its for its in found if its.organisation.dissolved_on == on]

    def coming(self, name: str, parent: int | None) -> Standing | None:
        """One of this name at this place that begins only after the day."""
        return next((row for row in self._coming if row.name == name and row.parent_id == parent), None)

    def close_to(self, text: str) -> list[Known]:
        """Those with a name that is much alike."""
        answer = self._names.find(text)
        return [] if isinstance(answer, Found | Ambiguous) else [self.live[key] for key in answer.suggestions]

    def told(self, known: Known) -> str:
        """A name that tells it from others: with what stands above."""
        above = self.live.get(known.standing.parent_id or 0)
        return f"{known.standing.name}（{above.standing.called}）" if above else known.standing.name


def order_of(term: Term) -> tuple[date, int]:
    """Terms from the oldest to the newest; one without a day comes before all others."""
    return term.started_on or DAWN, term.pk


def _keys(names: OrganisationNames[int], text: str) -> tuple[int, ...]:
    match names.find(text):
        case Found(key, None):
            return (key,)
        case Ambiguous(keys):
            return keys
        case _:
            return ()
