"""When an activity was held, as ledgers tell it: with a weekday, an hour, over several days, or without a year."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

from dangwu.foundation.sheets.cells import plain, stated
from dangwu.foundation.sheets.dates import DateFault, read_date
from dangwu.foundation.sheets.shapes import Cell, Flaw, Parsed, Severity, Surroundings

_NEVER_IN_FUTURE = date(2099, 12, 31)
_CENTURY = 2000
_FULL = re.compile(r"(?P<year>\d{4}|\d{2})[年./-](?P<month>\d{1,2})[月./-](?P<day>\d{1,2})[日号]?", re.ASCII)
_COMPACT = re.compile(r"(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)(?!\d)", re.ASCII)
_WITHOUT_YEAR = re.compile(r"(?P<month>\d{1,2})[月./](?P<day>\d{1,2})[日号]?(?!\d)", re.ASCII)
_MONTH = re.compile(r"(?:(?P<year>\d{4}|\d{2})[年./-])?(?P<month>\d{1,2})月?(?:份|初|中|底|末|[上中下]旬)?", re.ASCII)
_LAST = re.compile(r"(?P<month>\d{1,2})[月./-](?P<day>\d{1,2})[日号]?(?!\d)", re.ASCII)
_DAY = re.compile(r"(?P<day>\d{1,2})(?:[日号]|(?![\d:点时]))", re.ASCII)
_BEFORE_HOUR = re.compile(r"(?<=\d)\s+(?=\d{1,2}[:：点时])")
_RANGE = re.compile(r"^(?:[-—–~]+|至|到)(?=\d)")
_BESIDES = re.compile(
    r"\(?(?:周|星期|礼拜)[一二三四五六日天末]\)?|[上下中]午|早上|晚上|晚|全天|\d{1,2}[:点时]\d{0,2}(?::\d\d)?分?半?|[T\-—–~至到、,;]",
    re.ASCII,
)
_OPEN = re.compile(r"[\d前后底旬]")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar; 0 is a year that was not written."""

    year: int
    month: int
    day: int

    def in_year(self, year: int) -> date:
        """The date; the year is used where none was written."""
        return date(self.year or year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class Held:
    """The first and the last day of an activity, as written."""

    first: Day
    last: Day

    @property
    def lacks_year(self) -> bool:
        return not self.first.year


def unreadable(text: str) -> Flaw:
    message = f"日期“{text}”无法识别"
    return Flaw("held_on.unreadable", Severity.ERROR, message, "请写成 2026-03-05 的样子；一行只写一次活动，并写到日")


def impossible(text: str) -> Flaw:
    return Flaw("held_on.impossible", Severity.ERROR, f"日期“{text}”在日历上不存在", "请对照会议记录核对日期")


def month_only(text: str) -> Flaw:
    message = f"日期“{text}”只写到月，按这个月开展过计算"
    return Flaw("held_on.month_only", Severity.DOUBT, message, "请对照会议记录补上日，写成 2026-03-05 的样子")


def parse_held(cell: Cell, *, since_1904: bool = False) -> Parsed:
    """Read a cell into a Held; the year may still be missing.

    Where only a month is written its first day is taken: what is due each month or quarter was done all the same.
    """
    text = stated(cell)
    if text is None:
        return Parsed(None)
    written = plain(_BEFORE_HOUR.sub("T", text))
    if isinstance(cell, str) and (found := _written_day(written) or _WITHOUT_YEAR.match(written)):
        return _read(found, written, text)
    value, fault = read_date(cell, on=_NEVER_IN_FUTURE, since_1904=since_1904)
    if value and value.day:
        return Parsed(_on(value.earliest))
    if value:
        return Parsed(_on(value.earliest), (month_only(text),))
    if isinstance(cell, str) and (found := _MONTH.fullmatch(written)) and "月" in written:
        return _read_month(found, text)
    return Parsed(None, (impossible(text) if fault is DateFault.IMPOSSIBLE else unreadable(text),))


def parse_within(surroundings: Surroundings) -> Callable[[Cell], Parsed]:
    """The reader for one column of a workbook."""
    return partial(parse_held, since_1904=surroundings.since_1904)


def _on(day: date) -> Held:
    written = Day(day.year, day.month, day.day)
    return Held(written, written)


def _written_day(written: str) -> re.Match[str] | None:
    return _FULL.match(written) or _COMPACT.match(written)


def _read(found: re.Match[str], written: str, text: str) -> Parsed:
    first = _day(found)
    last, rest = _last_day(first, written[found.end() :])
    if _OPEN.search(_BESIDES.sub("", rest)):
        return Parsed(None, (unreadable(text),))
    if not (_exists(first) and _exists(last)):
        return Parsed(None, (impossible(text),))
    return Parsed(Held(first, last))


def _read_month(found: re.Match[str], text: str) -> Parsed:
    first = _day(found)
    return Parsed(Held(first, first), (month_only(text),)) if _exists(first) else Parsed(None, (impossible(text),))


def _day(found: re.Match[str], before: Day | None = None) -> Day:
    """The parts that were written, the others as in the day before, or the first day where there is none."""
    parts = found.groupdict()
    year = int(parts.get("year") or (before.year if before else 0))
    month = int(parts.get("month") or (before.month if before else 0))
    return Day(year + _CENTURY if 0 < year < 100 else year, month, int(parts.get("day") or 1))  # noqa: PLR2004 - two digits


def _last_day(first: Day, rest: str) -> tuple[Day, str]:
    """The end of a range and what is written after it; without a range the first day again."""
    dash = _RANGE.match(rest)
    if not dash:
        return first, rest
    after = rest[dash.end() :]
    found = _written_day(after) or _LAST.match(after) or _DAY.match(after)
    return (_day(found, first), after[found.end() :]) if found else (first, rest)


def _exists(day: Day) -> bool:
    try:
        day.in_year(2024)  # a leap year, so that only days of no year at all are refused
    except ValueError:
        return False
    return True


def year_told(texts: Iterable[str]) -> int | None:
    """The year that titles, the sheet's name and the file's name tell, the first that tells just one."""
    for text in texts:
        years = set(_YEAR.findall(plain(text)))
        if len(years) == 1:
            return int(years.pop())
    return None
