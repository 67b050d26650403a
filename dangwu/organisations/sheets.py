"""The workbook that describes party organisations: how its rows become facts."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dangwu.foundation.sheets.amending import UNAMENDED, Amendments
from dangwu.foundation.sheets.cells import plain
from dangwu.foundation.sheets.placing import Placed
from dangwu.foundation.sheets.reading import Progress, read_tables
from dangwu.foundation.sheets.shapes import Flaw, Problem, Reading, Row, Severity
from dangwu.kernel.months import add_months
from dangwu.kernel.partial_date import PartialDate
from dangwu.organisations.cells import CommitteeTold, TermTold
from dangwu.organisations.columns import organisations_sheet
from dangwu.organisations.matching import kind_of_name

_MONTHS_A_YEAR = 12
_AS_WRITTEN = (
    "name",
    "short_name",
    "parent",
    "secretary",
    "discipline_secretary",
    "units_covered",
    "staff_total",
    "full_time_staff",
    "groups",
    "secretary_is_head",
)
_DAYS = ("founded_on", "dissolved_on", "term_started_on", "term_until", "term_postponed_until")
_JOINT_OR_TEMPORARY = ("joint_branch", "temporary_branch")


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """One organisation. None is what nobody wrote or nobody can read.

    Where only a month is written, the day is taken that asks least of the organisation: it was founded on the last of
    the month, dissolved on the first, and its term ends on the last.
    """

    number: int
    name: str
    short_name: str | None
    kind: str | None
    parent: str | None
    founded_on: date | None
    dissolved_on: date | None
    secretary: str | None
    deputies: tuple[str, ...]
    discipline_secretary: str | None
    has_committee: bool | None
    committee_members: int | None
    committee_names: tuple[str, ...]
    term_started_on: date | None
    term_until: date | None
    term_postponed_until: date | None
    term_years: int | None
    units_covered: int | None
    staff_total: int | None
    full_time_staff: int | None
    groups: int | None
    secretary_is_head: bool | None
    by_month: frozenset[str] = frozenset()  # the days of which only the month is written

    @property
    def deputy_secretary(self) -> str | None:
        """All deputy secretaries in one text."""
        return "、".join(self.deputies) or None


@dataclass(frozen=True, slots=True)
class OrganisationsReading:
    """The organisations of a workbook: `reading` has every problem; `rows` have a name, and each name once."""

    reading: Reading
    rows: list[OrganisationRow]

    @property
    def problems(self) -> list[Problem]:
        return self.reading.problems


def read_organisations(
    path: Path, *, on: date, progress: Progress | None = None, amended: Amendments = UNAMENDED
) -> list[OrganisationsReading]:
    """Read the organisations as seen on a day, with what people decided about the workbook, from each sheet that lists
    some, all with much the same head.

    Raises UnreadableWorkbookError where the file is none.
    """
    readings = read_tables(path, organisations_sheet(on), progress=progress, amended=amended)
    every = [Placed(reading) for reading in readings]
    return [_read(placed, on) for placed in every]


def _read(placed: Placed, on: date) -> OrganisationsReading:
    rows = [_organisation(placed, row) for row in _named_once(placed)]
    for row in rows:
        _check(placed, row, on)
    return OrganisationsReading(placed.complete(), rows)


def _named_once(placed: Placed) -> list[Row]:
    """The rows with a name; a name under the same parent that stood before is told and left out."""
    first: dict[tuple[str, str], int] = {}
    named: list[Row] = []
    for row in placed.reading.rows:
        name = row.values.get("name")
        number = first.setdefault((plain(name), plain(row.values.get("parent"))), row.number) if name else 0
        if number == row.number:
            named.append(row)
        elif name:
            message = f"“{name}”已在第 {number} 行出现，本行没有采用"
            remedy = "请删去多余的一行；如果是两个组织，请写明各自的全称和上级组织"
            placed.add(row, "name", Flaw("name.duplicate", Severity.ERROR, message, remedy))
        else:
            flaw = Flaw("name.missing", Severity.ERROR, "没有填写组织名称，本行没有采用", "请填写党组织全称")
            placed.add(row, "name", flaw)
    return named


def _organisation(placed: Placed, row: Row) -> OrganisationRow:
    values = row.values
    committee: CommitteeTold | None = values.get("committee_members")
    as_written: dict[str, Any] = {name: values.get(name) for name in _AS_WRITTEN}
    return OrganisationRow(
        number=row.number,
        kind=_kind(placed, row),
        founded_on=_last(values.get("founded_on")),
        dissolved_on=_first(values.get("dissolved_on")),
        deputies=values.get("deputy_secretary") or (),
        has_committee=_has_committee(values.get("has_committee"), committee),
        committee_members=committee.members if committee else None,
        committee_names=committee.names if committee else (),
        by_month=_by_month(values),
        **_term(values),
        **as_written,
    )


def _kind(placed: Placed, row: Row) -> str | None:
    """What the column says; a name that says more precisely what kind of branch it is comes first."""
    by_name = kind_of_name(row.values["name"])
    told: str | None = row.values.get("kind")
    if told is None and by_name is None and not placed.is_faulty(row, "kind"):
        message = f"看不出“{row.values['name']}”是哪一类党组织"
        remedy = "请填写组织类别，例如党支部、联合党支部、党总支、机关党委"
        field = "kind" if placed.has_column("kind") else "name"
        placed.add(row, field, Flaw("kind.unknown", Severity.ERROR, message, remedy))
    return by_name if told is None or by_name in _JOINT_OR_TEMPORARY else told


def _has_committee(told: bool | None, committee: CommitteeTold | None) -> bool | None:  # noqa: FBT001 - a fact, no switch
    return bool(committee.members) if told is None and committee else told


def _term(values: dict[str, Any]) -> dict[str, Any]:
    """The term, out of its own columns and the one that tells all of it."""
    told: TermTold = values.get("term") or TermTold()
    started: PartialDate | None = values.get("term_started_on") or told.started_on
    until = _last(values.get("term_until") or told.until)
    if until is None and started and told.years:
        until = add_months(started.latest, told.years * _MONTHS_A_YEAR)
    postponed = _last(values.get("term_postponed_until"))
    return {
        "term_started_on": _first(started),
        "term_until": until,
        "term_postponed_until": postponed,
        "term_years": told.years,
    }


def _by_month(values: dict[str, Any]) -> frozenset[str]:
    """The days of which only the month is told; an end that follows from the beginning is as exact as that."""
    told: TermTold = values.get("term") or TermTold()
    started = values.get("term_started_on") or told.started_on
    until = values.get("term_until") or told.until or (told.years and started)
    days = {**values, "term_started_on": started, "term_until": until}
    return frozenset(name for name in _DAYS if days.get(name) and days[name].day is None)


def _first(day: PartialDate | None) -> date | None:
    return day.earliest if day else None


def _last(day: PartialDate | None) -> date | None:
    return day.latest if day else None


def _check(placed: Placed, row: OrganisationRow, on: date) -> None:
    """What two values of a row say against each other."""
    place = Row(row.number, {})
    if row.founded_on and row.founded_on.replace(day=1) > on:
        message, remedy = f"建立日期 {row.founded_on} 晚于检查日 {on}", "请核对年份"
        placed.add(place, "founded_on", Flaw("founded_on.in_future", Severity.DOUBT, message, remedy))
    if row.founded_on and row.dissolved_on and row.dissolved_on < row.founded_on.replace(day=1):
        message, remedy = f"撤销日期 {row.dissolved_on} 早于建立日期 {row.founded_on}", "请对照批复核对两个日期"
        placed.add(place, "dissolved_on", Flaw("dissolved_on.before_founded", Severity.DOUBT, message, remedy))
    if row.term_started_on and row.term_until and row.term_until <= row.term_started_on:
        message, remedy = f"届满日期 {row.term_until} 不晚于选举日期 {row.term_started_on}", "请核对本届起止日期"
        field = "term_until" if placed.has_column("term_until") else "term"
        placed.add(place, field, Flaw("term_until.before_started", Severity.DOUBT, message, remedy))
    if row.full_time_staff and row.staff_total is not None and row.full_time_staff > row.staff_total:
        message = f"专职党务干部 {row.full_time_staff} 人，多于工作人员总数 {row.staff_total} 人"
        flaw = Flaw("full_time_staff.more_than_total", Severity.DOUBT, message, "请核对两个数字")
        placed.add(place, "full_time_staff", flaw)
