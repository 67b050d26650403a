"""What committees, general branches and leadership groups hold."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from random import Random

from dangwu.organisations.models import OrganisationKind
from dangwu.workbench.demo.chance import Weighted
from dangwu.workbench.demo.city.days import on_working_day
from dangwu.workbench.demo.city.shapes import Body
from dangwu.workbench.demo.life import topics
from dangwu.workbench.demo.life.meetings import Meetings
from dangwu.workbench.demo.life.months import Month
from dangwu.workbench.demo.life.rosters import Rosters, is_young
from dangwu.workbench.demo.life.shapes import Doing
from dangwu.workbench.demo.life.temper import temper_of

_HALF_DAY = Decimal(4)
_CLASS = (Decimal(24), Decimal(3))
_SOMETIMES = 0.5
_STUDIES = Weighted({0.92: 5, 0.65: 3, 0.35: 2})  # in how many of its months a leadership group finds the half day


class UpperLife:
    """The life of one organisation above branches. `branches` are those below it that there are today."""

    def __init__(self, body: Body, branches: Sequence[Body], rosters: Rosters, today: date, dice: Random) -> None:
        self._body, self._branches, self._rosters, self._dice = body, branches, rosters, dice
        self._today = today
        self._meetings = Meetings(body, temper_of(dice), today, dice)
        self._studies = _STUDIES.draw(dice)

    def doings(self, months: Sequence[Month]) -> Iterator[Doing]:
        """All that was held in these months."""
        for month in months:
            yield from filter(None, self._month(month))

    def _in(self, month: Month, day: int) -> date | None:
        about = on_working_day(month.day(min(day + self._dice.randint(0, 3), 27)))
        return about if self._body.founded_on <= about < self._body.until and about <= self._today else None

    def _month(self, month: Month) -> Iterator[Doing | None]:
        match self._body.kind:
            case OrganisationKind.PARTY_LEADERSHIP_GROUP:
                yield from self._leaders(month)
            case OrganisationKind.COMMITTEE | OrganisationKind.GENERAL_BRANCH:
                yield from self._committee(month)
            case _:
                return

    def _leaders(self, month: Month) -> Iterator[Doing | None]:
        if (day := self._in(month, 20)) and self._dice.random() < self._studies:
            topic, led = self._dice.choice(topics.LEADERS_STUDIES), self._rosters.committee(self._body, day)
            yield self._meetings.hold(self._meetings.about("leaders_study", day, topic, hours=_HALF_DAY), led)
        if month.number == 1 and (day := self._in(month, 12)):
            topic, led = f"{day.year - 1}年度民主生活会", self._rosters.committee(self._body, day)
            yield self._meetings.hold(self._meetings.about("democratic_life_meeting", day, topic), led)

    def _committee(self, month: Month) -> Iterator[Doing | None]:
        if day := self._in(month, 4):
            topic = self._dice.choice(topics.COMMITTEE_MEETINGS[month.number - 1])
            led = self._rosters.committee(self._body, day)
            yield self._meetings.hold(self._meetings.about("party_committee_meeting", day, topic), led)
        if month.number in {3, 6, 9, 11} and (day := self._in(month, 17)):
            yield self._youth(day)
        if month.number == 4 and (day := self._in(month, 15)):  # noqa: PLR2004 - in April
            yield self._class(day)
        if month.number in {5, 10} and (day := self._in(month, 9)):
            yield self._lecture(day)
        if self._body.kind == OrganisationKind.COMMITTEE and month.number == 7 and (day := self._in(month, 1)):  # noqa: PLR2004 - on the Party's birthday
            yield self._assembly(day)
        if month.number in {2, 9} and len(self._branches) > 1 and (day := self._in(month, 23)):
            yield self._joint(day)

    def _assembly(self, day: date) -> Doing | None:
        led = self._rosters.committee(self._body, day)
        everybody = sum(len(self._rosters.members(branch, day)) for branch in self._branches)
        topic = "庆祝建党{age}周年暨警示教育大会"
        assembly = self._meetings.about("organ_assembly", day, topic, "warning_education", hours=Decimal(2))
        doing = self._meetings.hold(assembly, led, counted=False)
        if doing:
            doing.expected, doing.present = everybody, int(everybody * self._dice.uniform(0.86, 0.97))
        return doing

    def _youth(self, day: date) -> Doing | None:
        young = [
            life for branch in self._branches for life in self._rosters.members(branch, day) if is_young(life, day)
        ]
        study = self._meetings.about("youth_study", day, self._dice.choice(topics.YOUTH), hours=Decimal(2))
        return self._meetings.hold(study, young[:60])

    def _class(self, day: date) -> Doing | None:
        """The yearly class of those who lead branches."""
        bodies = (self._body, *self._branches)
        led = dict.fromkeys(life for body in bodies for life in self._rosters.committee(body, day))
        lesson = self._meetings.about("training", day, topics.TRAININGS["secretaries"])
        doing = self._meetings.hold(lesson, list(led), counted=False)
        if doing:
            doing.took_part, doing.present, (doing.hours, doing.days) = list(led), len(led), _CLASS
            doing.chair = doing.recorder = None
        return doing

    def _lecture(self, day: date) -> Doing | None:
        led = self._rosters.committee(self._body, day)
        lecture = self._meetings.about("public_lecture", day, self._dice.choice(topics.PUBLIC_LECTURES))
        doing = self._meetings.hold(lecture, led, counted=False)
        if doing:
            doing.audience, doing.lecturer = self._dice.randint(40, 260), doing.chair
        return doing

    def _joint(self, day: date) -> Doing | None:
        """Two branches that do something together; the first keeps the record."""
        if self._dice.random() < _SOMETIMES:
            return None
        first, second = self._dice.sample(list(self._branches), 2)
        called = self._rosters.members(first, day)
        meetings = Meetings(first, self._meetings.temper, self._today, self._dice)
        joint = meetings.about("joint_activity", day, self._dice.choice(topics.JOINT), hours=Decimal(2))
        doing = meetings.hold(joint, called)
        if doing and second.founded_on <= day < second.until and first.founded_on <= day < first.until:
            doing.partners = [second]
            return doing
        return None
