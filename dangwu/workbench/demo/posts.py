"""Who holds which post in a branch and at the head of a unit, and who is in which party group."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dangwu.workbench.demo.people import Newcomers, Person
from dangwu.workbench.demo.plans import BranchPlan

COMMITTEE_FROM = 7
GROUP_LEADER = "党小组组长"
COMMITTEE_POSTS = ("书记", "副书记", "组织委员", "宣传委员", "纪检委员")

_DEPUTY_FROM = 12
_GROUPS_FROM = 15
_GROUP_SIZE = 9
_OLDEST_OFFICER = 1967
_ORDINALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Crew:
    """A branch's members with their posts and groups."""

    plan: BranchPlan
    branch: str
    members: list[Person]
    groups: int

    @property
    def full_members(self) -> int:
        return sum(person.is_full for person in self.members)

    @property
    def committee(self) -> list[Person]:
        """Those who meet as the branch's committee."""
        return [person for person in self.members if person.post in COMMITTEE_POSTS]

    def holder(self, post: str) -> str:
        """The name of who holds the post, or nothing."""
        return next((person.name for person in self.members if person.post == post), "")


@dataclass(frozen=True, slots=True)
class Leaders:
    """Those who lead a unit and its party work, by name; nothing where there are too few people."""

    head: str
    party_secretary: str
    full_time_deputy: str
    discipline_deputy: str
    board: tuple[str, ...]


_LEADING = (  # unit post, party post
    ("党组书记、局长", ""),
    ("党组成员、副局长", "{body}书记"),
    ("{body}专职副书记", "{body}副书记"),
    ("一级调研员", "{body}副书记、{discipline}"),
    ("党组成员、副局长", ""),
    ("党组成员、副局长", ""),
    ("党组成员、总工程师", ""),
)
_ON_THE_BOARD = "党组"
_LEADER = "局领导和机关党委干部"


def muster(plan: BranchPlan, branch: str, newcomers: Newcomers) -> Crew:
    """Invent a branch's members and let them fill its posts, officers first."""
    people = [newcomers.invent(branch, retired=plan.site.retired) for _ in range(plan.size)]
    people.sort(key=lambda person: _fitness(person, retired=plan.site.retired), reverse=True)
    officers = _officers(people)
    people = [_appoint(person, post, plan) for person, post in zip(people, officers, strict=False)] + people[
        len(officers) :
    ]
    groups = -(-plan.size // _GROUP_SIZE) if plan.size >= _GROUPS_FROM else 0
    return Crew(plan, branch, _grouped(people, groups), groups)


def _fitness(person: Person, *, retired: bool) -> tuple[bool, bool, int]:
    """Full members in service who are not about to retire lead; of them, the longest in the party."""
    usable = person.is_full and (retired or person.is_in_service)
    return usable, person.birth_date.year > _OLDEST_OFFICER or retired, -person.joined_on.toordinal()


def _officers(people: list[Person]) -> list[str]:
    full = sum(person.is_full for person in people)
    if full < COMMITTEE_FROM:
        return ["书记"]
    return [post for post in COMMITTEE_POSTS if post != "副书记" or full >= _DEPUTY_FROM]


def _appoint(person: Person, post: str, plan: BranchPlan) -> Person:
    if post != "书记":
        return replace(person, post=post)
    return replace(person, post=post, unit_post=plan.site.secretary_is, remarks="")


def _grouped(people: list[Person], groups: int) -> list[Person]:
    """Spread over the groups; the first of each group without another post leads it."""
    if not groups:
        return people
    led: set[str] = set()
    spread = []
    for index, person in enumerate(people):
        group = f"第{_ORDINALS[index % groups]}党小组" if groups <= len(_ORDINALS) else f"第{index % groups + 1}党小组"
        leads = not person.post and person.is_full and group not in led
        led |= {group} if leads else set()
        spread.append(replace(person, group=group, post=GROUP_LEADER if leads else person.post))
    return spread


def install_leaders(crews: list[Crew], *, has_committee: bool) -> Leaders:
    """Give the unit's leading posts to members without a post, branch after branch, the oldest first."""
    body, discipline = ("机关党委", "机关纪委书记") if has_committee else ("党总支", "党总支纪检委员")
    holders = []
    for crew, posts in zip(_in_turn(crews), _LEADING, strict=False):
        unit_post, post = (text.format(body=body, discipline=discipline) for text in posts)
        place = min(_free(crew), key=lambda index: crew.members[index].birth_date)
        crew.members[place] = replace(crew.members[place], unit_post=unit_post, post=post, remarks=_LEADER)
        holders.append(crew.members[place])
    return _leaders(holders)


def _in_turn(crews: list[Crew]) -> Iterator[Crew]:
    """Crews that still have somebody free, one after the other, until nobody is left."""
    while any(_free(crew) for crew in crews):
        yield from (crew for crew in crews if _free(crew))


def _free(crew: Crew) -> list[int]:
    """The places of those who may still be given a leading post."""
    return [
        place
        for place, person in enumerate(crew.members)
        if person.is_full and person.is_in_service and not person.post and person.remarks != _LEADER
    ]


def _leaders(holders: list[Person]) -> Leaders:
    names = [person.name for person in holders] + [""] * len(_LEADING)
    board = tuple(person.name for person in holders if person.unit_post.startswith(_ON_THE_BOARD))
    head, party_secretary, full_time_deputy, discipline_deputy = names[:4]
    return Leaders(head, party_secretary, full_time_deputy, discipline_deputy, board)
