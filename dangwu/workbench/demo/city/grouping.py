"""The party groups of branches, how they were formed anew, and who led them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from random import Random

from dangwu.members.models import Post
from dangwu.organisations.models import OrganisationKind
from dangwu.workbench.demo.city.days import START, working_day
from dangwu.workbench.demo.city.membership import full_since
from dangwu.workbench.demo.city.naming import in_characters
from dangwu.workbench.demo.city.shapes import Body, Era, Held, Life, Stay, Team
from dangwu.workbench.demo.people import TODAY

_GROUPS_FROM, _GROUP_SIZE, _MOST = 15, 9, 9
_FORMED_ANEW, _THREE_IN_ONE, _FURTHER = 0.35, 0.45, 0.08
_FURTHER_TEAMS = ("业务攻关小组", "应急值守小组", "结对互助小组")
_IN_A_TEAM = 5


def form_groups(body: Body, dice: Random) -> None:
    """Divide a branch into groups, if it is big enough; one group may be of three kinds at once."""
    if body.size < _GROUPS_FROM or body.kind == OrganisationKind.TEMPORARY_BRANCH:
        return
    number = min(_MOST, -(-body.size // _GROUP_SIZE))
    days = [body.founded_on, body.until]
    if dice.random() < _FORMED_ANEW:
        first = max(body.founded_on + timedelta(days=120), START)
        if first < TODAY - timedelta(days=60):
            days.insert(1, working_day(dice, first, TODAY - timedelta(days=30)))
    for since, until in pairwise(days):
        last = until == body.until
        three = dice.random() < _THREE_IN_ONE and last
        count = number if last else max(2, number + dice.choice((-1, 1)))
        body.eras.append(Era(since, until, tuple(_teams(count, since, until, three=three))))
    if dice.random() < _FURTHER:
        name = dice.choice(_FURTHER_TEAMS)
        since = working_day(dice, max(body.founded_on, START), TODAY - timedelta(days=20))
        body.further_teams.append(Team(name, since, party=False, mutual_help="互助" in name, duty="互助" not in name))


def _teams(number: int, since: date, until: date, *, three: bool) -> Iterator[Team]:
    for place in range(1, number + 1):
        yield Team(f"第{in_characters(place)}党小组", since, until, mutual_help=three, duty=three)


def join_groups(lives: Sequence[Life], dice: Random) -> None:
    """Put everybody into a group of his branch for as long as there are any, and let some lead them."""
    for life in lives:
        seat = dice.randrange(1_000)
        life.stays = [part for stay in life.stays for part in _in_groups(stay, seat)]
    _lead(lives, dice)
    _join_further(lives, dice)


def _in_groups(stay: Stay, seat: int) -> Iterator[Stay]:
    """A stay, parted where the groups were formed anew."""
    for era in stay.body.eras:
        since, until = max(stay.since, era.since), min(stay.until, era.until)
        if since < until:
            yield Stay(stay.body, since, until, era.teams[seat % len(era.teams)])
    if not stay.body.eras:
        yield stay


def _lead(lives: Iterable[Life], dice: Random) -> None:
    """A leader for each group: a full member who has no other post in the branch."""
    led: set[Team] = set()
    for life in lives:
        full = full_since(life.steps)
        for stay in life.stays:
            team = stay.team
            if team is None or team in led or full > stay.since or not _lasts(life, stay):
                continue
            if dice.random() < 0.5 and not any(held.body is stay.body for held in life.posts):  # noqa: PLR2004 - not always the first
                led.add(team)
                life.posts.append(Held(stay.body, Post.Kind.GROUP_LEADER, stay.since, stay.until, team))


def _lasts(life: Life, stay: Stay) -> bool:
    """Whether somebody is there until the group ends, and works unless it is one of the retired."""
    working = stay.body.of_retired or life.retires_on > TODAY
    return working and stay.team is not None and stay.until == stay.team.until


def _join_further(lives: Iterable[Life], dice: Random) -> None:
    """Some members of a branch are in a further group of it, beside their party group."""
    inside: dict[Team, int] = defaultdict(int)
    for life in lives:
        here = life.stays[-1]
        for team in here.body.further_teams if here.until == here.body.until else ():
            if inside[team] < _IN_A_TEAM and dice.random() < 0.5:  # noqa: PLR2004 - not always the first
                inside[team] += 1
                since = max(team.since, here.since)
                life.teams.append((team, since, here.until))
