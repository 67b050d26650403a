"""How many bodies there are, what they are called, how big they are, and which of them are in trouble."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise
from random import Random

from dangwu.workbench.demo.chance import chance
from dangwu.workbench.demo.places import unit_name

LEAST_MEMBERS = 3
_BRANCHES_OF_A_UNIT = 12
_COMMITTEE_FROM = 100
_SHARE_IN_TROUBLE = 0.12


class Trouble(Enum):
    """What a branch neglected in the year, or what is coming upon it."""

    NO_THEME_DAY = auto()
    NO_ASSEMBLY = auto()
    NO_QUORUM = auto()
    NO_MAJORITY = auto()
    TERM_OVER = auto()
    TERM_ENDING = auto()


@dataclass(frozen=True, slots=True)
class Site:
    """A place where a branch is set up. `weight` is its size beside the others'; a joint branch covers several."""

    name: str
    weight: float
    secretary_is: str
    joins: tuple[str, ...] = ()
    retired: bool = False
    new: bool = False
    troubles: frozenset[Trouble] = frozenset()


@dataclass(frozen=True, slots=True)
class BranchPlan:
    """A branch to be invented."""

    site: Site
    size: int
    troubles: frozenset[Trouble]


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """A unit to be invented with its branches."""

    name: str
    branches: tuple[BranchPlan, ...]

    @property
    def members(self) -> int:
        return sum(branch.size for branch in self.branches)

    @property
    def has_committee(self) -> bool:
        """Whether the unit is big enough for a committee; if not, it has a general branch."""
        return self.members >= _COMMITTEE_FROM


_FIRST_SITES = (
    Site("办公室", 1.0, "办公室主任"),
    Site("人事处", 0.42, "人事处处长"),
    Site("审批管理处", 1.5, "审批管理处处长"),
    Site("窗口服务第一", 1.5, "政务大厅一区主任"),
    Site("窗口服务第二", 1.3, "政务大厅二区主任", troubles=frozenset({Trouble.TERM_OVER, Trouble.NO_MAJORITY})),
    Site("公共资源处", 0.9, "公共资源处处长", troubles=frozenset({Trouble.NO_ASSEMBLY, Trouble.NO_THEME_DAY})),
    Site("信息中心", 0.8, "信息中心主任", new=True),
    Site(
        "法规督查联合",
        0.7,
        "政策法规处处长",
        joins=("政策法规处", "督查考核处", "财务审计处"),
        troubles=frozenset({Trouble.TERM_ENDING}),
    ),
    Site("离退休干部", 1.1, "退休干部", retired=True, troubles=frozenset({Trouble.NO_QUORUM})),
    Site("投诉受理中心", 0.8, "投诉受理中心主任"),
    Site("营商环境处", 0.7, "营商环境处处长"),
    Site("后勤服务中心", 0.9, "后勤服务中心主任"),
)
_OTHER_SITES = (
    Site("办公室", 1.0, "办公室主任"),
    Site("人事处", 0.5, "人事处处长"),
    Site("政策法规处", 0.6, "政策法规处处长"),
    Site("规划财务处", 0.8, "规划财务处处长"),
    Site("综合业务处", 1.0, "综合业务处处长"),
    Site("监督检查处", 1.1, "监督检查处处长"),
    Site("执法支队第一", 1.5, "第一执法支队长"),
    Site("执法支队第二", 1.4, "第二执法支队长"),
    Site("离退休干部", 1.2, "退休干部", retired=True),
    Site("信息中心", 0.8, "信息中心主任"),
    Site("科技宣教联合", 0.6, "科技处处长", joins=("科技处", "宣传教育处")),
    Site("后勤服务中心", 0.8, "后勤服务中心主任"),
)


def plan_units(branches: int, members: int, seed: int) -> Iterator[UnitPlan]:
    """Units of at most twelve branches each, the members spread over them. A branch has at least three."""
    if branches < 1 or members < branches * LEAST_MEMBERS:
        least = max(branches, 1) * LEAST_MEMBERS
        raise ValueError(f"每个党支部至少要有 {LEAST_MEMBERS} 名党员：党员总数请不少于 {least} 名。")
    units = -(-branches // _BRANCHES_OF_A_UNIT)
    ends = [branches * end // units for end in range(units + 1)]
    for index, (start, end) in enumerate(pairwise(ends)):
        own_members = members * end // branches - members * start // branches
        yield _plan_unit(index, end - start, own_members, chance(seed, "plan", index))


def _plan_unit(index: int, branches: int, members: int, dice: Random) -> UnitPlan:
    sites = (_OTHER_SITES if index else _FIRST_SITES)[:branches]
    sizes = spread([site.weight * dice.uniform(0.9, 1.1) for site in sites], members)
    plans = tuple(
        BranchPlan(site, size, _troubles(dice) if index else site.troubles)
        for site, size in zip(sites, sizes, strict=True)
    )
    return UnitPlan(unit_name(index), plans)


def _troubles(dice: Random) -> frozenset[Trouble]:
    return frozenset({dice.choice(list(Trouble))} if dice.random() < _SHARE_IN_TROUBLE else ())


def spread(weights: list[float], members: int) -> list[int]:
    """Whole numbers in the proportion of the weights; what rounding leaves over goes to the biggest."""
    spare = members - LEAST_MEMBERS * len(weights)
    sizes = [LEAST_MEMBERS + int(spare * weight / sum(weights)) for weight in weights]
    sizes[weights.index(max(weights))] += members - sum(sizes)
    return sizes
