"""Which registered organisation each row of a list means, and what stands above it: rows come in any order."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from dangwu.foundation.imports.decisions import NEW, key_of
from dangwu.foundation.imports.kinds import Choice, Doubt, Line, Task
from dangwu.foundation.sheets.shapes import Flaw
from dangwu.organisations.holding import HELD, only_holder
from dangwu.organisations.imports import flaws
from dangwu.organisations.imports.known import Known, KnownOrganisations
from dangwu.organisations.matching import Found, OrganisationNames
from dangwu.organisations.models import OrganisationKind
from dangwu.organisations.sheets import OrganisationRow

HIGHEST = (OrganisationKind.WORKING_COMMITTEE, OrganisationKind.PARTY_LEADERSHIP_GROUP, OrganisationKind.COMMITTEE)


class Above(NamedTuple):
    """What stands above: another row of the list, by its place, or something registered; nothing for the highest."""

    row: int | None = None
    key: int | None = None


@dataclass(slots=True)
class Meant:
    """What a row means: something registered, or something new where `known` is None. Without `above` nobody knows yet
    what stands above it.
    """

    place: int
    line: Line
    above: Above | None = None
    known: Known | None = None
    is_new_for_sure: bool = False
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def row(self) -> OrganisationRow:
        """What the row says."""
        row: OrganisationRow = self.line.value
        return row

    def doubt(self, name: str, flaw: Flaw, choices: Sequence[Choice] = (), **how: bool) -> None:
        """Ask about it."""
        self.doubts.append(Doubt(name, flaw, tuple(choices), **how))


class Finding:
    """Finds for all rows what they mean. Those that stand at the registered place are found before those that do not,
    so that a namesake elsewhere takes nothing away from them.
    """

    def __init__(self, task: Task, lines: Sequence[Line], known: KnownOrganisations) -> None:
        """Take the rows and what is registered."""
        self._task = task
        self._known = known
        self.every = [Meant(place, line) for place, line in enumerate(lines)]
        self._names = OrganisationNames((m.place, m.row.name, filter(None, [m.row.short_name])) for m in self.every)
        self._exact: dict[str, list[int]] = defaultdict(list)
        for meant in self.every:
            for name in dict.fromkeys(filter(None, (meant.row.name, meant.row.short_name))):
                self._exact[name].append(meant.place)
        self._kinds = {meant.place: meant.row.kind or OrganisationKind.BRANCH for meant in self.every}
        self._taken: dict[int, Meant] = {}

    def all(self) -> list[Meant]:
        """Every row, in the order of the list."""
        for meant in self.every:
            meant.above = self._above(meant)
        self._break_circles()
        for level in self._levels():
            waiting = [meant for meant in level if not self._find_in_place(meant)]
            for meant in waiting:
                self._find_elsewhere(meant)
        self._settle_parents()
        return self.every

    def is_strange(self) -> bool:
        """Whether the list knows none of the organisations that stand there, though there are some: it may be meant for
        another part of the tree.
        """
        below = [its for its in self._known.live.values() if its.key != self._task.under]
        others = [meant for meant in self.every if meant.known is None or meant.known.key != self._task.under]
        met = [m for m in others if m.known or (m.row.parent and m.above and m.above.key)]
        return bool(below) and len(others) > 1 and not met

    def parent_of(self, meant: Meant) -> Known | Meant | None:
        """What stands above: registered, or new like itself."""
        if meant.above is None:
            return None
        if meant.above.row is not None:
            other = self.every[meant.above.row]
            return other.known or other
        return self._known.live.get(meant.above.key or 0)

    # --- what stands above

    def _above(self, meant: Meant) -> Above | None:
        text = meant.row.parent
        if not text:
            return self._held_by(meant)
        chosen = self._task.decisions.meant.get(key_of("parent", text))
        if chosen in self._known.live:
            return Above(key=chosen)
        rows = [place for place in self._exact.get(text, ()) if place != meant.place]
        known = [its for its in self._known.called(text) if its.is_called(text)]
        if not rows and not known:
            answer = self._names.find(text)
            rows = [answer.key] if isinstance(answer, Found) and answer.key != meant.place else []
            known = self._known.called(text)
        return self._one_of(meant, rows, known)

    def _held_by(self, meant: Meant) -> Above | None:
        """Where nobody says it: the only one of the list that may hold it, else where the list goes."""
        holder = only_holder(meant.place, self._kinds)
        if holder is not None:
            return Above(row=holder)
        if self._is_beside(meant):
            return None
        return Above(key=self._task.under) if self._task.under in self._known.live else None

    def _is_beside(self, meant: Meant) -> bool:
        """Whether it leads the unit, and so stands beside or over the organisation into which the list goes."""
        head = self._known.live.get(self._task.under or 0)
        is_group = self._kinds[meant.place] == OrganisationKind.PARTY_LEADERSHIP_GROUP
        return is_group and head is not None and head.standing.kind in {*HELD, OrganisationKind.COMMITTEE}

    def _one_of(self, meant: Meant, rows: Sequence[int], known: Sequence[Known]) -> Above | None:
        """A row of the list comes first, where it is the one: it may be the same as what is registered."""
        if len(rows) == 1:
            return Above(row=rows[0])
        if len(known) > 1:  # of namesakes, the one below which this stands already
            at = {its.standing.parent_id for its in self._candidates(meant)}
            known = [its for its in known if its.key in at] or known
        if not rows and len(known) == 1:
            return Above(key=known[0].key)
        if rows or known:
            choices = [Choice(its.key, self._known.told(its)) for its in known]
            meant.doubt("parent", flaws.ambiguous_parent(meant.row.parent or ""), choices)
        return None

    def _break_circles(self) -> None:
        for meant in [meant for meant in self.every if self._is_in_circle(meant)]:
            meant.doubt("parent", flaws.circle(meant.row.name))
            meant.above = None

    def _is_in_circle(self, meant: Meant) -> bool:
        seen: set[int] = set()
        above = meant.above
        while above is not None and above.row is not None and above.row not in seen:
            seen.add(above.row)
            above = self.every[above.row].above
        return meant.place in seen

    def _levels(self) -> Iterator[list[Meant]]:
        """The rows from the top down."""
        below: dict[int | None, list[Meant]] = defaultdict(list)
        for meant in self.every:
            below[meant.above.row if meant.above else None].append(meant)
        level = below[None]
        while level:
            yield level
            level = [child for meant in level for child in below[meant.place]]

    # --- what is meant

    def _find_in_place(self, meant: Meant) -> bool:
        """Whether it is known for certain: somebody said so, or there is one at this place, or one at all where no
        place is told.
        """
        answer = self._task.decisions.answer_to(meant.line.sheet, meant.line.number)
        if answer == NEW:
            meant.is_new_for_sure = True
            return True
        if answer.isdecimal() and (chosen := self._known.get(int(answer))):
            return self._take(meant, chosen)
        if (ended := meant.row.dissolved_on) and ended <= self._known.on:
            past = self._known.ended(meant.row.name, ended)
            if len(past) == 1:
                return self._take(meant, past[0])
        found = self._at_place(meant, self._candidates(meant))
        if len(found) > 1:
            found = [its for its in found if its.is_called(meant.row.name)] or found
        if len(found) > 1:
            self._ask(meant, found)
            return True
        return bool(found) and self._take(meant, found[0])

    def _candidates(self, meant: Meant) -> list[Known]:
        return self._known.called(meant.row.name)

    def _at_place(self, meant: Meant, candidates: Sequence[Known]) -> list[Known]:
        above = self.parent_of(meant)
        if above is None or not meant.row.parent:
            return [its for its in candidates if self._may_stand(meant, its, above)]
        parent = above.key if isinstance(above, Known) else None
        return [its for its in candidates if its.standing.parent_id == parent] if parent else []

    def _may_stand(self, meant: Meant, known: Known, above: Known | Meant | None) -> bool:
        """Where the list says nothing of the place, one that bears the very name is it wherever it stands."""
        if isinstance(above, Known) and known.standing.parent_id == above.key:
            return True
        return above is None or known.is_called(meant.row.name) or known.key == self._task.under

    def _find_elsewhere(self, meant: Meant) -> None:
        """One of the very name that stands somewhere else, and that no other row means."""
        free = [its for its in self._candidates(meant) if its.key not in self._taken]
        free = [its for its in free if its.is_called(meant.row.name)]
        above = self.parent_of(meant)
        if not free or above is None:
            return
        if len(free) > 1:
            self._ask(meant, free)
            return
        self._take(meant, free[0])
        registered = self._known.live.get(free[0].standing.parent_id or 0)
        told = above.standing.called if isinstance(above, Known) else above.row.name
        place = registered.standing.called if registered else "最高一级"
        meant.doubt(
            "parent", flaws.elsewhere(meant.row.name, place, told), [self._choice(free[0])], of_row=True, or_new=True
        )

    def _take(self, meant: Meant, known: Known) -> bool:
        first = self._taken.setdefault(known.key, meant)
        if first is not meant:
            meant.doubt("name", flaws.twice(meant.row.name, first.line.number))
        meant.known = known
        return True

    def _ask(self, meant: Meant, found: Sequence[Known]) -> None:
        choices = [self._choice(its) for its in found]
        meant.doubt("name", flaws.ambiguous(meant.row.name), choices, asks=True, of_row=True, or_new=True)

    def _choice(self, known: Known) -> Choice:
        return Choice(known.key, self._known.told(known))

    # --- those of whom nobody said what stands above

    def _settle_parents(self) -> None:
        open_ones = [meant for meant in self.every if meant.above is None and not meant.doubts]
        new = [meant for meant in open_ones if meant.known is None]
        for meant in open_ones:
            if meant.known and meant.row.parent and meant.known.standing.parent_id in self._known.live:
                self._ask_for_parent(meant, is_registered=True)
        if self._task.under is None and not self._known:
            self._settle_highest(new)
        else:
            for meant in new:
                self._settle_parent(meant)

    def _settle_highest(self, new: Sequence[Meant]) -> None:
        """On an empty site one row is the highest, if only one may be."""
        ranks = [kind for kind in HIGHEST if kind in {self._kinds[meant.place] for meant in new}]
        counted = Counter(self._kinds[meant.place] for meant in new)
        first = next((m for m in new if len(new) == 1 or (ranks and self._kinds[m.place] == ranks[0])), None)
        if first is None or (len(new) > 1 and counted[ranks[0]] > 1):
            for meant in new:
                self._settle_parent(meant)
            return
        first.above = Above()
        if first.row.parent:
            first.doubt("parent", flaws.highest_here(first.row.parent))
        for meant in new:
            if meant is not first and not meant.row.parent:
                meant.above = Above(row=first.place)
                meant.doubt("parent", flaws.assumed_parent(meant.row.name, first.row.name))
            elif meant is not first:
                self._settle_parent(meant)

    def _settle_parent(self, meant: Meant) -> None:
        if meant.row.parent:
            self._ask_for_parent(meant, is_registered=False)
        elif self._is_beside(meant):
            head = self._known.live[self._task.under or 0]
            meant.doubt("kind", flaws.not_below(meant.row.name, head.standing.called))
        elif self._task.under is None and self._kinds[meant.place] in HIGHEST:
            meant.above = Above()
            meant.doubt("parent", flaws.another_highest(meant.row.name))
        else:
            meant.doubt("parent", flaws.no_parent(meant.row.name))

    def _ask_for_parent(self, meant: Meant, *, is_registered: bool) -> None:
        text = meant.row.parent or ""
        choices = [self._choice(its) for its in self._known.close_to(text)]
        meant.doubt("parent", flaws.unknown_parent(text, is_registered=is_registered), choices)
