"""Past affiliations: a kind of workbook that can be brought in. It builds what was before what is registered."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import ClassVar

from django.db.models import Model

from dangwu.access.services.appointing import still_eligible
from dangwu.foundation.imports.keepers import Keepers
from dangwu.foundation.imports.kinds import (
    Accepted,
    Difference,
    Doubt,
    Line,
    ReadTable,
    Resolved,
    Task,
)
from dangwu.foundation.portions import portions
from dangwu.foundation.sheets.amending import Amendments
from dangwu.foundation.sheets.reading import Progress
from dangwu.foundation.sheets.shapes import Flaw, Severity, Sheet
from dangwu.kernel.span import FAR, Span
from dangwu.members.imports.affiliation_sheet import AffiliationRow, affiliations_sheet, read_affiliations
from dangwu.members.imports.known import anybody
from dangwu.members.imports.past_places import PastPlaces
from dangwu.members.imports.past_writing import write_affiliations
from dangwu.members.imports.people import RegisteredPeople, agrees
from dangwu.members.models import Affiliation
from dangwu.members.policies import KEEPERS
from dangwu.organisations.imports.places import Places
from dangwu.organisations.models import Standing


class Affiliations:
    """Where people belonged before."""

    name: ClassVar[str] = "affiliations"
    title: ClassVar[str] = "组织关系沿革表"
    noun: ClassVar[str] = "段组织关系"
    keepers: ClassVar[Keepers] = KEEPERS
    unkept: ClassVar[frozenset[str]] = frozenset()

    def sheet(self, on: date) -> Sheet:
        """Its columns as seen on a day."""
        return affiliations_sheet(on)

    def read(self, path: Path, *, on: date, amended: Amendments, progress: Progress | None) -> list[ReadTable]:
        """Read every table of the file. Raises UnreadableWorkbookError."""
        tables = read_affiliations(path, on=on, progress=progress, amended=amended)
        return [ReadTable(reading, {row.number: row for row in rows}) for reading, rows in tables]

    def resolve(self, task: Task, lines: Sequence[Line]) -> list[Resolved]:
        """Whose stretches they are, and which of them are not registered."""
        return _Resolving(task, lines).all()

    def prepare(self, row: Accepted) -> Accepted:
        """Nothing takes long."""
        return row

    def write(self, task: Task, rows: Iterable[Accepted]) -> None:
        """Write what was before. Part of an action. Raises OutdatedError, ObjectionError."""
        write_affiliations(task, rows)

    def refuse_return(self, row: Model) -> None:
        """Refuse that a role comes back to an administrator. Raises ObjectionError."""
        still_eligible(row)


@dataclass(slots=True)
class _Stretch:
    """A row of somebody who is known, where the organisation is known."""

    row: AffiliationRow
    place: Standing
    resolved: Resolved
    span: Span | None = None


class _Resolving:
    def __init__(self, task: Task, lines: Sequence[Line]) -> None:
        self._task = task
        self._lines = lines
        places = Places(task, KEEPERS)
        self._places = PastPlaces(task, places)
        self._people = RegisteredPeople(task, [line.value for line in lines], places)
        self._told: dict[int, list[_Stretch]] = defaultdict(list)

    def all(self) -> list[Resolved]:
        found = [self._places.find(line.value) for line in self._lines]
        named: dict[str, list[Standing]] = defaultdict(list)
        for line, (place, _) in zip(self._lines, found, strict=True):
            named[line.value.name] += [place] if place else []
        resolved = [
            self._resolve(line, place, doubts, named[line.value.name])
            for line, (place, doubts) in zip(self._lines, found, strict=True)
        ]
        kept = self._kept()
        for person, told in self._told.items():
            _Person(person, sorted(told, key=lambda its: its.row.since), kept[person]).draft()
        return resolved

    def _resolve(
        self, line: Line, place: Standing | None, doubts: Sequence[Doubt], named: Sequence[Standing]
    ) -> Resolved:
        row: AffiliationRow = line.value
        known, asked = self._people.find(line, named)
        resolved = Resolved(row.name, row.organisation, doubts=[*doubts, *asked])
        if place is not None and known is not None:
            resolved.where = place.called
            self._told[known.key].append(_Stretch(row, place, resolved))
        return resolved

    def _kept(self) -> dict[int, list[Affiliation]]:
        kept: dict[int, list[Affiliation]] = defaultdict(list)
        for chunk in portions(list(self._told)):
            for row in anybody(Affiliation).filter(person__in=chunk).order_by("valid_from"):
                kept[row.person_id].append(row)
        return kept


class _Person:
    """What is told of one person, from the first stretch to the last, beside what is registered."""

    def __init__(self, person: int, told: Sequence[_Stretch], kept: Sequence[Affiliation]) -> None:
        self._person = person
        self._told = told
        self._kept = kept
        self._starts = {row.pk: row.valid_from for row in kept}  # as they will be

    def draft(self) -> None:
        """Registered stretches go back to where they began; then those before them are put beside one another."""
        new = [stretch for stretch in self._told if not self._is_registered(stretch)]
        for stretch, until in zip(new, self._ends(new), strict=True):
            self._draft_new(stretch, until)
        spans = [stretch for stretch in new if stretch.span]
        for earlier, later in pairwise(spans):
            if earlier.span and later.span and earlier.span.overlaps(later.span):
                later.resolved.doubts.append(Doubt("since", _overlaps(f"第 {earlier.row.number} 行")))

    def _is_registered(self, stretch: _Stretch) -> bool:
        """Whether the row tells of a stretch that is there; it may have begun earlier than anybody said."""
        row = stretch.row
        same = [its for its in self._kept if its.organisation_id == stretch.place.organisation_id]
        for kept in same:
            if agrees(row.since, kept.valid_from):
                self._say_end(stretch, kept)
                return True
            ends_with = row.until and agrees(row.until, kept.valid_until)
            reaches = row.until is None or row.until.latest > kept.valid_from
            if row.since.latest < kept.valid_from and (ends_with or reaches) and self._is_first_after(row, kept):
                self._extend(stretch, kept)
                return True
        return False

    def _is_first_after(self, row: AffiliationRow, kept: Affiliation) -> bool:
        """Whether nothing else, registered or told, lies between the day and this stretch."""
        days = [its.valid_from for its in self._kept if its.pk != kept.pk]
        days += [its.row.since.earliest for its in self._told if its.row is not row]
        return not any(row.since.earliest < day < kept.valid_from for day in days)

    def _say_end(self, stretch: _Stretch, kept: Affiliation) -> None:
        stretch.resolved.target = kept.pk
        until = stretch.row.until
        if until and not agrees(until, kept.valid_until):
            stretch.resolved.doubts.append(Doubt("until", _other_end(kept, until)))

    def _extend(self, stretch: _Stretch, kept: Affiliation) -> None:
        since = stretch.row.since.earliest
        self._say_end(stretch, kept)
        self._starts[kept.pk] = since
        stretch.resolved.draft = {"extended": [kept.pk, kept.version], "since": str(since)}
        told = Difference(f"{stretch.place.called}起始日期", str(kept.valid_from), str(since))
        stretch.resolved.differences.append(told)

    def _ends(self, new: Sequence[_Stretch]) -> Iterator[date | None]:
        """Until when each stretch goes: as it says, else until the next begins."""
        days = sorted([*self._starts.values(), *(its.row.since.earliest for its in new)])
        for stretch in new:
            following = next((day for day in days if day > stretch.row.since.earliest), None)
            until = stretch.row.until
            if until is None or (following and agrees(until, following)):
                yield following
            else:
                yield until.earliest if until.day is not None else until.latest

    def _draft_new(self, stretch: _Stretch, until: date | None) -> None:
        since, resolved = stretch.row.since.earliest, stretch.resolved
        if until is None or since > max(self._starts.values(), default=FAR):
            resolved.doubts.append(Doubt("since", _no_past(stretch.row.name)))
            return
        if until <= since:
            return
        stretch.span = Span(since, until)
        for kept in self._kept:
            start = self._starts[kept.pk]
            if start < kept.valid_until and stretch.span.overlaps(Span(start, kept.valid_until)):
                resolved.doubts.append(Doubt("since", _overlaps(f"已登记的 {start} 起的一段")))
        place = {"organisation": stretch.place.organisation_id, "unit": stretch.place.unit_id}
        resolved.draft = {"person": self._person, **place, "since": str(since), "until": str(until)}
        resolved.differences.append(Difference(stretch.place.called, "", f"{since} 至 {until}"))


def _overlaps(other: str) -> Flaw:
    return Flaw("since.overlap", Severity.ERROR, f"与{other}日期重叠", "一个人同一天只能在一个党支部，请核对起止日期")


def _other_end(kept: Affiliation, until: object) -> Flaw:
    registered = "没有截止日期" if kept.valid_until == FAR else f"到 {kept.valid_until} 为止"
    message = f"登记的这一段{registered}，表中写到 {until}"
    remedy = "确已转出的，请在该党员的页面办理转接；按表中所写的，截止日期不变"
    return Flaw("until.differs", Severity.DOUBT, message, remedy)


def _no_past(name: str) -> Flaw:
    message = f"这一段晚于{name}现在登记的组织关系，不是以前的组织关系"
    return Flaw("since.not_past", Severity.ERROR, message, "请在该党员的页面办理转接")
