"""The life of a department: of all its organisations, over so many years before a day."""

from collections.abc import Iterator
from datetime import date

from dangwu.kernel.tree_path import above
from dangwu.organisations.models import OrganisationKind
from dangwu.workbench.demo.chance import chance
from dangwu.workbench.demo.city.reorganising import is_branch
from dangwu.workbench.demo.city.shapes import Body, Department
from dangwu.workbench.demo.life.branches import BranchLife
from dangwu.workbench.demo.life.months import months
from dangwu.workbench.demo.life.rosters import Rosters
from dangwu.workbench.demo.life.shapes import Doing
from dangwu.workbench.demo.life.uppers import UpperLife

_UPPERS = frozenset(
    {OrganisationKind.PARTY_LEADERSHIP_GROUP, OrganisationKind.COMMITTEE, OrganisationKind.GENERAL_BRANCH}
)


def life_of(department: Department, *, since: date, today: date, seed: int) -> Iterator[Doing]:
    """What the organisations of a department held from the month of one day to another, one by one."""
    rosters, span = Rosters(department.lives), list(months(since, today))
    for body in department.bodies:
        dice = chance(seed, "life", body.stands[-1].path)
        if is_branch(body):
            yield from BranchLife(body, rosters, today, dice).doings(span)
        elif body.kind in _UPPERS:
            yield from UpperLife(body, _branches_of(body, department), rosters, today, dice).doings(span)


def _branches_of(body: Body, department: Department) -> list[Body]:
    path = body.stands[-1].path
    below = [leaf for leaf in department.leaves if leaf.stands[-1].path.startswith(path)]
    beside = [leaf for leaf in department.leaves if leaf.stands[-1].path.startswith(above(path))]
    return below or beside
