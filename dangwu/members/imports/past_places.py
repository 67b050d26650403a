"""Which organisation a row means by the name that it bore then."""

from collections import defaultdict
from typing import Protocol

from dangwu.foundation.imports.decisions import key_of
from dangwu.foundation.imports.kinds import Choice, Doubt, Task
from dangwu.foundation.scope import Scope
from dangwu.foundation.sheets.shapes import Flaw, Severity
from dangwu.kernel.partial_date import PartialDate
from dangwu.kernel.tree_path import TreePath
from dangwu.members.imports.known import anybody
from dangwu.members.policies import KEEPERS
from dangwu.organisations.imports.places import Places
from dangwu.organisations.matching import Ambiguous, Found
from dangwu.organisations.models import Standing
from dangwu.organisations.queries import names_of


class Then(Protocol):
    """A row that names an organisation as of a day."""

    @property
    def organisation(self) -> str:
        """What it is called."""
        ...

    @property
    def since(self) -> PartialDate:
        """The day, or the month."""
        ...


class PastPlaces:
    """The organisations that an import may reach, under all names that they ever had, those that have ended too."""

    def __init__(self, task: Task, places: Places) -> None:
        """Read them: one query."""
        self._meant = task.decisions.meant
        self._lines: dict[int, list[Standing]] = defaultdict(list)
        scope = KEEPERS.reach(task.by, task.on)
        if task.under is not None:
            head = places.by_key.get(task.under)
            scope = Scope((TreePath(head.path),), task.on) if head else Scope.nothing(task.on)
        for row in anybody(Standing).filter(scope.paths("path")).order_by("valid_from"):
            self._lines[row.organisation_id].append(row)
        self._names = names_of(row for line in self._lines.values() for row in line)

    def find(self, row: Then) -> tuple[Standing | None, list[Doubt]]:
        """The organisation as it stands now, or stood last; or why it is not known."""
        text = row.organisation
        chosen = self._meant.get(key_of("organisation", text))
        if chosen in self._lines:
            return self._lines[chosen][-1], []
        match self._names.find(text):
            case Found(key):
                keys = [key]
            case Ambiguous(candidates):
                keys = self._called_so_then(candidates, row) or list(candidates)
            case unknown:
                message = f"导入范围内没有叫过“{text}”的党组织"
                flaw = Flaw("organisation.unknown", Severity.ERROR, message, "请选择对应的党组织，或者不导入这一行")
                return None, [Doubt("organisation", flaw, self._choices(unknown.suggestions))]
        if len(keys) == 1:
            return self._lines[keys[0]][-1], []
        flaw = Flaw("organisation.ambiguous", Severity.DOUBT, f"“{text}”可能是几个党组织中的一个", "请选择是哪一个")
        return None, [Doubt("organisation", flaw, self._choices(keys), asks=True)]

    def _called_so_then(self, keys: tuple[int, ...], row: Then) -> list[int]:
        """Those that bore this name on the day."""
        day = row.since.earliest
        return [
            key
            for key in keys
            if any(s.in_force(day) and row.organisation in {s.name, s.short_name} for s in self._lines[key])
        ]

    def _choices(self, keys: tuple[int, ...] | list[int]) -> tuple[Choice, ...]:
        return tuple(Choice(key, self._lines[key][-1].name) for key in keys)
