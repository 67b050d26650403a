"""Who was expected at the activities of a year, and who came, as far as the records say it by name."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dangwu.members.ages import years_before
from dangwu.members.models import Circumstances, Person
from dangwu.records.attending import YOUNG
from dangwu.records.branch_years import BranchYear, on_day
from dangwu.records.kind_shapes import Expected
from dangwu.records.queries import Record


class Mark(StrEnum):
    """What a cell of the ledger says."""

    PRESENT = "✓"
    ABSENT = "缺席"
    NOT_EXPECTED = "／"
    NOT_TOLD = ""


LEGEND = "✓ 到会；／ 不属于应到人员；空白 记录里只有人数、没有写明是谁；其余为缺席原因。"


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody, and what he has under each activity: a mark, or the reason of an absence."""

    person: Person
    cells: tuple[str, ...]

    @property
    def expected(self) -> int:
        """At how many he is known to have been expected."""
        return sum(cell not in {Mark.NOT_EXPECTED, Mark.NOT_TOLD} for cell in self.cells)

    @property
    def present(self) -> int:
        """At how many he was."""
        return self.cells.count(Mark.PRESENT)

    @property
    def absent(self) -> int:
        """From how many he stayed away."""
        return self.expected - self.present


def attended(year: BranchYear) -> tuple[list[Record], list[Line]]:
    """The activities at which somebody is counted by name, and the line of everybody who was expected at one."""
    records = [record for record in year.records if _is_counted(record, year)]
    columns = [cells_of(record, year) for record in records]
    people = sorted(year.people.values(), key=lambda person: (person.pinyin, person.pk))
    lines = [Line(p, tuple(column.get(p.pk, Mark.NOT_EXPECTED) for column in columns)) for p in people]
    return records, [line for line in lines if set(line.cells) - {Mark.NOT_EXPECTED}]


def _is_counted(record: Record, year: BranchYear) -> bool:
    kind = year.kinds.get(record.activity.kind)
    return bool(record.absences or record.participations) or (
        record.activity.organisation_id == year.organisation
        and kind is not None
        and kind.expected not in {Expected.COUNTED, Expected.PAIR, Expected.NAMED}
    )


def cells_of(record: Record, year: BranchYear) -> dict[int, str]:
    """What stands under an activity, by person: of those alone who were expected or are named."""
    known = names_everybody(record)
    cells: dict[int, str] = dict.fromkeys(expected(record, year), Mark.PRESENT if known else Mark.NOT_TOLD)
    cells |= {row.person_id: Mark.PRESENT for row in record.participations if row.person_id}
    return cells | {row.person_id: row.reason or Mark.ABSENT for row in record.absences if row.person_id}


def names_everybody(record: Record) -> bool:
    """Whether all who stayed away are named, so that everybody else was there."""
    activity = record.activity
    if activity.expected is None or activity.present is None:
        return False
    return activity.expected - activity.present == len(record.absences)


def expected(record: Record, year: BranchYear) -> Iterator[int]:
    """Who should have come, by the kind and the roster of its day. Nobody where another organisation called them."""
    activity, kind = record.activity, year.kinds.get(record.activity.kind)
    if kind is None or activity.organisation_id != year.organisation:
        return
    match kind.expected:
        case Expected.COMMITTEE:
            yield from (person for person in year.people if year.post_on_committee(person, activity.held_on))
        case Expected.MEMBERS:
            yield from members_on(year, activity.held_on)
        case Expected.GROUP:
            yield from members_on(year, activity.held_on, activity.group)
        case Expected.YOUNG:
            yield from (pk for pk in members_on(year, activity.held_on) if _is_young(pk, year, activity.held_on))


def members_on(year: BranchYear, day: date, group: str = "") -> Iterator[int]:
    """The members on a day, of a group where one is named."""
    for person, lines in year.lines.items():
        stay = on_day(lines.stays, day)
        if stay is None or not lines.is_member(day):
            continue
        if not group or (stay.group is not None and stay.group.name == group):
            yield person


def _is_young(person: int, year: BranchYear, day: date) -> bool:
    circumstance = on_day(year.lines[person].circumstances, day)
    serving = circumstance is not None and circumstance.employment == Circumstances.Employment.IN_SERVICE
    return serving and year.people[person].birth > str(years_before(day, YOUNG + 1))
