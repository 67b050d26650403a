"""Working days as the State Council arranges them each year: holidays, and weekend days that are worked instead."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from chinese_calendar import constants

from dangwu.kernel.span import Span

_SATURDAY = 5
_YEARS_NAMED = 3  # a longer list of years helps nobody
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are worked. `years` are those whose arrangement is known; any other follows the weekends."""

    holidays: frozenset[date] = frozenset()
    make_up_days: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()

    def knows(self, year: int) -> bool:
        """Whether the arrangement of the year is known."""
        return year in self.years

    def extended(
        self, year: int, *, holidays: Iterable[date] = (), make_up_days: Iterable[date] = ()
    ) -> "WorkCalendar":
        """A calendar that knows the year too.

        Its arrangement may reach into the neighbouring years and overrules what was known of a day.
        A day that is both is a ValueError.
        """
        off, worked = frozenset(holidays), frozenset(make_up_days)
        if both := off & worked:
            raise ValueError(f"{min(both)} 既列为放假又列为上班，请核对放假安排。")
        return WorkCalendar(
            holidays=(self.holidays - worked) | off,
            make_up_days=(self.make_up_days - off) | worked,
            years=self.years | {year},
        )

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on the day."""
        if day in self.make_up_days:
            return True
        return day not in self.holidays and day.weekday() < _SATURDAY

    def add_working_days(self, day: date, count: int) -> date:
        """The working day that is so many after the day (before it, if negative); with 0 the day itself."""
        step = _ONE_DAY if count > 0 else -_ONE_DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, a: date, b: date) -> int:
        """How many working days come after `a` up to `b`, `b` included; negative where `b` is the earlier.

        So it undoes `add_working_days`.
        """
        if b < a:
            return -self._working_days(b, a)
        return self._working_days(a + _ONE_DAY, b + _ONE_DAY)

    def _working_days(self, start: date, end: date) -> int:
        return sum(self.is_working_day(start + timedelta(days=n)) for n in range((end - start).days))

    def caveat(self, span: Span) -> str | None:
        """What to tell people where the count rests on weekends alone."""
        unknown = [year for year in range(span.start.year, span.last.year + 1) if not self.knows(year)]
        if not unknown:
            return None
        named = "、".join(f"{year}年" for year in unknown[:_YEARS_NAMED])
        rest = "等年份" if len(unknown) > _YEARS_NAMED else ""
        return f"{named}{rest}的放假安排尚未录入，暂按周一至周五上班计算，请在国务院办公厅公布后补录。"

    def describe_remaining(self, today: date, deadline: date) -> str:
        """How long is left, such as 还有 3 个工作日（10月10日，调休上班）."""
        when = f"（{self._describe_day(today, deadline)}）"
        if deadline < today:
            return f"已超过 {(today - deadline).days} 天{when}"
        if deadline == today:
            return f"今天到期{when}"
        if left := self.working_days_between(today, deadline):
            return f"还有 {left} 个工作日{when}"
        return f"还有 {(deadline - today).days} 天，其间没有工作日{when}"

    def _describe_day(self, today: date, day: date) -> str:
        year = "" if day.year == today.year else f"{day.year}年"
        return f"{year}{day.month}月{day.day}日{self._remark(day)}"

    def _remark(self, day: date) -> str:
        if day in self.make_up_days:
            return "，调休上班"
        if day in self.holidays:
            return "，放假"
        return "，周末" if day.weekday() >= _SATURDAY else ""


@cache
def seeded() -> WorkCalendar:
    """The calendar of all the years whose arrangement is published with the software."""
    holidays, make_up_days = frozenset(constants.holidays), frozenset(constants.workdays)
    return WorkCalendar(holidays, make_up_days, frozenset(day.year for day in holidays))
