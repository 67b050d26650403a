"""What a branch did from January to September 2026, with who was expected, who came and how they voted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import NamedTuple

from dangwu.kernel import workdays
from dangwu.workbench.demo import topics
from dangwu.workbench.demo.organisations import Organisation
from dangwu.workbench.demo.people import Person
from dangwu.workbench.demo.plans import Trouble
from dangwu.workbench.demo.posts import Crew

YEAR, LAST_MONTH = 2026, 9
ASSEMBLY, COMMITTEE_MEETING, GROUP_MEETING, THEME_DAY = "党员大会", "支部委员会会议", "党小组会", "主题党日"
LECTURE, STUDY, LIFE_MEETING, APPRAISAL, TALK = "党课", "集中学习", "组织生活会", "民主评议党员", "谈心谈话"

MONTH_WITHOUT_THEME_DAY, QUARTER_WITHOUT_ASSEMBLY = 5, 2
MONTH_WITHOUT_QUORUM, MONTH_WITHOUT_MAJORITY = 8, 3
_ASSEMBLY_MONTHS = (3, 6, 8)
_LECTURE_MONTHS = (3, 6, 9)
_LIFE_MEETING_MONTH = 2
_SHARE_AWAY = 0.05
_PLACES = ("第一会议室", "第二会议室", "党员活动室", "多功能厅", "三楼会议室")


class Votes(NamedTuple):
    """How a vote went."""

    in_favour: int
    against: int
    abstained: int


@dataclass(frozen=True, slots=True)
class Activity:
    """A line of the ledger. `absent` names who was away and why; hours of study are None where none were earned."""

    organisation: str
    group: str
    kind: str
    title: str
    held_on: date
    place: str
    chair: str
    recorder: str
    lecturer: str
    expected: int
    present: int
    absent: tuple[tuple[str, str], ...] = ()
    votes: Votes | None = None
    hours: float | None = None


def office_day(month: int, day: int) -> date:
    """The day of 2026, or the next on which offices work; within the month if it can be."""
    wished = date(YEAR, month, day)
    calendar = workdays.seeded()
    if calendar.is_working_day(wished):
        return wished
    after = calendar.add_working_days(wished, 1)
    return after if after.month == month else calendar.add_working_days(wished, -1)


class BranchYear:
    """The year of one branch."""

    def __init__(self, body: Organisation, crew: Crew, dice: Random) -> None:
        self._body = body
        self._crew = crew
        self._dice = dice
        self._troubles = crew.plan.troubles
        self._secretary = crew.members[0]
        self._committee = crew.committee
        self._usual_day = dice.randint(8, 16)

    def activities(self) -> Iterator[Activity]:
        """All that was done, not yet in order."""
        for month in range(self._first_month, LAST_MONTH + 1):
            yield from self._month(month)
        if self._first_month <= _LIFE_MEETING_MONTH:
            yield from self._winter()

    @property
    def _first_month(self) -> int:
        return self._body.set_up_on.month if self._body.set_up_on.year == YEAR else 1

    def _month(self, month: int) -> Iterator[Activity]:
        if not (month == MONTH_WITHOUT_THEME_DAY and Trouble.NO_THEME_DAY in self._troubles):
            yield self._with_all(THEME_DAY, topics.THEME_DAYS[month - 1], self._day(month, self._usual_day), hours=2)
        yield self._with_all(STUDY, topics.STUDIES[month - 1], self._day(month, 22), hours=2)
        if self._body.has_committee:
            yield self._committee_meeting(month)
        yield from self._group_meetings(month)
        if month in _LECTURE_MONTHS:
            yield self._lecture(month)
        yield from self._assembly(month)

    def _day(self, month: int, day: int) -> date:
        """About that day of the month, but not before the branch was set up."""
        wished = office_day(month, day + self._dice.randint(0, 3))
        earliest = self._body.set_up_on
        return wished if wished >= earliest else office_day(month, earliest.day + day // 3)

    def _with_all(self, kind: str, title: str, day: date, hours: float | None = None) -> Activity:
        return self._hold(kind, title, day, self._crew.members, hours=hours)

    def _hold(
        self, kind: str, title: str, day: date, called: Sequence[Person], *, hours: float | None = None
    ) -> Activity:
        """An activity of those who are called; the first of them chairs, the second keeps the record."""
        absent = self._absent(called)
        return Activity(
            organisation=self._body.short_name,
            group="",
            kind=kind,
            title=title,
            held_on=day,
            place=self._dice.choice(_PLACES),
            chair=called[0].name,
            recorder=called[1].name if len(called) > 1 else called[0].name,
            lecturer="",
            expected=len(called),
            present=len(called) - len(absent),
            absent=absent,
            hours=hours,
        )

    def _absent(self, called: Sequence[Person]) -> tuple[tuple[str, str], ...]:
        """A few are away, never those who chair or keep the record, and never so many that a meeting fails."""
        draw = self._dice.random
        away = [person for person in called[2:] if draw() < _SHARE_AWAY][: len(called) // 4]
        return self._excused(away)

    def _excused(self, away: Sequence[Person]) -> tuple[tuple[str, str], ...]:
        choice = self._dice.choice
        return tuple(
            (person.name, choice(topics.REASONS if person.is_in_service else topics.REASONS_OF_RETIRED))
            for person in away
        )

    def _committee_meeting(self, month: int) -> Activity:
        return self._hold(COMMITTEE_MEETING, topics.COMMITTEE_MEETINGS[month - 1], self._day(month, 3), self._committee)

    def _group_meetings(self, month: int) -> Iterator[Activity]:
        by_group: dict[str, list[Person]] = {}
        for person in self._crew.members if self._crew.groups else ():
            by_group.setdefault(person.group, []).append(person)
        for group, members in by_group.items():
            members.sort(key=lambda person: person.post != "党小组组长")
            meeting = self._hold(GROUP_MEETING, topics.GROUP_MEETINGS[month - 1], self._day(month, 18), members)
            yield replace(meeting, group=group)

    def _lecture(self, month: int) -> Activity:
        title = topics.LECTURES[_LECTURE_MONTHS.index(month)]
        lecture = self._with_all(LECTURE, title, self._day(month, 10), hours=1.5)
        by_secretary = month == _LECTURE_MONTHS[1] or self._body.set_up_on.year == YEAR
        teachers = self._committee or self._crew.members
        lecturer = self._secretary if by_secretary else self._dice.choice(teachers)
        return replace(lecture, lecturer=lecturer.name)

    def _assembly(self, month: int) -> Iterator[Activity]:
        if month == self._first_month and self._body.set_up_on.year == YEAR:
            yield self._voted("选举产生第一届支部委员会", self._body.set_up_on)
        if month not in _ASSEMBLY_MONTHS:
            return
        place = _ASSEMBLY_MONTHS.index(month)
        if place + 1 == QUARTER_WITHOUT_ASSEMBLY and Trouble.NO_ASSEMBLY in self._troubles:
            return
        if month == MONTH_WITHOUT_QUORUM and Trouble.NO_QUORUM in self._troubles:
            yield self._without_quorum(topics.ASSEMBLIES[place], self._day(month, 14))
        elif month == MONTH_WITHOUT_MAJORITY or self._dice.random() < 0.3:  # noqa: PLR2004 - three in ten
            yield self._voted(topics.DECISIONS[place], self._day(month, 14))
        else:
            yield self._with_all(ASSEMBLY, topics.ASSEMBLIES[place], self._day(month, 14))

    def _voted(self, title: str, day: date) -> Activity:
        """Only full members have a vote, so only they are counted where one is taken."""
        meeting = self._hold(ASSEMBLY, title, day, [person for person in self._crew.members if person.is_full])
        if day.month == MONTH_WITHOUT_MAJORITY and Trouble.NO_MAJORITY in self._troubles:
            in_favour = meeting.expected // 2
            against = (meeting.present - in_favour) // 2
        else:
            in_favour, against = meeting.present - (self._dice.random() < 0.2), 0  # noqa: PLR2004 - one in five
            in_favour = max(in_favour, meeting.expected // 2 + 1)
        return replace(meeting, votes=Votes(in_favour, against, meeting.present - in_favour - against))

    def _without_quorum(self, title: str, day: date) -> Activity:
        called = self._crew.members
        present = (len(called) - 1) // 2
        absent = self._excused(called[present:])
        meeting = replace(self._with_all(ASSEMBLY, title, day), present=present, absent=absent)
        return meeting if present > 1 else replace(meeting, recorder=meeting.chair)

    def _winter(self) -> Iterator[Activity]:
        """The yearly sequence: talks, then the meeting of criticism, then the appraisal."""
        month = _LIFE_MEETING_MONTH
        yield replace(
            self._with_all(TALK, "组织生活会前谈心谈话", self._day(month, 4)),
            present=len(self._crew.members),
            absent=(),
        )
        yield self._with_all(LIFE_MEETING, "召开2025年度组织生活会，开展批评和自我批评", self._day(month, 24))
        yield self._with_all(APPRAISAL, "开展2025年度民主评议党员", self._day(month, 25))
