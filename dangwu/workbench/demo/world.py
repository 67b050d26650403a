"""The invented city as plain values, for whoever needs its people and meetings without files."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from dangwu.kernel.periods import Every, Period
from dangwu.workbench.demo import activities as done
from dangwu.workbench.demo import topics
from dangwu.workbench.demo.activities import Activity, BranchYear, office_day
from dangwu.workbench.demo.chance import chance
from dangwu.workbench.demo.identity import Numbers
from dangwu.workbench.demo.organisations import (
    Organisation,
    branch_body,
    dissolved_branch,
    upper_bodies,
    working_committee,
)
from dangwu.workbench.demo.people import TODAY, Newcomers, Person
from dangwu.workbench.demo.plans import Trouble, UnitPlan, plan_units
from dangwu.workbench.demo.posts import Crew, Leaders, install_leaders, muster

__all__ = ["TODAY", "Activity", "Organisation", "Person", "Shortfall", "World", "imagine_world"]

_BRANCHES_WITH_HISTORY = 9


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What a branch was meant to be found failing in: the rule, and the period or the day that it concerns."""

    rule: str
    organisation: str
    when: str


@dataclass(frozen=True, slots=True)
class World:
    """Everything there is. Bodies and branches are named by their short names, which are unique."""

    organisations: tuple[Organisation, ...]
    people: tuple[Person, ...]
    activities: tuple[Activity, ...]
    shortfalls: tuple[Shortfall, ...]


def imagine_world(
    *, branches: int = 9, members: int = 120, seed: int = 1, tell: Callable[[str], None] = lambda _: None
) -> World:
    """A city with so many branches and members, always the same for the same seed.

    The year is 2026, recorded up to 30 September. Beyond the branches asked for there is, from nine on, one that was
    dissolved in 2025 and owes nothing. Too few members for the branches are a ValueError with a Chinese sentence.
    """
    numbers = Numbers()
    plans = list(plan_units(branches, members, seed))
    single = len(plans) == 1
    units = []
    for index, plan in enumerate(plans, start=1):
        units.append(_Unit(plan, numbers, seed, single=single))
        if not index % 50 or index == len(plans):
            tell(f"正在虚构单位、党员和活动：{index}／{len(plans)} 个单位")
    top = () if single else (working_committee(),)
    return World(
        organisations=(*top, *(body for unit in units for body in unit.organisations)),
        people=tuple(person for unit in units for person in unit.people),
        activities=tuple(sorted((act for unit in units for act in unit.activities), key=_order)),
        shortfalls=tuple(shortfall for unit in units for shortfall in unit.shortfalls),
    )


def _order(activity: Activity) -> tuple[date, str, str, str]:
    return activity.held_on, activity.organisation, activity.kind, activity.group


class _Unit:
    """A unit with all that belongs to it."""

    def __init__(self, plan: UnitPlan, numbers: Numbers, seed: int, *, single: bool) -> None:
        self._dice = chance(seed, plan.name)
        prefix = "" if single else plan.name
        newcomers = Newcomers(self._dice, numbers)
        crews = [muster(branch, f"{prefix}{branch.site.name}党支部", newcomers) for branch in plan.branches]
        leaders = install_leaders(crews, has_committee=plan.has_committee)
        above = None if single else working_committee().short_name
        upper = upper_bodies(plan, leaders, above=above, prefix=prefix)
        group, committee = upper[:2]
        bodies = [branch_body(plan, crew, committee.short_name, self._dice) for crew in crews]
        old = (
            [dissolved_branch(plan, committee.short_name, prefix)]
            if single and len(crews) >= _BRANCHES_WITH_HISTORY
            else []
        )
        self.organisations = [*upper, *bodies, *old]
        self.people = [person for crew in crews for person in crew.members]
        self.activities = [*_upper_activities(group, committee, leaders, self.people)]
        for body, crew in zip(bodies, crews, strict=True):
            self.activities += BranchYear(body, crew, self._dice).activities()
        self.shortfalls = [
            s for body, crew in zip(bodies, crews, strict=True) for s in _shortfalls(body, crew, self.activities)
        ]


def _upper_activities(
    group: Organisation, committee: Organisation, leaders: Leaders, people: list[Person]
) -> Iterator[Activity]:
    """What the leadership group and the committee held themselves."""
    board = len(leaders.board)
    chief = Activity(
        organisation=group.short_name,
        group="",
        kind="民主生活会",
        title="召开2025年度党员领导干部民主生活会",
        held_on=office_day(1, 22),
        place="局党组会议室",
        chair=leaders.head,
        recorder=leaders.full_time_deputy,
        lecturer="",
        expected=board,
        present=board,
    )
    if board:
        yield chief
        for month, title in zip((2, 5, 8), topics.LEADERS_STUDIES, strict=True):
            yield replace(chief, kind="理论学习中心组学习", title=title, held_on=office_day(month, 26))
    staff = sum(person.is_in_service for person in people)
    yield replace(
        chief,
        organisation=committee.short_name,
        kind="机关党员干部大会",
        title="局主要负责人通报2025年工作",
        held_on=office_day(1, 16),
        place="政务大厅报告厅",
        expected=staff,
        present=staff - staff // 20,
    )


def _shortfalls(body: Organisation, crew: Crew, activities: list[Activity]) -> Iterator[Shortfall]:
    """What the checks should find of a branch's troubles."""
    troubles = crew.plan.troubles
    if Trouble.NO_THEME_DAY in troubles:
        month = Period.of(Every.MONTH, date(done.YEAR, done.MONTH_WITHOUT_THEME_DAY, 1))
        yield Shortfall("theme-day-each-month", body.short_name, month.code)
    if Trouble.NO_ASSEMBLY in troubles:
        quarter = Period.of(Every.QUARTER, date(done.YEAR, done.QUARTER_WITHOUT_ASSEMBLY * 3, 1))
        yield Shortfall("general-assembly-each-quarter", body.short_name, quarter.code)
    if Trouble.TERM_OVER in troubles and body.term_ends_on:
        yield Shortfall("branch-term", body.short_name, body.term_ends_on.isoformat())
    meetings = [a for a in activities if a.organisation == body.short_name and a.kind == done.ASSEMBLY]
    for meeting in meetings:
        if meeting.present * 2 < meeting.expected:
            yield Shortfall("general-assembly-quorum", body.short_name, meeting.held_on.isoformat())
        if meeting.votes and meeting.votes.in_favour * 2 <= meeting.expected:
            yield Shortfall("general-assembly-majority", body.short_name, meeting.held_on.isoformat())
