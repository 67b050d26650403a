"""What a branch does from month to month."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from dangwu.workbench.demo.city.days import on_working_day
from dangwu.workbench.demo.city.shapes import Body, Life
from dangwu.workbench.demo.life import topics
from dangwu.workbench.demo.life.meetings import Meetings
from dangwu.workbench.demo.life.months import Month
from dangwu.workbench.demo.life.rosters import Rosters, is_full, serves
from dangwu.workbench.demo.life.shapes import Doing, Spoken
from dangwu.workbench.demo.life.temper import temper_of

_TWO = Decimal(2)
_LECTURE = Decimal("1.5")
_LECTURE_MONTHS = (2, 5, 8, 11)
_BY_THE_SECRETARY = (5, 8)
_COMMITTEE_FROM = 3
_LIFE_MEETING_MONTH = 1
_QUARTERS = (3, 6, 9, 11)  # the months of talks: each time with a quarter of the members
_ROTATION_DAYS = Decimal(5)


class BranchLife:
    """The life of one branch, as long as it lived."""

    def __init__(self, body: Body, rosters: Rosters, today: date, dice: Random) -> None:
        self._body, self._rosters, self._today, self._dice = body, rosters, today, dice
        self._meetings = Meetings(body, temper_of(dice), today, dice)
        self._usual_day = dice.randint(8, 16)
        self._rotation = dice.randrange(12)
        self._talked: set[tuple[Life, int]] = set()

    def doings(self, months: Sequence[Month]) -> Iterator[Doing]:
        """All that was held in these months, in no order."""
        for month in months:
            yield from filter(None, self._month(month))
            yield from self._talks(month)
            yield from self._decided(month)
        yield from self._ahead()

    def _in(self, month: Month, day: int) -> date | None:
        """About that day of a month, if the branch lived then and it has come."""
        about = on_working_day(month.day(min(day + self._dice.randint(0, 2), 26)))
        return about if self._body.founded_on <= about < self._body.until and about <= self._today else None

    def _month(self, month: Month) -> Iterator[Doing | None]:
        number = month.number
        if day := self._in(month, self._usual_day):
            yield self._theme_day(day)
        if day := self._in(month, 22):
            yield self._all("collective_study", day, topics.STUDIES[number - 1], hours=_TWO)
        if (day := self._in(month, 3)) and len(
            committee := self._rosters.committee(self._body, day)
        ) >= _COMMITTEE_FROM:
            topic = self._dice.choice(topics.COMMITTEE_MEETINGS[number - 1])
            yield self._meetings.hold(self._meetings.about("committee_meeting", day, topic), committee)
        if day := self._in(month, 18):
            yield from self._group_meetings(day)
        if number in topics.ASSEMBLIES and (day := self._in(month, 14)):
            yield self._assembly(day)
        yield from self._year(month)

    def _members(self, day: date) -> list[Life]:
        return self._rosters.members(self._body, day)

    def _all(self, kind: str, day: date, topic: str, *besides: str, **more: Any) -> Doing | None:  # noqa: ANN401 - any column
        """An activity of all members."""
        return self._meetings.hold(self._meetings.about(kind, day, topic, *besides, **more), self._members(day))

    def _theme_day(self, day: date) -> Doing | None:
        """A theme day; some months with a lecture in it, in July with the oath."""
        topic, members = self._dice.choice(topics.THEME_DAYS[day.month - 1]), self._members(day)
        besides = ("oath_review",) if "誓词" in topic else ("political_birthday",) if "生日" in topic else ()
        if day.month not in _LECTURE_MONTHS or not members:
            return self._all("theme_day", day, topic, *besides, hours=_TWO)
        leads = self._rosters.committee(self._body, day) or members
        lecturer = leads[0] if day.month in _BY_THE_SECRETARY else self._dice.choice(leads)
        topic = f"{topic}；党课《{self._dice.choice(topics.LECTURES)}》"
        return self._all("theme_day", day, topic, *besides, "party_lecture", hours=_TWO + _LECTURE, lecturer=lecturer)

    def _group_meetings(self, day: date) -> Iterator[Doing | None]:
        for group in self._rosters.groups(self._body, day):
            topic = topics.GROUP_MEETINGS[day.month - 1]
            meeting = self._meetings.about("group_meeting", day, topic, group=group, hours=Decimal(1))
            yield self._meetings.hold(meeting, self._rosters.group(self._body, group, day))

    def _assembly(self, day: date) -> Doing | None:
        heard, decided = topics.ASSEMBLIES[day.month]
        vote = decided if self._dice.random() < 0.5 else ""  # noqa: PLR2004 - one in two
        assembly = self._meetings.about("general_assembly", day, vote or heard)
        return self._meetings.hold(assembly, self._members(day), vote=vote)

    def _year(self, month: Month) -> Iterator[Doing | None]:
        """What comes once or twice a year."""
        if month.number == _LIFE_MEETING_MONTH and (day := self._in(month, 20)):
            topic = f"召开{day.year - 1}年度组织生活会，开展民主评议党员"
            yield self._all("organisational_life_meeting", day, topic, "members_appraisal", hours=_TWO)
        if month.number in {4, 10} and (day := self._in(month, 25)):
            yield self._all("warning_education", day, self._dice.choice(topics.WARNINGS), hours=Decimal(1))
        if month.number in {3, 8} and (day := self._in(month, 5)):
            yield self._service(day)
        if month.number % 12 == self._rotation and (day := self._in(month, 11)):
            yield self._base(day)
        if day := self._in(month, 6):
            yield self._rotated(day)

    def _service(self, day: date) -> Doing | None:
        serving = [life for life in self._members(day) if serves(life, day)]
        some = self._dice.sample(serving, min(len(serving), self._dice.randint(3, 8)))
        topic = self._dice.choice(topics.VOLUNTEERING)
        return self._named("volunteer_service", topic, day, some)

    def _base(self, day: date) -> Doing | None:
        base = self._dice.choice(topics.BASES)
        return self._all("base_visit", day, f"赴{base}开展现场学习", hours=_TWO, place=base)

    def _rotated(self, day: date) -> Doing | None:
        """Everybody who serves goes to his community for five days in one month of the year."""
        serving = [life for life in self._members(day) if serves(life, day)]
        gone = [life for place, life in enumerate(serving) if place % 11 + 1 == day.month]
        doing = self._named("community_rotation", "下沉社区入列轮值", day, gone)
        if doing:
            doing.days, doing.place = _ROTATION_DAYS, self._dice.choice(topics.COMMUNITIES)
            doing.confirmed_by = f"{doing.place}党委"
        return doing

    def _named(self, kind: str, topic: str, day: date, people: Sequence[Life]) -> Doing | None:
        doing = self._meetings.hold(self._meetings.about(kind, day, topic), people, counted=False)
        if doing:
            doing.took_part, doing.present = people, len(people)
            doing.chair, doing.recorder, doing.agenda = (people[0] if kind == "volunteer_service" else None), None, []
        return doing

    def _talks(self, month: Month) -> Iterator[Doing]:
        """Whoever leads talks with everybody once a year, a quarter of them at a time; the slack leave some out."""
        if month.number not in _QUARTERS or not (day := self._in(month, 24)):
            return
        members = self._members(day)
        left = [life for life in members[1:] if (life, month.year) not in self._talked]
        for life in left[: -(-len(left) // (len(_QUARTERS) - _QUARTERS.index(month.number)))]:
            self._talked.add((life, month.year))
            if self._dice.random() >= self._meetings.temper.forgets:
                doing = Doing(self._body, "heart_to_heart_talk", day, "", recorded_on=day)
                doing.talk = Spoken(members[0], life, self._dice.choice(topics.TALKS))
                yield doing

    def _decided(self, month: Month) -> Iterator[Doing]:
        """Elections and admissions: what the lives of the branch and of its people say happened."""
        for term in self._body.terms:
            if month.holds(term.started_on) and term.started_on > self._body.founded_on:
                yield from self._voted("election_meeting", "支部委员会换届选举", term.started_on, "")
        for life, day in self._rosters.admitted(self._body):
            if month.holds(day):
                vote = f"接收{life.name}为预备党员"
                yield from self._voted("admission_meeting", f"讨论{vote}", day, vote)

    def _voted(self, kind: str, topic: str, day: date, vote: str) -> Iterator[Doing]:
        full = [life for life in self._members(day) if is_full(life, day)]
        if doing := self._meetings.hold(self._meetings.about(kind, day, topic), full, vote=vote):
            yield doing

    def _ahead(self) -> Iterator[Doing]:
        """The next theme day, planned; those who should come are told a week ahead."""
        nxt = Month.of(self._today) if self._usual_day > self._today.day + 2 else Month.of(self._today).following
        day = nxt.day(self._usual_day)
        if self._body.until > day and self._dice.random() < 0.6:  # noqa: PLR2004 - three in five plan ahead
            told = self._today if day - self._today <= timedelta(days=7) else None
            topic = self._dice.choice(topics.THEME_DAYS[day.month - 1])
            yield self._meetings.planned("theme_day", topic, day, called_on=told)
