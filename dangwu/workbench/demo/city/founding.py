"""Setting up a department's organisations as they are today, from the leadership group down to the branches."""

from datetime import date
from random import Random

from dangwu.organisations.models import OrganisationKind as Kind
from dangwu.organisations.models import Unit
from dangwu.workbench.demo.city.days import START, on_working_day, somewhere
from dangwu.workbench.demo.city.planning import (
    COMMITTEE_FROM,
    BranchPlan,
    DepartmentPlan,
    UnitPlan,
)
from dangwu.workbench.demo.city.shapes import Body, Office, Place
from dangwu.workbench.demo.places import CITY

_STAFF_PER_MEMBER = 1.3
_ENTERPRISES = ("公司", "集团")


def working_committee(place: str, parent: Body | None, number: int) -> Body:
    """What stands above the departments of a place."""
    office = Office(f"{place}直属机关工作委员会", f"{place.removeprefix(CITY) or '市'}直机关工委", Unit.Kind.ORGAN)
    founded = date(1996, 7, 1) if parent is None else date(2001, 9, 3)
    return _body(office, Kind.WORKING_COMMITTEE, "", Place(founded, parent, number))


class Foundation:
    """The organisations of a department, the higher before the lower."""

    def __init__(self, plan: DepartmentPlan, above: Body, dice: Random) -> None:
        self.plan = plan
        self._dice = dice
        self._since = on_working_day(somewhere(dice, date(2006, 1, 4), date(2018, 12, 20)))
        self.office = Office(plan.name, plan.name.removeprefix(CITY), Unit.Kind.ORGAN)
        self.offices = [self.office]
        self.leadership = _body(self.office, Kind.PARTY_LEADERSHIP_GROUP, "", Place(self._since, None, plan.number + 2))
        self.bodies = [self.leadership]
        self.top = self._organ(above)
        for unit in plan.others:
            self._other(unit)

    def below(self, body: Body) -> list[Body]:
        """What stands directly below another today."""
        return [each for each in self.bodies if each.places[-1].parent is body]

    def _organ(self, above: Body) -> Body:
        """The department's own branches, below its committee or general branch; alone where there is but one."""
        plan = self.plan.organ
        if len(plan.branches) == 1 and not self.plan.others:
            return self._branch(self.office, plan.branches[0], above)
        large = self.plan.members >= COMMITTEE_FROM
        top = self._upper(self.office, above, large=large, members=self.plan.members)
        for branch in plan.branches:
            self._branch(self.office, branch, top)
        return top

    def _other(self, plan: UnitPlan) -> None:
        kind = Unit.Kind.ENTERPRISE if plan.name.endswith(_ENTERPRISES) else Unit.Kind.PUBLIC_INSTITUTION
        office = Office(self.plan.name + plan.name, self.office.short + plan.name, kind, self.office)
        self.offices.append(office)
        if len(plan.branches) == 1:
            self._branch(office, plan.branches[0], self.top)
            return
        upper = self._upper(office, self.top, large=plan.members >= COMMITTEE_FROM, members=plan.members)
        for branch in plan.branches:
            self._branch(office, branch, upper)

    def _upper(self, office: Office, parent: Body, *, large: bool, members: int) -> Body:
        since = on_working_day(somewhere(self._dice, max(self._since, parent.founded_on), date(2020, 6, 30)))
        body = self._add(_body(office, Kind.COMMITTEE if large else Kind.GENERAL_BRANCH, "", _below(parent, since)))
        body.staff = int(members * _STAFF_PER_MEMBER)
        if large:
            self._add(_body(office, Kind.DISCIPLINE_COMMITTEE, "", _below(body, since)))
        return body

    def _branch(self, office: Office, plan: BranchPlan, parent: Body) -> Body:
        since = on_working_day(somewhere(self._dice, parent.founded_on, date(START.year - 1, 12, 20)))
        since = max(since, parent.founded_on)
        kind = Kind.JOINT_BRANCH if plan.joins > 1 else Kind.BRANCH
        body = self._add(_body(office, kind, plan.site, _below(parent, since)))
        body.size, body.of_retired, body.joins = plan.size, plan.of_retired, plan.joins
        return body

    def _add(self, body: Body) -> Body:
        self.bodies.append(body)
        return body


def _below(parent: Body, since: date) -> Place:
    return Place(since, parent, parent.next_number())


def _body(office: Office, kind: Kind, site: str, place: Place) -> Body:
    return Body(office, [(place.since, kind)], [(place.since, site)], [place], place.since)
