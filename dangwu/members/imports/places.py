"""Which organisation a row of a workbook means, in the part of the tree into which it goes."""

from collections.abc import Iterable

from dangwu.foundation.imports.decisions import key_of
from dangwu.foundation.imports.kinds import Choice, Doubt, Task
from dangwu.foundation.sheets.shapes import Flaw, Severity
from dangwu.kernel.tree_path import TreePath
from dangwu.organisations.matching import Ambiguous, Found
from dangwu.organisations.models import BRANCH_KINDS, Standing
from dangwu.organisations.queries import Standings, names_of, standings


class Places:
    """The organisations in which the task's actor has a right, below the one that was chosen, on the task's day."""

    def __init__(self, task: Task, right: str) -> None:
        """Read them: two queries."""
        rows = standings(task.by.scope(right, task.on))
        if task.under is not None:
            head = rows.filter(organisation=task.under).first()
            rows = _below(rows, head) if head else rows.none()
        self._under = task.under
        self._meant = task.decisions.meant
        self.by_key: dict[int, Standing] = {row.organisation_id: row for row in rows}
        self._by_path = {row.path: row for row in self.by_key.values()}
        self._names = names_of(self.by_key.values())

    def find(self, text: str, field: str = "organisation") -> tuple[Standing | None, str, list[Doubt]]:
        """The organisation that a text means, with the group that it names; or why it is not known."""
        if (key := self._meant.get(key_of(field, text))) in self.by_key:
            return self.by_key[key], "", []
        match self._names.find(text):
            case Found(key, group):
                return self.by_key[key], group or "", []
            case Ambiguous(candidates):
                flaw = Flaw("organisation.ambiguous", Severity.DOUBT, f"“{text}”可能是几个党组织中的一个", _CHOOSE)
                return None, "", [Doubt(field, flaw, self._choices(candidates), asks=True)]
            case unknown:
                flaw = Flaw("organisation.unknown", Severity.ERROR, f"导入范围内没有“{text}”这个党组织", _CHECK_NAME)
                return None, "", [Doubt(field, flaw, self._choices(unknown.suggestions))]

    @property
    def branch(self) -> Standing | None:
        """The branch whose own workbook it is, where it goes into one."""
        head = self.by_key.get(self._under or 0)
        return head if head and head.kind in BRANCH_KINDS else None

    def above(self, standing: Standing, kind: str) -> Standing | None:
        """The nearest organisation of a kind at or above one."""
        path: TreePath | None = TreePath(standing.path)
        while path is not None:
            found = self._by_path.get(str(path))
            if found is not None and found.kind == kind:
                return found
            path = path.parent
        return None

    def is_at_or_below(self, key: int, standing: Standing) -> bool:
        """Whether an organisation is another or stands below it."""
        own = self.by_key.get(key)
        return own is not None and own.path.startswith(standing.path)

    def named(self, key: int | None) -> str:
        """What an organisation is called in daily use; empty for one outside."""
        standing = self.by_key.get(key or 0)
        return standing.called if standing else ""

    def _choices(self, keys: Iterable[int]) -> tuple[Choice, ...]:
        """What may be meant, with what stands above where names alone do not tell them apart."""
        return tuple(Choice(key, self._told(self.by_key[key])) for key in keys)

    def _told(self, standing: Standing) -> str:
        above = self.by_key.get(standing.parent_id or 0)
        return f"{standing.name}（{above.called}）" if above else standing.name


def _below(rows: Standings, head: Standing) -> Standings:
    low, high = TreePath(head.path).bounds
    return rows.filter(path__gte=low, path__lt=high)


_CHOOSE = "请选择是哪一个"
_CHECK_NAME = "请选择对应的党组织，或者先把这个党组织建立起来"
