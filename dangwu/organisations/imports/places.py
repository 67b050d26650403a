"""Which organisation a row of a workbook means, in the part of the tree into which it goes."""

from collections.abc import Iterable
from functools import cached_property

from dangwu.foundation.imports.decisions import key_of
from dangwu.foundation.imports.keepers import Keepers
from dangwu.foundation.imports.kinds import Choice, Doubt, Task
from dangwu.foundation.pinyin import spelled
from dangwu.foundation.sheets.shapes import Flaw, Severity
from dangwu.kernel.tree_path import TreePath
from dangwu.organisations.matching import Ambiguous, Found, OrganisationNames
from dangwu.organisations.models import BRANCH_KINDS, Standing
from dangwu.organisations.queries import Standings, former_standings, names_of, standings

Place = tuple[Standing | None, str, list[Doubt]]
MOST_OFFERED = 4


class Places:
    """The organisations of the day into which the task's actor may bring something, below the one that was chosen."""

    def __init__(self, task: Task, keepers: Keepers) -> None:
        """Read them: two queries."""
        rows = standings(keepers.reach(task.by, task.on))
        if task.under is not None:
            head = rows.filter(organisation=task.under).first()
            rows = _below(rows, head) if head else rows.none()
        self._under, self._on = task.under, task.on
        self._meant = task.decisions.meant
        self.by_key: dict[int, Standing] = {row.organisation_id: row for row in rows}
        self._by_path = {row.path: row for row in self.by_key.values()}
        self._names = names_of(self.by_key.values())

    def find(self, text: str, field: str = "organisation") -> Place:
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
                return self._by_former_name(text, field) or self._unknown(text, field, unknown.suggestions)

    def _by_former_name(self, text: str, field: str) -> Place | None:
        """An organisation that was called so: it is told, and whoever imports agrees."""
        found = self._former.find(text)
        if not isinstance(found, Found):
            return None
        now = self.by_key[found.key]
        message = f"“{text}”现在是“{now.name}”"
        flaw = Flaw("organisation.former", Severity.DOUBT, message, "就是这个党组织的，选择“按表中所写”")
        return now, found.group or "", [Doubt(field, flaw)]

    def _unknown(self, text: str, field: str, alike: Iterable[int]) -> Place:
        """Names that sound the same are offered first: they were typed by sound."""
        if not any(row.kind in BRANCH_KINDS for row in self.by_key.values()):
            return None, "", [Doubt(field, Flaw("organisation.none", Severity.ERROR, _NO_BRANCH, _BRANCHES_FIRST))]
        sound = spelled(text).whole
        same = [row.organisation_id for row in self.by_key.values() if sound in row.pinyin.split()]
        flaw = Flaw("organisation.unknown", Severity.ERROR, f"导入范围内没有“{text}”这个党组织", _CHECK_NAME)
        choices = list(dict.fromkeys([*same, *alike]))[:MOST_OFFERED]
        return None, "", [Doubt(field, flaw, self._choices(choices))]

    @cached_property
    def _former(self) -> OrganisationNames[int]:
        """What these organisations were called before: read only where a name is unknown."""
        return names_of(row for row in former_standings(self._on) if row.organisation_id in self.by_key)

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


_NO_BRANCH = "导入范围内还没有登记任何党支部"
_BRANCHES_FIRST = "请先导入党组织信息表，或者在党组织的页面新建，再重新读取这份表"
_CHOOSE = "请选择是哪一个"
_CHECK_NAME = "请选择对应的党组织，或者先把这个党组织建立起来"
