"""The roster of members as a workbook: its rows, and what in them cannot be, or cannot be believed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from dangwu.foundation.sheets.amending import UNAMENDED, Amendments
from dangwu.foundation.sheets.cells import plain
from dangwu.foundation.sheets.identity import IdentityNumber
from dangwu.foundation.sheets.placing import Placed
from dangwu.foundation.sheets.reading import Progress, read_tables, uncollected
from dangwu.foundation.sheets.shapes import Flaw, Problem, Reading, Row, Severity
from dangwu.kernel.months import add_months
from dangwu.kernel.partial_date import PartialDate
from dangwu.members.columns import roster_sheet
from dangwu.members.doubles import doubles_in

_YEARS_OF_AGE = 18
_GENDERS = {"male": "男", "female": "女"}
_BRANCH_IN_TITLE = re.compile(
    r"(?:\d{4}年?度?)?(?:中国共产党|中共)?([^\d:]*?(?:第?[一二三四五六七八九十\d]+)?(?:联合|临时)?(?:党支部|支部委员会|支部))"
    r"(?:委员会)?(?:在册|全体|正式|现有)?(?:党员|人员|成员|名册|花名册|名单|基本|信息|$)"
)


@dataclass(slots=True)
class RosterRow:
    """One member; `number` is the line on the sheet. None is what nobody wrote or nobody can read."""

    number: int
    sheet: str
    name: str
    gender: str | None = None
    ethnicity: str | None = None
    birth_date: PartialDate | None = None
    identity_number: str | None = None
    phone: str | None = None
    education: str | None = None
    degree: str | None = None
    native_place: str | None = None
    home_address: str | None = None
    member_kind: str | None = None
    organisation: str | None = None
    group: str | None = None
    post: str | None = None
    joined_on: PartialDate | None = None
    confirmed_on: PartialDate | None = None
    employment_kind: str | None = None
    unit_post: str | None = None
    remarks: str | None = None
    dues_base: Decimal | None = None
    dues_paid: Decimal | None = None

    @property
    def days(self) -> tuple[date | None, date | None]:
        """When he joined and was confirmed. Where one of the two is known by its month only, both are taken by their
        months, so that neither comes before the other by chance.
        """
        told = (self.joined_on, self.confirmed_on)
        by_month = any(day is not None and day.day is None for day in told)
        first, second = (day and (date(day.year, day.month, 1) if by_month else day.earliest) for day in told)
        return first or None, second or None


@dataclass(frozen=True, slots=True)
class RosterReading:
    """A roster: `reading` has every problem; `rows` lack those without a name and those that repeat a person."""

    reading: Reading
    rows: list[RosterRow]

    @property
    def problems(self) -> list[Problem]:
        return self.reading.problems


@uncollected()
def read_rosters(
    path: Path, *, on: date, progress: Progress | None = None, amended: Amendments = UNAMENDED
) -> list[RosterReading]:
    """Read a workbook as seen on a day, with what people decided about it: a roster from each of its sheets that holds
    one, all with much the same head.

    Raises UnreadableWorkbookError where the file is none.
    """
    readings = read_tables(path, roster_sheet(on), progress=progress, amended=amended)
    every = {reading.sheet: Placed(reading) for reading in readings}
    rows = {sheet: _Roster(placed).rows() for sheet, placed in every.items()}
    again = set()
    for double in doubles_in([row for of_sheet in rows.values() for row in of_sheet]):
        row = double.row
        every[row.sheet].add(Row(row.number, {}), double.field, double.flaw)
        if not double.counts:
            again.add((row.sheet, row.number))
    return [
        RosterReading(placed.complete(), [row for row in rows[sheet] if (sheet, row.number) not in again])
        for sheet, placed in every.items()
    ]


class _Roster:
    """Reads the rows of one sheet and holds the values of each against one another."""

    def __init__(self, placed: Placed) -> None:
        self._placed = placed
        self._sheet = placed.reading.sheet
        self._has_organisations = placed.has_column("organisation")
        self._branch = None if self._has_organisations else self._branch_told()

    def rows(self) -> list[RosterRow]:
        return [self._row(row) for row in self._placed.reading.rows if row.values["name"] is not None]

    def _row(self, row: Row) -> RosterRow:
        member = RosterRow(row.number, self._sheet, **row.values)
        if not self._has_organisations:
            member.organisation = self._branch
        elif member.organisation is None and not self._placed.is_faulty(row, "organisation"):
            self._add(row, "organisation", _NO_ORGANISATION)
        if member.identity_number:
            self._compare_with_identity(row, member, IdentityNumber(member.identity_number))
        self._compare_dates(row, member)
        if member.member_kind is None and member.confirmed_on and not self._placed.is_faulty(row, "member_kind"):
            member.member_kind = "full"
        return member

    def _branch_told(self) -> str | None:
        """A branch's own roster names it in its title alone."""
        reading = self._placed.reading
        branch = branch_in((*reading.titles, reading.sheet))
        if branch is None:
            self._add(None, "organisation", _NO_ORGANISATIONS)
        return branch

    def _compare_with_identity(self, row: Row, member: RosterRow, identity: IdentityNumber) -> None:
        """Where birth or gender are empty the number tells them; where they differ a person must say which is right."""
        born = identity.birth
        if member.birth_date is None:
            if not self._placed.is_faulty(row, "birth_date"):
                member.birth_date = PartialDate(born.year, born.month, born.day)
        elif not member.birth_date.earliest <= born <= member.birth_date.latest:
            self._add(row, "identity_number", _birth_mismatch(member.birth_date, born))
        if member.gender is None:
            if not self._placed.is_faulty(row, "gender"):
                member.gender = identity.gender
        elif member.gender != identity.gender:
            self._add(row, "identity_number", _gender_mismatch(member.gender, identity.gender))

    def _compare_dates(self, row: Row, member: RosterRow) -> None:
        born, joined, confirmed = member.birth_date, member.joined_on, member.confirmed_on
        if born and joined and joined.year - born.year <= _YEARS_OF_AGE and joined.latest < _of_age(born):
            self._add(row, "joined_on", _under_18(born, joined))
        if joined and confirmed and confirmed.year <= joined.year and confirmed.latest < joined.earliest:
            self._add(row, "confirmed_on", _confirmed_before_joined(joined, confirmed))
            member.confirmed_on = None

    def _add(self, row: Row | None, field: str, flaw: Flaw) -> None:
        self._placed.add(row, field, flaw)


def branch_in(texts: Iterable[str]) -> str | None:
    """The branch that a title names: 中共某局办公室支部委员会党员花名册 is of 某局办公室支部委员会."""
    found = (_BRANCH_IN_TITLE.search(plain(text)) for text in texts)
    return next((branch[1] for branch in found if branch), None)


def _of_age(born: PartialDate) -> date:
    return add_months(born.earliest, _YEARS_OF_AGE * 12)


def _birth_mismatch(written: PartialDate, born: date) -> Flaw:
    message = f"出生日期 {written} 与身份证号码中的 {born} 不一致"
    return Flaw("identity_number.birth_mismatch", Severity.DOUBT, message, "请对照身份证，改正其中一处")


def _gender_mismatch(written: str, told: str) -> Flaw:
    message = f"性别“{_GENDERS[written]}”与身份证号码表示的“{_GENDERS[told]}”不一致"
    return Flaw("identity_number.gender_mismatch", Severity.DOUBT, message, "请对照身份证，改正其中一处")


def _under_18(born: PartialDate, joined: PartialDate) -> Flaw:
    message = f"出生于 {born}，{joined} 入党时不满 18 岁"
    return Flaw("joined_on.under_18", Severity.DOUBT, message, "请对照档案核对出生日期和入党日期")


def _confirmed_before_joined(joined: PartialDate, confirmed: PartialDate) -> Flaw:
    message = f"转正日期 {confirmed} 早于入党日期 {joined}，不采用"
    return Flaw("confirmed_on.before_joined", Severity.ERROR, message, "请对照档案核对两个日期")


_NO_ORGANISATION = Flaw(
    "organisation.missing", Severity.ERROR, "没有填写所在党支部，本人不计入任何党组织", "请填写所在党支部的名称"
)
_NO_ORGANISATIONS = Flaw(
    "organisation.missing",
    Severity.ERROR,
    "名册里没有“所在党支部”一列，标题中也没有写明是哪个党支部",
    "请增加“所在党支部”一列，或者在标题中写明党支部名称",
)
