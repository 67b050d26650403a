"""How many departments there are, how many units stand under each, and how its members are spread over branches."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from dangwu.workbench.demo.chance import chance
from dangwu.workbench.demo.city.naming import (
    DEPARTMENTS_OF_A_PLACE,
    LARGEST,
    PLACES,
    RETIRED,
    joint_name,
    place_name,
    site_name,
    subordinate_name,
)
from dangwu.workbench.demo.places import BUREAUS
from dangwu.workbench.demo.plans import LEAST_MEMBERS, spread

MEMBERS_OF_A_UNIT = 44
COMMITTEE_FROM, GENERAL_BRANCH_FROM = 100, 50
MOST_MEMBERS = 2_000_000
_BRANCH = 13
_UNITS_OF_A_DEPARTMENT = 25
_DEPARTMENTS = 12
_RETIRED_FROM = 60
_BRANCHES_WITH_RETIRED = 3

# bureau, units, members and, where it is asked for exactly, party organisations
_BY_DEFAULT: tuple[tuple[str, int, int, int | None], ...] = (
    (LARGEST, 40, 5_000, 494),
    ("政务服务局", 4, 168, None),
    ("教育局", 9, 412, None),
    ("财政局", 4, 205, None),
    ("民政局", 5, 176, None),
    ("司法局", 4, 238, None),
    ("生态环境局", 5, 221, None),
    ("水务局", 6, 264, None),
    ("农业农村局", 7, 287, None),
    ("卫生健康局", 9, 455, None),
    ("数据管理局", 2, 83, None),
    ("档案局", 1, 41, None),
)


@dataclass(frozen=True, slots=True)
class BranchPlan:
    """A branch: where it is, and how many members it has. A joint one covers several divisions."""

    site: str
    size: int
    of_retired: bool = False
    joins: int = 1


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """A unit with its branches."""

    name: str
    members: int
    branches: tuple[BranchPlan, ...]


@dataclass(frozen=True, slots=True)
class DepartmentPlan:
    """A department: the organ itself, and the units under it."""

    number: int
    place: str
    bureau: str
    organ: UnitPlan
    others: tuple[UnitPlan, ...] = field(default=())

    @property
    def name(self) -> str:
        return self.place + self.bureau

    @property
    def members(self) -> int:
        return self.organ.members + sum(other.members for other in self.others)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for of a department. `organisations` counts those of every kind, if their number is asked for."""

    place: int
    bureau: str
    units: int
    members: int
    organisations: int | None = None


def wishes(units: int | None, members: int | None) -> list[Wish]:
    """The departments of a city of so many units and members; without both those of the demonstration.

    Too few members for the units, or more than there are numbers for, are a ValueError with a Chinese sentence.
    """
    if units is None and members is None:
        return [Wish(0, *told) for told in _BY_DEFAULT]
    units = units or max(1, (members or 0) // MEMBERS_OF_A_UNIT)
    members = members or units * MEMBERS_OF_A_UNIT
    _refuse_impossible(units, members)
    return list(_spread_evenly(units, members))


def _refuse_impossible(units: int, members: int) -> None:
    if members < units * LEAST_MEMBERS:
        raise ValueError(
            f"每个单位至少要有 {LEAST_MEMBERS} 名党员才能成立党支部：{units:,} 个单位，党员总数请不少于 "
            f"{units * LEAST_MEMBERS:,} 名，或者减少单位数。"
        )
    most = PLACES * DEPARTMENTS_OF_A_PLACE * _UNITS_OF_A_DEPARTMENT
    if members > MOST_MEMBERS or units > most:
        raise ValueError(f"最多可以生成 {most:,} 个单位、{MOST_MEMBERS:,} 名党员，请减少后重试。")


def _spread_evenly(units: int, members: int) -> Iterator[Wish]:
    departments = min(units, max(_DEPARTMENTS, -(-units // _UNITS_OF_A_DEPARTMENT)))
    spent_units = spent_members = 0
    for number in range(departments):
        upto = units * (number + 1) // departments
        own = upto - spent_units
        share = members * upto // units - spent_members
        place, bureau = divmod(number, DEPARTMENTS_OF_A_PLACE)
        yield Wish(place, BUREAUS[bureau], own, share)
        spent_units, spent_members = upto, spent_members + share


def plan_department(number: int, wish: Wish, seed: int) -> DepartmentPlan:
    """A department with all its branches."""
    dice = chance(seed, "department", number)
    weights = [2.5, *(dice.lognormvariate(0, 0.5) for _ in range(wish.units - 1))]
    sizes = spread(weights, wish.members)
    counts = _branch_counts(sizes, wish)
    organ, *others = (
        _plan_unit(wish.bureau, place, size, count, dice)
        for place, (size, count) in enumerate(zip(sizes, counts, strict=True))
    )
    return DepartmentPlan(number, place_name(wish.place), wish.bureau, organ, tuple(others))


def _branch_counts(sizes: list[int], wish: Wish) -> list[int]:
    """How many branches each unit has; as many in all as make up the organisations that are asked for."""
    if wish.organisations is None:
        return [_branches(size, _BRANCH) for size in sizes]
    averages = (_BRANCH + 4 - step / 20 for step in range(200))
    counts = next(
        counts
        for counts in ([_branches(size, average) for size in sizes] for average in averages)
        if organisations_of(sizes, counts) >= wish.organisations
    )
    while organisations_of(sizes, counts) > wish.organisations:
        counts[counts.index(max(counts))] -= 1
    return counts


def _branches(size: int, average: float) -> int:
    return max(1, min(round(size / average), size // LEAST_MEMBERS))


def organisations_of(sizes: list[int], counts: list[int]) -> int:
    """How many party organisations a department has whose units have so many members and branches."""
    uppers = sum(
        2 if size >= COMMITTEE_FROM else 1 for size, count in zip(sizes[1:], counts[1:], strict=True) if count > 1
    )
    tops = 0 if sum(counts) == 1 else 2 if sum(sizes) >= COMMITTEE_FROM else 1
    return 1 + tops + uppers + sum(counts)


def _plan_unit(bureau: str, place: int, members: int, branches: int, dice: Random) -> UnitPlan:
    """The organ itself where the place is 0."""
    sites = (
        [(site_name(number, organ=place == 0), False) for number in range(branches)] if branches > 1 else [("", False)]
    )
    if branches >= _BRANCHES_WITH_RETIRED and members >= _RETIRED_FROM:
        sites[-1] = (RETIRED, True)
    weights = [dice.uniform(0.7, 1.3) * (1.9 if retired else 1) for _, retired in sites]
    plans = [
        _joined(BranchPlan(site, size, retired), dice)
        for (site, retired), size in zip(sites, spread(weights, members), strict=True)
    ]
    return UnitPlan(subordinate_name(bureau, place - 1) if place else "", members, tuple(plans))


def _joined(plan: BranchPlan, dice: Random) -> BranchPlan:
    """Now and then one branch for several divisions."""
    joint = joint_name(plan.site)
    return BranchPlan(joint, plan.size, joins=dice.randint(2, 3)) if joint and dice.random() < 0.5 else plan  # noqa: PLR2004 - one in two
