"""The city, department by department: what is told of one can be written before the next is invented."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dangwu.members.models import Membership, Post
from dangwu.organisations.models import OrganisationKind
from dangwu.workbench.demo.chance import chance
from dangwu.workbench.demo.city.careers import Newcomers
from dangwu.workbench.demo.city.circumstances import OF_RETIRED
from dangwu.workbench.demo.city.dues import due
from dangwu.workbench.demo.city.elections import Elections, hold_elections
from dangwu.workbench.demo.city.founding import Foundation, working_committee
from dangwu.workbench.demo.city.grouping import form_groups, join_groups
from dangwu.workbench.demo.city.lives import Settlers
from dangwu.workbench.demo.city.naming import head_of, place_name
from dangwu.workbench.demo.city.planning import DepartmentPlan, Wish, plan_department, wishes
from dangwu.workbench.demo.city.reorganising import is_branch, live_through, stand
from dangwu.workbench.demo.city.shapes import Body, Department, Held, Life, Office
from dangwu.workbench.demo.people import TODAY
from dangwu.workbench.demo.places import CITY

_ROOM = 1.3  # numbers kept for each department: those who have gone and those who may come need some too
_LEADERS = {
    Post.Kind.DEPUTY_SECRETARY: "机关党委专职副书记",
    Post.Kind.DISCIPLINE_SECRETARY: "机关纪委书记",
}


def imagine_city(*, units: int | None = None, members: int | None = None, seed: int = 1) -> Iterator[Department]:
    """The departments of a city with so many units and members, each after all that it refers to.

    Today is TODAY. Too few members for the units are a ValueError with a Chinese sentence, at once.
    """
    return _imagine(wishes(units, members), seed)


def _imagine(wanted: Sequence[Wish], seed: int) -> Iterator[Department]:
    committees: list[Body] = []
    elsewhere: list[Body] = []
    first = 0
    for number, wish in enumerate(wanted):
        while len(committees) <= wish.place:
            committees.append(_committee(len(committees), committees))
            yield Department(committees[-1].stands[-1].name, [committees[-1].office], [committees[-1]], [])
        department = _department(plan_department(number, wish, seed), committees[wish.place], elsewhere, seed, first)
        elsewhere = department.leaves
        first += int(wish.members * _ROOM) + 60
        yield department


def _committee(place: int, above: list[Body]) -> Body:
    parent = above[0] if above else None
    body = working_committee(place_name(place), parent, parent.next_number() if parent else 1)
    stand([body])
    return body


def _department(plan: DepartmentPlan, above: Body, elsewhere: list[Body], seed: int, first: int) -> Department:
    dice = chance(seed, "city", plan.number)
    foundation = Foundation(plan, above, dice)
    live_through(foundation, dice)
    stand(foundation.bodies)
    leaves = [body for body in foundation.bodies if body.size]
    for body in foundation.bodies:
        hold_elections(body, dice)
        form_groups(body, dice)
    lives = list(Settlers(leaves, elsewhere, Newcomers(dice, first), dice).lives())
    _elect(foundation, lives, Elections(lives, dice))
    join_groups(lives, dice)
    for life in lives:
        _pay(life)
    return Department(plan.name, foundation.offices, foundation.bodies, lives)


# --- posts


def _elect(foundation: Foundation, lives: Sequence[Life], elections: Elections) -> None:
    """Fill every post; those of higher bodies from the branches of the same unit."""
    at_work: dict[Office, list[Body]] = defaultdict(list)
    for body in foundation.bodies:
        if is_branch(body) and not body.of_retired:
            at_work[body.office].append(body)
    for body in foundation.bodies:
        elections.fill(body, [body] if is_branch(body) else at_work[body.office])
        for lower in foundation.below(body):
            if lower.kind == OrganisationKind.DISCIPLINE_COMMITTEE:
                elections.let_lead(lower, body)
    for life in lives:
        for held in life.posts:
            if held.until > TODAY:
                _give_rank(life, held)


def _give_rank(life: Life, held: Held) -> None:
    """Let whoever leads today have the post in his unit that goes with it."""
    body, organ = held.body, held.body.office.above is None
    if body.kind == OrganisationKind.PARTY_LEADERSHIP_GROUP:
        head = held.kind == Post.Kind.SECRETARY
        life.unit_post = "党组书记、局长" if head else "党组成员、副局长"
    elif life.unit_post.startswith("党组") or body.of_retired:
        return
    elif not is_branch(body) and body.kind != OrganisationKind.DISCIPLINE_COMMITTEE:
        life.unit_post = _leading(life, held, organ=organ)
    elif held.kind == Post.Kind.SECRETARY and (site := body.sites[-1][1] or body.office.name):
        life.unit_post = head_of(site if body.sites[-1][1] else site.removeprefix(CITY))


def _leading(life: Life, held: Held, *, organ: bool) -> str:
    if held.kind == Post.Kind.SECRETARY:
        here = "党委书记" if held.body.kind == OrganisationKind.COMMITTEE else "党总支书记"
        return "党组成员、副局长" if organ else here
    return _LEADERS.get(held.kind, life.unit_post) if organ else life.unit_post


# --- dues


def _pay(life: Life) -> None:
    """Let a member pay what is due of him today."""
    if life.dues_base is None or life.steps[-1].kind not in {Membership.Kind.FULL, Membership.Kind.PROBATIONARY}:
        return
    retired = life.lots[-1].category == OF_RETIRED
    life.dues_paid = due(life.dues_base, TODAY, retired=retired)


# --- what it comes to


@dataclass
class Totals:
    """How much there is of everything, as it is told while it is written."""

    departments: int = 0
    bodies: int = 0
    members: int = 0
    activities: int = 0
    duties: int = 0

    def add(self, department: Department) -> None:
        """Count another department."""
        self.departments += bool(department.lives)
        self.bodies += sum(body.dissolved_on is None for body in department.bodies)
        self.members += sum(body.size for body in department.bodies)

    def __str__(self) -> str:
        """As people read it."""
        held = f"、{self.activities:,} 次活动" if self.activities else ""
        held += f"、{self.duties:,} 件承办事项" if self.duties else ""
        return f"{self.departments:,} 个部门、{self.bodies:,} 个党组织、{self.members:,} 名党员{held}"


Tell = Callable[[str], None]
