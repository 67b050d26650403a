"""Who was in an organisation on a day, and who led it then."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property

from dangwu.members.models import MEMBERS, Circumstances, Membership, Post
from dangwu.records.attending import NO_COMMITTEE, YOUNG
from dangwu.workbench.demo.city.shapes import Body, Held, Life, Stay

IN_SERVICE = Circumstances.Employment.IN_SERVICE


class Rosters:
    """The people of a department by organisation. A month's roster is asked for again and again, and kept."""

    def __init__(self, lives: Iterable[Life]) -> None:
        self._stays: dict[Body, list[tuple[Life, Stay]]] = defaultdict(list)
        self._posts: dict[Body, list[tuple[Life, Held]]] = defaultdict(list)
        self._kept: dict[tuple[Body, date], list[Life]] = {}
        for life in lives:
            for stay in life.stays:
                self._stays[stay.body].append((life, stay))
            for held in life.posts:
                self._posts[held.body].append((life, held))

    def members(self, body: Body, day: date) -> list[Life]:
        """The members of a branch on a day, those first who lead it."""
        if (body, day) not in self._kept:
            here = [
                life for life, stay in self._stays[body] if stay.since <= day < stay.until and _is_member(life, day)
            ]
            led = self.committee(body, day)
            self._kept[body, day] = [
                *[life for life in led if life in here],
                *[life for life in here if life not in led],
            ]
        return self._kept[body, day]

    def group(self, body: Body, name: str, day: date) -> list[Life]:
        """The members of a group of a branch on a day."""
        inside = {id(life) for life, stay in self._stays[body] if _in_group(stay, name, day)}
        return [life for life in self.members(body, day) if id(life) in inside]

    def groups(self, body: Body, day: date) -> list[str]:
        """The party groups of a branch on a day."""
        return [team.name for era in body.eras if era.since <= day < era.until for team in era.teams]

    def committee(self, body: Body, day: date) -> list[Life]:
        """Those who hold a post in it on a day, the secretary first."""
        held = [pair for pair in self._posts[body] if pair[1].since <= day < pair[1].until]
        led = [(life, post) for life, post in held if post.kind not in NO_COMMITTEE]
        led.sort(key=lambda pair: pair[1].kind != Post.Kind.SECRETARY)
        return list(dict.fromkeys(life for life, _ in led))

    def secretary(self, body: Body, day: date) -> Life | None:
        """Who leads it on a day."""
        posts = self._posts[body]
        return next((life for life, held in posts if _leads(held, day)), None)

    def admitted(self, body: Body) -> list[tuple[Life, date]]:
        """Who became a probationary member there, and when."""
        return self._admitted.get(body, [])

    @cached_property
    def _admitted(self) -> dict[Body, list[tuple[Life, date]]]:
        admitted: dict[Body, list[tuple[Life, date]]] = defaultdict(list)
        for body, stays in self._stays.items():
            for life, stay in stays:
                if (day := _admission(life)) and stay.since <= day < stay.until:
                    admitted[body].append((life, day))
        return admitted


def _admission(life: Life) -> date | None:
    steps = (step for step in life.steps if step.kind == Membership.Kind.PROBATIONARY)
    return next((step.joined_on for step in steps), None)


def _leads(held: Held, day: date) -> bool:
    return held.kind == Post.Kind.SECRETARY and held.since <= day < held.until


def _in_group(stay: Stay, name: str, day: date) -> bool:
    return stay.since <= day < stay.until and stay.team is not None and stay.team.name == name


def _kind(life: Life, day: date) -> str:
    return next((step.kind for step in life.steps if step.since <= day < step.until), "")


def _is_member(life: Life, day: date) -> bool:
    return _kind(life, day) in MEMBERS


def is_full(life: Life, day: date) -> bool:
    """Whether somebody has a vote on a day."""
    return _kind(life, day) == Membership.Kind.FULL


def serves(life: Life, day: date) -> bool:
    """Whether somebody is in service on a day."""
    return any(lot.since <= day < lot.until and lot.employment == IN_SERVICE for lot in life.lots)


def is_young(life: Life, day: date) -> bool:
    """Whether somebody belongs to the young on a day: in service, of forty years and under."""
    age = day.year - life.born.year - ((day.month, day.day) < (life.born.month, life.born.day))
    return age <= YOUNG and serves(life, day)
