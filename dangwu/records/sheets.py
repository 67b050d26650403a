"""The ledger of activities as a workbook: its columns, and how its rows become records."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from dangwu.foundation.sheets.cells import plain
from dangwu.foundation.sheets.placing import Placed
from dangwu.foundation.sheets.reading import Progress, read_tables
from dangwu.foundation.sheets.shapes import Flaw, Problem, Reading, Row, Severity
from dangwu.kernel.workdays import seeded
from dangwu.records.attendance import Attendance, Votes
from dangwu.records.columns import LEDGER
from dangwu.records.held import Held, impossible, year_told
from dangwu.records.kinds import ActivityKinds, called_off

_ONE_DAY = timedelta(days=1)
_GENERAL = frozenset(
    {"三会一课", "组织生活", "党内组织生活", "党的组织生活", "党组织生活", "党内政治生活", "其他", "其它"}
)
_TITLE_OF_ORGANISATION = re.compile(
    r"(?:\d{4}年?度?)?([^\d\s]{0,30}?(?:第?[一二三四五六七八九十\d]+)?"
    r"(?:联合|临时)?(?:党支部|支部委员会|支部|党总支|机关党委|机关纪委|党组))"
)
_MANY = re.compile(r"(?:各|所属|下属|全体|全部|基层)|党?支部$")


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One activity. None is what nobody wrote or nobody can read; `organisation` is the name as written.

    Of its `kinds` those `entailed` are fulfilled by the way: an election is an assembly too, but votes otherwise.
    """

    number: int
    organisation: str
    kinds: tuple[str, ...]
    entailed: tuple[str, ...]
    topic: str
    held_on: date | None
    place: str
    chair: str
    recorder: str
    lecturer: str
    expected: int | None
    present: int | None
    absent: tuple[tuple[str, str], ...]
    participants: tuple[str, ...]
    in_favour: int | None
    against: int | None
    abstained: int | None
    hours: Decimal | None
    days: Decimal | None

    @property
    def counts(self) -> bool:
        """Whether it says whose activity it was, of what kind and when, so that it can fulfil a duty."""
        return bool(self.organisation and self.kinds and self.held_on)


@dataclass(frozen=True, slots=True)
class LedgerReading:
    """A ledger: `reading` has every problem; `rows` lack those that only repeat another."""

    reading: Reading
    rows: list[LedgerRow]

    @property
    def problems(self) -> list[Problem]:
        return self.reading.problems


def read_ledgers(
    path: Path, *, on: date, kinds: ActivityKinds, called: str = "", progress: Progress | None = None
) -> list[LedgerReading]:
    """Read a workbook as it stood on a day: a ledger from each of its sheets that holds one, all with much the same
    head. `called` is the name its owner gave the file, where it was put aside.

    Raises UnreadableWorkbookError where the file is none.
    """
    every = [Placed(reading) for reading in read_tables(path, LEDGER, progress=progress)]
    file = Path(called or path).stem
    titles = tuple(dict.fromkeys(title for placed in every for title in placed.reading.titles))
    readings = []
    for placed in every:
        ledger = _Ledger(placed, on, kinds, (placed.reading.sheet, file), titles)
        rows = ledger.without_repetitions([ledger.row(row) for row in placed.reading.rows])
        readings.append(LedgerReading(placed.complete(), rows))
    return readings


class _Ledger:
    """Reads the rows of one sheet, with what titles and names say of all of them: first its own, then the others'."""

    def __init__(
        self, placed: Placed, on: date, kinds: ActivityKinds, names: tuple[str, str], titles: tuple[str, ...]
    ) -> None:
        """`names` are those of the sheet and of the file, `titles` those of all sheets of the file."""
        self.placed = placed
        self.on = on
        self.kinds = kinds
        told = (*placed.reading.titles, *names)
        self.year = year_told((*told, *titles))
        self.whose = "" if placed.has_column("organisation") else self._organisation_told(told)

    def row(self, row: Row) -> LedgerRow:
        held, kinds = self._held(row), self._kinds(row)
        expected, present = self._attendance(row)
        votes = self._votes(row, expected, present)
        text = {name: row.values.get(name) or "" for name in ("topic", "place", "chair", "recorder", "lecturer")}
        return LedgerRow(
            number=row.number,
            organisation=self._organisation(row),
            kinds=kinds,
            entailed=self.kinds.entailed(kinds),
            held_on=held[0] if held else None,
            expected=expected,
            present=present,
            absent=row.values.get("absent") or (),
            participants=row.values.get("participants") or (),
            in_favour=votes.in_favour,
            against=votes.against,
            abstained=votes.abstained,
            hours=row.values.get("hours"),
            days=row.values.get("days") or (_working_days(*held) if held else None),
            **text,
        )

    def _flaw(self, row: Row | None, field: str, code: str, message: str, remedy: str) -> None:
        self.placed.add(row, field, Flaw(code, Severity.ERROR, message, remedy))

    def _organisation_told(self, told: tuple[str, ...]) -> str:
        """A branch's own ledger names it in its title alone."""
        for text in told:
            found = _TITLE_OF_ORGANISATION.search(plain(text))
            if found and not _MANY.match(found[1]):
                return found[1]
        message, remedy = "台账里没有党组织一列，标题中也没有写明", "请增加“党组织”一列，或者在标题中写明党支部名称"
        self._flaw(None, "organisation", "organisation.missing", message, remedy)
        return ""

    def _organisation(self, row: Row) -> str:
        if not self.placed.has_column("organisation"):
            return self.whose
        name: str = row.values.get("organisation") or ""
        if not name and not self.placed.is_faulty(row, "organisation"):
            message = "没有填写党组织，本行不计入任何党组织"
            self._flaw(row, "organisation", "organisation.missing", message, "请填写开展活动的党支部名称")
        return name

    def _kinds(self, row: Row) -> tuple[str, ...]:
        topic = row.values.get("topic") or ""
        if called_off(topic):
            message = f"写明“{topic}”，没有开展，本行不计入任何要求"
            self.placed.add(
                row, "topic", Flaw("activity.not_held", Severity.WARNING, message, "后来补开的，请另起一行")
            )
            return ()
        if self.placed.is_faulty(row, "activity"):
            return ()
        words = row.values.get("activity") or ""
        found = self.kinds.find(words)
        if not found and (not words or plain(words) in _GENERAL):
            found = self.kinds.find(topic)
        if not found:
            told = f"活动类型“{words}”无法识别" if words else "没有填写活动类型"
            remedy = "请写规范名称，例如党员大会、支委会、党小组会、党课、主题党日；其他活动可以不管"
            self._flaw(row, "activity", "activity.unknown_kind", f"{told}，本行不计入任何要求", remedy)
        return found

    def _held(self, row: Row) -> tuple[date, date] | None:
        held: Held | None = row.values.get("held_on")
        if held is None:
            if not self.placed.is_faulty(row, "held_on"):
                message = "没有填写日期，本行不计入任何要求"
                self._flaw(row, "held_on", "held_on.missing", message, "请对照会议记录填写年月日")
            return None
        return self._dated(row, held)

    def _dated(self, row: Row, held: Held) -> tuple[date, date] | None:
        year = self.year or 0
        if held.lacks_year and not year:
            year = self._last_year_of(row, held)
        try:
            first, last = held.first.in_year(year), held.last.in_year(year)
        except ValueError:
            self.placed.add(row, "held_on", impossible(f"{year}年{held.first.month}月{held.first.day}日"))
            return None
        if first > self.on:
            message = f"日期 {first} 晚于核对日 {self.on}，本行不计入"
            remedy = "请核对年份；核对日以后才开展的不必修改"
            self.placed.add(row, "held_on", Flaw("held_on.in_future", Severity.DOUBT, message, remedy))
            return None
        return first, max(first, last)

    def _last_year_of(self, row: Row, held: Held) -> int:
        """The last year in which the day had come already, where neither the cell nor a title tells the year."""
        day = (held.first.month, held.first.day)
        year = self.on.year if day <= (self.on.month, self.on.day) else self.on.year - 1
        message = f"日期“{day[0]}月{day[1]}日”没有年份，标题中也没有写明，按 {year} 年计算"
        flaw = Flaw("held_on.year_missing", Severity.DOUBT, message, "请在标题或者日期中写明年份")
        self.placed.add(row, "held_on", flaw)
        return year

    def _attendance(self, row: Row) -> tuple[int | None, int | None]:
        both: Attendance | None = row.values.get("attendance") or row.values.get("attendance_reversed")
        expected, present = row.values.get("expected"), row.values.get("present")
        if both:
            expected, present = (both.expected if expected is None else expected), both.present
        if expected is not None and present is not None and present > expected:
            message = f"实到 {present} 人，多于应到 {expected} 人，两数都不采用"
            remedy = "请核对签到表；列席人员不计入实到"
            self._flaw(row, "present", "present.more_than_expected", message, remedy)
            return None, None
        return expected, present

    def _votes(self, row: Row, expected: int | None, present: int | None) -> Votes:
        together: Votes | None = row.values.get("votes")
        votes = together or Votes(*(row.values.get(name) for name in ("in_favour", "against", "abstained")))
        if together and together.in_favour is None:
            votes = together._replace(in_favour=present)
        cast = sum(number for number in votes if number is not None)
        there = expected if present is None else present
        if there is None or votes.in_favour is None or cast == there:
            return votes
        whose = "应到" if present is None else "实到"
        if cast > there:
            message = f"赞成、反对、弃权合计 {cast} 票，多于{whose} {there} 人，票数不采用"
            self._flaw(row, "votes", "votes.do_not_add_up", message, "请核对计票单")
            return Votes(None, None, None)
        if present is not None and None not in votes:
            self._fewer_votes(row, cast, present)
        return votes

    def _fewer_votes(self, row: Row, cast: int, present: int) -> None:
        """Probationary members come but do not vote, so this may be right."""
        message = f"赞成、反对、弃权合计 {cast} 票，少于实到 {present} 人，票数照用"
        remedy = "请核对计票单；差额是没有表决权的预备党员或者未投票的，不必修改"
        self.placed.add(row, "votes", Flaw("votes.do_not_add_up", Severity.DOUBT, message, remedy))

    def without_repetitions(self, rows: list[LedgerRow]) -> list[LedgerRow]:
        """All rows but those that say what an earlier one said."""
        first: dict[tuple[Any, ...], int] = {}
        kept: list[LedgerRow] = []
        for row in rows:
            number = first.setdefault(_what_it_says(row), row.number) if row.counts else row.number
            if number == row.number:
                kept.append(row)
            else:
                self._repeats(row.number, number)
        return kept

    def _repeats(self, number: int, first: int) -> None:
        message = f"与第 {first} 行重复，只按一次活动计算"
        flaw = Flaw("row.duplicate", Severity.DOUBT, message, "请删去多余的一行；如果确是两次活动，请写明各自的主题")
        self.placed.add(Row(number, {}), "activity", flaw)


def _what_it_says(row: LedgerRow) -> tuple[Any, ...]:
    words = (row.organisation, row.topic, row.chair, row.lecturer)
    return (*(plain(word) for word in words), row.kinds, row.held_on, row.participants)


def _working_days(first: date, last: date) -> Decimal | None:
    """The days of an activity over several days, where no column tells them."""
    return Decimal(seeded().working_days_between(first - _ONE_DAY, last)) if last > first else None
