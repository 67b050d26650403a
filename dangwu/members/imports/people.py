"""Whom a row means that tells something of somebody who is registered: found by his number, else by his name among
those who belong to the organisation that the row names; else whoever imports is asked.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from dangwu.foundation.imports.kinds import Choice, Doubt, Line, Task
from dangwu.foundation.sheets.shapes import Flaw, Severity
from dangwu.kernel.partial_date import PartialDate
from dangwu.members.imports.known import Known, KnownPeople
from dangwu.members.imports.meeting import may_be
from dangwu.members.sheets import RosterRow
from dangwu.organisations.imports.places import Places
from dangwu.organisations.models import Standing

Found = tuple[Known | None, list[Doubt]]


class Named(Protocol):
    """A row that names somebody."""

    number: int
    name: str
    identity_number: str | None
    birth_date: PartialDate | None


class RegisteredPeople:
    """The people whom some rows may mean."""

    def __init__(self, task: Task, rows: Sequence[Named], places: Places) -> None:
        """Read them."""
        self._task = task
        self._places = places
        self._people = KnownPeople([_as_roster_row(row) for row in rows], task.on)

    def find(self, line: Line, places: Sequence[Standing]) -> Found:
        """Somebody, or why he is not known; `places` are those in which the file puts people of his name."""
        row: Named = line.value
        answer = self._task.decisions.answer_to(line.sheet, line.number)
        if answer.isdecimal() and (chosen := self._people.by_key(int(answer))) and self._is_within(chosen):
            return chosen, []
        if known := self._people.by_number(row.identity_number):
            return (known, []) if self._is_within(known) else (None, [_elsewhere(row)])
        likely = [its for its in self._people.by_name(row.name) if self._is_within(its)]
        likely = [its for its in likely if may_be(_as_roster_row(row), its)]
        here = [its for its in likely if any(self._belongs(its, place) for place in places)]
        born = [its for its in likely if row.birth_date and its.person.birth]
        for sure in (here, born):
            if len(sure) == 1:
                return sure[0], []
        return self._asked(row, here or likely)

    def _asked(self, row: Named, likely: Sequence[Known]) -> Found:
        if not likely:
            return None, [_unknown(row)]
        only = likely[0] if len(likely) == 1 else None
        return only, [_question(row, self._choices(likely), is_only=only is not None)]

    def _is_within(self, known: Known) -> bool:
        """Whether he belongs, or belonged last, where the import may go."""
        return known.last is not None and known.last.organisation_id in self._places.by_key

    def _belongs(self, known: Known, place: Standing) -> bool:
        last = known.affiliation or known.last
        return last is not None and self._places.is_at_or_below(last.organisation_id, place)

    def _choices(self, likely: Iterable[Known]) -> list[Choice]:
        return [Choice(its.key, self._told(its)) for its in likely]

    def _told(self, known: Known) -> str:
        where = self._places.named(known.last.organisation_id if known.last else None)
        told = "，".join(text for text in (known.person.birth, where) if text)
        return f"{known.person.name}（{told}）" if told else known.person.name


def _as_roster_row(row: Named) -> RosterRow:
    return RosterRow(row.number, "", row.name, identity_number=row.identity_number, birth_date=row.birth_date)


def _elsewhere(row: Named) -> Doubt:
    message = f"{row.name}不在本次导入的范围之内"
    return Doubt("name", Flaw("person.elsewhere", Severity.ERROR, message, "请选择不导入这一行，或者由对方办理"))


def _unknown(row: Named) -> Doubt:
    message = f"导入范围内没有登记过“{row.name}”"
    return Doubt("name", Flaw("person.unknown", Severity.ERROR, message, "请先导入名册，或者核对姓名"))


def _question(row: Named, choices: Sequence[Choice], *, is_only: bool) -> Doubt:
    if is_only:
        message = f"“{row.name}”登记在别的党组织，不能确定是不是同一个人"
        flaw = Flaw("person.likely", Severity.DOUBT, message, "确实是同一个人的，选择“按表中所写”")
    else:
        message = f"已登记的人员中有 {len(choices)} 个“{row.name}”，不能确定是哪一位"
        flaw = Flaw("person.ambiguous", Severity.DOUBT, message, "请选择是哪一位，或者在表中写明身份证号码或者出生日期")
    return Doubt("name", flaw, tuple(choices), asks=not is_only, of_row=True)


def first_day(day: PartialDate | None) -> date | None:
    """A day that is known by its month is the first."""
    return day.earliest if day else None


def agrees(told: PartialDate, kept: date) -> bool:
    """Whether nothing else is said than what is registered; a month says no more than a day in it."""
    return told.earliest <= kept <= told.latest
