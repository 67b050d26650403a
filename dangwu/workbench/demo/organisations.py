"""The party organisations of a unit: leadership group, committee, discipline committee, branches and their terms."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from dangwu.kernel.months import add_months
from dangwu.workbench.demo.places import CITY
from dangwu.workbench.demo.plans import Trouble, UnitPlan
from dangwu.workbench.demo.posts import COMMITTEE_FROM, Crew, Leaders

LEADERSHIP_GROUP, COMMITTEE, GENERAL_BRANCH = "党组", "机关党委", "党总支"
DISCIPLINE_COMMITTEE, BRANCH, JOINT_BRANCH = "机关纪委", "党支部", "联合党支部"
WORKING_COMMITTEE = "机关工委"
NEW_BRANCH_SET_UP_ON = date(2026, 5, 18)

_YEARS = {COMMITTEE: 5, DISCIPLINE_COMMITTEE: 5, GENERAL_BRANCH: 3, BRANCH: 3, JOINT_BRANCH: 3}
_UNIT_SET_UP_ON = date(2018, 11, 20)
_COMMITTEE_ELECTED_ON = date(2024, 4, 19)
_STAFF_PER_MEMBER = 1.25
_FULL_TIME_SHARE = 0.015


@dataclass(frozen=True, slots=True)
class Organisation:
    """A party organisation. `parent` is the short name of the one above; what does not apply to a kind is None."""

    name: str
    short_name: str
    kind: str
    parent: str | None
    set_up_on: date
    dissolved_on: date | None = None
    secretary: str = ""
    deputies: tuple[str, ...] = ()
    discipline_secretary: str = ""
    has_committee: bool | None = None
    groups: int | None = None
    term_years: int | None = None
    elected_on: date | None = None
    term_ends_on: date | None = None
    units_covered: int | None = None
    staff: int | None = None
    full_time_staff: int | None = None
    secretary_heads_unit: bool | None = None


def working_committee() -> Organisation:
    """What stands above the units of the city, where there is more than one."""
    return Organisation(
        name=f"中共{CITY}直属机关工作委员会",
        short_name="市直机关工委",
        kind=WORKING_COMMITTEE,
        parent=None,
        set_up_on=date(1996, 7, 1),
    )


def upper_bodies(plan: UnitPlan, leaders: Leaders, *, above: str | None, prefix: str) -> list[Organisation]:
    """The leadership group, and the committee (with its discipline committee) or general branch of a unit."""
    group = Organisation(
        name=f"中共{plan.name}党组",
        short_name=f"{prefix or '局'}党组",
        kind=LEADERSHIP_GROUP,
        parent=None,
        set_up_on=_UNIT_SET_UP_ON - timedelta(days=30),
        secretary=leaders.head,
    )
    return [group, *_committee(plan, leaders, above=above, prefix=prefix)]


def _committee(plan: UnitPlan, leaders: Leaders, *, above: str | None, prefix: str) -> list[Organisation]:
    large = plan.has_committee
    staff = int(plan.members * _STAFF_PER_MEMBER)
    body = Organisation(
        name=f"中共{plan.name}{'机关委员会' if large else '总支部委员会'}",
        short_name=f"{prefix}{COMMITTEE if large else GENERAL_BRANCH}",
        kind=COMMITTEE if large else GENERAL_BRANCH,
        parent=above,
        set_up_on=_UNIT_SET_UP_ON,
        secretary=leaders.party_secretary,
        deputies=tuple(name for name in (leaders.full_time_deputy, leaders.discipline_deputy) if name),
        discipline_secretary=leaders.discipline_deputy if large else "",
        staff=staff,
        full_time_staff=max(1, round(staff * _FULL_TIME_SHARE)),
        secretary_heads_unit=True,
    )
    body = _elected(body, _COMMITTEE_ELECTED_ON)
    if not large:
        return [body]
    return [body, _discipline_committee(plan, leaders, body, prefix)]


def _discipline_committee(plan: UnitPlan, leaders: Leaders, body: Organisation, prefix: str) -> Organisation:
    discipline = Organisation(
        name=f"中共{plan.name}机关纪律检查委员会",
        short_name=f"{prefix}{DISCIPLINE_COMMITTEE}",
        kind=DISCIPLINE_COMMITTEE,
        parent=body.short_name,
        set_up_on=_UNIT_SET_UP_ON,
        secretary=leaders.discipline_deputy,
    )
    return _elected(discipline, _COMMITTEE_ELECTED_ON)


def branch_body(plan: UnitPlan, crew: Crew, parent: str, dice: Random) -> Organisation:
    """A branch with the term that its plan gives it."""
    site = crew.plan.site
    kind = JOINT_BRANCH if site.joins else BRANCH
    has_committee = crew.full_members >= COMMITTEE_FROM
    set_up_on = NEW_BRANCH_SET_UP_ON if site.new else _UNIT_SET_UP_ON + timedelta(days=dice.randrange(20, 90))
    body = Organisation(
        name=f"中共{plan.name}{site.name}支部{'委员会' if has_committee else ''}",
        short_name=crew.branch,
        kind=kind,
        parent=parent,
        set_up_on=set_up_on,
        secretary=crew.holder("书记"),
        deputies=tuple(name for name in (crew.holder("副书记"),) if name),
        has_committee=has_committee,
        groups=crew.groups,
        units_covered=max(1, len(site.joins)),
        secretary_heads_unit=None if site.retired else True,
    )
    return _elected(body, set_up_on if site.new else _election_day(crew.plan.troubles, dice))


def dissolved_branch(plan: UnitPlan, parent: str, prefix: str) -> Organisation:
    """A branch that ended before the year began: nothing may be asked of it."""
    body = Organisation(
        name=f"中共{plan.name}行政审批临时窗口支部",
        short_name=f"{prefix}行政审批临时窗口党支部",
        kind=BRANCH,
        parent=parent,
        set_up_on=date(2021, 3, 8),
        dissolved_on=date(2025, 11, 28),
        has_committee=False,
        groups=0,
    )
    return _elected(body, date(2024, 3, 15))


def _election_day(troubles: frozenset[Trouble], dice: Random) -> date:
    if Trouble.TERM_OVER in troubles:
        return date(2022, 5, 20)
    if Trouble.TERM_ENDING in troubles:
        return date(2023, 12, 8)
    return date(2024, 6, 3) + timedelta(days=dice.randrange(400))


def _elected(body: Organisation, elected_on: date) -> Organisation:
    years = _YEARS[body.kind]
    return replace(body, term_years=years, elected_on=elected_on, term_ends_on=add_months(elected_on, years * 12))
