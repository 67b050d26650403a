"""The differences between a file of the national system and what is registered, item by item. Reads, never writes."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from dangwu.foundation.imports.exporting import OutOf
from dangwu.foundation.imports.kinds import Doubt, Resolved, Task
from dangwu.foundation.scope import Scope
from dangwu.foundation.sheets.codes import code_table
from dangwu.foundation.sheets.reading import Progress
from dangwu.foundation.sheets.shapes import Severity
from dangwu.members.imports.drafting import LABELS, Differing, told_by
from dangwu.members.imports.known import Known, KnownPeople, holders
from dangwu.members.imports.meeting import Meeting
from dangwu.members.models import MEMBERS, Circumstances, Post
from dangwu.members.policies import KEEPERS
from dangwu.members.reconciling.items import Items, Part, items
from dangwu.members.reconciling.reading import File, Told, read_file
from dangwu.members.roster import belonging
from dangwu.organisations.imports.places import Places
from dangwu.organisations.models import Organisation, OrganisationKind, Standing
from dangwu.organisations.queries import standing_of

YES_NO = {True: "是", False: "否"}
CODED = ("education", "ethnicity")
WHEREABOUTS = {
    "out_of_touch": Circumstances.Whereabouts.OUT_OF_TOUCH,
    "mobile": Circumstances.Whereabouts.MOBILE,
}


class Sort(StrEnum):
    """What kind of difference it is."""

    DIFFERS = "differs"
    ONLY_THERE = "only_there"
    ONLY_HERE = "only_here"
    UNSURE = "unsure"
    UNREAD = "unread"


class Gap(NamedTuple):
    """One difference: about whom, where he belongs here, which item, what either side says, and where to look.

    `key` is the row here to go to: a person or an organisation, 0 where there is none.
    """

    part: Part
    sort: Sort
    name: str
    where: str
    item: str
    theirs: str
    ours: str
    at: str
    key: int = 0


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What a comparison found: by whom, of which part of the tree as of which day; how many rows were compared."""

    file: str
    by: str
    place: str
    called: str
    on: date
    members: int
    organisations: int
    same: int
    not_compared: tuple[str, ...]
    gaps: list[Gap]

    @property
    def counts(self) -> Counter[Sort]:
        """How many there are of each kind."""
        return Counter(gap.sort for gap in self.gaps)


def reconcile(path: Path, task: Task, *, progress: Progress | None = None) -> Reconciled:
    """Hold a file against what the actor keeps below an organisation, as it was on a day. Raises
    UnreadableWorkbookError.
    """
    asked = items()
    file = read_file(path, asked, on=task.on, progress=progress)
    head = standing_of(task.under, task.on) if task.under else None
    comparing = _Comparing(task, asked, file, head)
    gaps = list(comparing.gaps())
    concerned = {(gap.part, gap.at) for gap in gaps if gap.at}
    compared = len(file.members) + len(file.organisations)
    return Reconciled(
        file=file.name,
        by=task.by.key,
        place=head.path if head else "",
        called=head.called if head else "整个系统",
        on=task.on,
        members=len(file.members),
        organisations=len(file.organisations),
        same=compared - len(concerned),
        not_compared=tuple(_not_compared(asked, file)),
        gaps=gaps,
    )


def _not_compared(asked: Items, file: File) -> Iterator[str]:
    """Items that were not held against anything, and why."""
    parts: tuple[tuple[Part, bool], ...] = (
        ("organisation", bool(file.organisations)),
        ("member", bool(file.members)),
    )
    for part, given in parts:
        for item in asked.of(part) if given else ():
            if item.why_not:
                yield f"{item.label}：{item.why_not}"
            elif item.compare not in file.compared[part]:
                yield f"{item.label}：文件里没有这一栏"


class _Comparing:
    def __init__(self, task: Task, asked: Items, file: File, head: Standing | None) -> None:
        self._task, self._items, self._file = task, asked, file
        self._places = Places(task, KEEPERS)
        self._scope = OutOf(head.path if head else "", task.on).scope(task.by, KEEPERS)
        self._met: set[int] = set()

    def gaps(self) -> Iterator[Gap]:
        yield from self._unread()
        if self._file.organisations:
            yield from self._of_organisations()
        if self._file.members:
            people = KnownPeople([told.as_roster_row() for told in self._file.members], self._task.on)
            meeting = Meeting(people, self._places)
            for told in self._file.members:
                yield from self._of_member(told, meeting)
            yield from self._people_only_here()

    def _unread(self) -> Iterator[Gap]:
        """What nobody can read is told, so that no item passes for equal. A value that is only doubted was compared."""
        for problem in self._file.problems:
            if problem.severity is not Severity.ERROR:
                continue
            place = f"{problem.sheet} 第 {problem.row} 行" if problem.row else problem.sheet
            at = f"{place}{f'，{problem.column} 列' if problem.column else ''}"
            label = LABELS.get(problem.field or "", "")
            yield Gap("member", Sort.UNREAD, "", "", label, problem.message, "", at)

    # --- members

    def _of_member(self, told: Told, meeting: Meeting) -> Iterator[Gap]:
        row = told.as_roster_row()
        written = row.organisation or ""
        place, _, doubts = self._places.find(written) if written else (None, "", [])
        known, questions = meeting.meet(row, place, "")
        if questions:
            yield self._unsure(told, questions)
        elif known is None:
            yield Gap("member", Sort.ONLY_THERE, row.name, written, "", "有", "没有登记", told.at)
        else:
            self._met.add(known.key)
            where = self._places.named(known.affiliation.organisation_id if known.affiliation else None)
            for item, theirs, ours in self._differences(told, known, place, bool(doubts)):
                yield Gap("member", Sort.DIFFERS, known.person.name, where, item, theirs, ours, told.at, known.key)

    def _unsure(self, told: Told, questions: list[Doubt]) -> Gap:
        choices = "、".join(choice.name for question in questions for choice in question.choices)
        message = "；".join(question.flaw.message for question in questions)
        where = str(told.values.get("organisation") or "")
        return Gap("member", Sort.UNSURE, told.values["name"], where, "", message, choices, told.at)

    def _differences(
        self,
        told: Told,
        known: Known,
        place: Standing | None,
        is_unknown: bool,  # noqa: FBT001 - a fact, no switch
    ) -> Iterator[tuple[str, str, str]]:
        """Item, their value, ours."""
        said = told_by(told.as_roster_row())
        resolved = Resolved(known.person.name)
        differing = Differing(self._task, known, resolved)
        for name in self._file.compared["member"] & said.keys():
            if differing.compare({name: said[name]}):
                found = resolved.differences[-1]
                if name in CODED and _is_one_entry(name, found.old, found.new):
                    continue
                yield self._items.label_of("member", name), found.new, found.old or "（空）"
        now = known.affiliation.organisation_id if known.affiliation else None
        if is_unknown or (place is not None and place.organisation_id != now):
            written = str(told.values["organisation"])
            yield self._items.label_of("member", "organisation"), written, self._places.named(now) or "（空）"
        yield from self._whereabouts(told, known)

    def _whereabouts(self, told: Told, known: Known) -> Iterator[tuple[str, str, str]]:
        kept = known.circumstances.whereabouts if known.circumstances else ""
        for name, whereabouts in WHEREABOUTS.items():
            said = told.values.get(name)
            if said is not None and said != (kept == whereabouts):
                yield self._items.label_of("member", name), YES_NO[said], YES_NO[kept == whereabouts]

    def _people_only_here(self) -> Iterator[Gap]:
        rows: Any = belonging(self._scope, MEMBERS)  # with names that are no columns of it
        named = rows.order_by("place__path", "person__pk").values_list("person_id", "person__name", "organisation_id")
        for key, name, organisation in named:
            if key not in self._met:
                where = self._places.named(organisation)
                yield Gap("member", Sort.ONLY_HERE, name, where, "", "没有", "已登记", "", key)

    # --- organisations

    def _of_organisations(self) -> Iterator[Gap]:
        kept, met = Kept(self._places.by_key, self._scope), set()
        for told in self._file.organisations:
            name = str(told.values["name"])
            place, _, doubts = self._places.find(name, "name")
            if place is None:
                yield _unknown_organisation(told, name, doubts)
            else:
                met.add(place.organisation_id)
                yield from self._of_organisation(told, place, kept.of(place))
        for key, place in self._places.by_key.items():
            if key not in met:
                yield Gap("organisation", Sort.ONLY_HERE, place.name, place.called, "", "没有", "已登记", "", key)

    def _of_organisation(self, told: Told, place: Standing, ours: dict[str, str]) -> Iterator[Gap]:
        for name, kept in ours.items():
            said = told.values.get(name)
            if not said or said == kept or (name == "name" and said == place.short_name):
                continue
            label = self._items.label_of("organisation", name)
            pair = (_kind(said), _kind(kept)) if name == "kind" else (str(said), kept or "（空）")
            where, key = place.called, place.organisation_id
            yield Gap("organisation", Sort.DIFFERS, place.name, where, label, *pair, told.at, key)


class Kept:
    """What is registered of organisations, by the fields that are compared: two queries."""

    def __init__(self, keys: Iterable[int], scope: Scope) -> None:
        """Read it."""
        self._secretaries = holders(keys, Post.Kind.SECRETARY, scope.on)
        self._rows = {row.pk: row for row in Organisation.objects.within(scope).select_related("stands_in")}

    def of(self, place: Standing) -> dict[str, str]:
        """Of one of them."""
        row, post = self._rows[place.organisation_id], self._secretaries.get(place.organisation_id)
        unit = row.stands_in.name if row.stands_in else ""
        secretary = post.person.name if post else row.secretary
        return {"name": place.name, "secretary": secretary, "kind": place.kind, "unit": unit}


def _unknown_organisation(told: Told, name: str, doubts: list[Doubt]) -> Gap:
    if doubts and doubts[0].asks:
        choices = "、".join(choice.name for choice in doubts[0].choices)
        return Gap("organisation", Sort.UNSURE, name, "", "", doubts[0].flaw.message, choices, told.at)
    return Gap("organisation", Sort.ONLY_THERE, name, "", "", "有", "没有登记", told.at)


def _is_one_entry(table: str, kept: str, said: str) -> bool:
    """Whether two words are of one entry of a code table: what is registered may be in words of daily use."""
    entry = code_table(table).find(kept) if kept else None
    return entry is not None and entry.name == said


def _kind(kind: str) -> str:
    return str(OrganisationKind(kind).label)
