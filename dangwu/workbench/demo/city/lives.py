"""What people went through: where they belonged, their way into the Party, what became of them."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from dangwu.kernel.span import FAR
from dangwu.members.models import Circumstances, Membership
from dangwu.organisations.models import OrganisationKind
from dangwu.workbench.demo.chance import Weighted
from dangwu.workbench.demo.city.careers import Kind, Newcomers
from dangwu.workbench.demo.city.circumstances import lots_of
from dangwu.workbench.demo.city.days import START, admission_day, on_working_day, somewhere, working_day
from dangwu.workbench.demo.city.membership import admitted, aspiring, ended, long_ago
from dangwu.workbench.demo.city.shapes import Body, Life, Stay
from dangwu.workbench.demo.people import TODAY

_WAYS = {"settled": 83.0, "within": 8.0, "admitted": 3.6, "probationary": 1.4, "outside": 2.0, "elsewhere": 1.2}
_WAYS_IN_SERVICE = Weighted(_WAYS)
_WAYS_WITH_RETIRED = Weighted({**_WAYS, "retired": 7.0})
_GONE, _GONE_OF_RETIRED, _ASPIRING = 0.055, 0.085, 0.045  # of a branch's members, over the three years
_ENDINGS = Weighted({"left": 80, "died": 12, "expelled": 3, "withdrew": 2, "removed": 2, "persuaded": 1})
_ENDINGS_OF_RETIRED = Weighted({"died": 88, "left": 12})
_YOUNG = Kind(organ=True, youngest=24, oldest=40, most=30)
_ON_THE_WAY = timedelta(days=800)
Employment = Circumstances.Employment


class Settlers:
    """The people of a department's branches. `elsewhere` are branches of another, from which some came."""

    def __init__(self, leaves: Sequence[Body], elsewhere: Sequence[Body], newcomers: Newcomers, dice: Random) -> None:
        self._leaves = leaves
        self._newcomers = newcomers
        self._dice = dice
        self._beside = [body for body in leaves if _takes_and_gives(body)]
        self._elsewhere = [body for body in elsewhere if _takes_and_gives(body)]
        self._with_retired = {body.office for body in leaves if body.of_retired}
        self._wanted = Counter({merger.other: merger.members for body in leaves for merger in body.merged})
        self._wanted.update({lent.other: lent.members for body in leaves for lent in body.detached})
        self._names: dict[Body, set[str]] = defaultdict(set)
        self._ways = {
            "settled": self._settled,
            "within": self._within,
            "admitted": self._admitted,
            "probationary": self._probationary,
            "outside": self._from_outside,
            "elsewhere": self._from_elsewhere,
            "retired": self._retired_here,
        }

    def lives(self) -> Iterator[Life]:
        """Everybody: who is here today, who has gone, who is on the way into the Party."""
        for body in self._leaves:
            ways = _WAYS_IN_SERVICE if body.office in self._with_retired else _WAYS_WITH_RETIRED
            for _ in range(body.size):
                yield self._old_colleague(body) if body.of_retired else self._ways[ways.draw(self._dice)](body)
            gone = _GONE_OF_RETIRED if body.of_retired else _GONE
            for _ in range(self._some(body.size * gone)):
                yield from self._gone(body)
            for _ in range(0 if body.of_retired else self._some(body.size * _ASPIRING)):
                yield self._aspiring(body)

    def _some(self, expected: float) -> int:
        """A whole number that is the expected one on the average."""
        return int(expected) + (self._dice.random() < expected % 1)

    def _invent(self, body: Body, kind: Kind | None = None) -> Life:
        told = replace(kind or Kind(organ=True), organ=body.office.above is None)
        return self._newcomers.invent(told, self._names[body])

    # --- who is here today

    def _settled(self, body: Body) -> Life:
        """Somebody who has been here since before the years that are remembered, or since he began to work."""
        life = self._invent(body)
        return self._done(life, self._chain(body, self._arrival(life)))

    def _arrival(self, life: Life) -> date:
        earliest = max(life.joined_on, life.working_since)
        return somewhere(self._dice, earliest, START - timedelta(days=30)) if earliest < START else life.working_since

    def _within(self, body: Body) -> Life:
        """Somebody who came from another branch of the department."""
        return self._transferred(body, self._beside)

    def _from_elsewhere(self, body: Body) -> Life:
        return self._transferred(body, self._elsewhere)

    def _transferred(self, body: Body, sources: Sequence[Body]) -> Life:
        life = self._invent(body)
        arrival = self._arrival(life)
        first = max(START, body.founded_on, arrival + timedelta(days=200)) + timedelta(days=20)
        source = self._dice.choice(sources) if sources else body
        if first >= TODAY or source is body:
            return self._done(life, self._chain(body, arrival))
        day = working_day(self._dice, first, TODAY - timedelta(days=2))
        return self._done(life, [*self._chain(source, arrival, day), *self._chain(body, day)])

    def _from_outside(self, body: Body) -> Life:
        """Somebody who came from an organisation that the site does not know."""
        life = self._invent(body)
        first = max(START, body.founded_on, life.working_since) + timedelta(days=10)
        day = working_day(self._dice, first, TODAY - timedelta(days=2)) if first < TODAY else self._arrival(life)
        return self._done(life, self._chain(body, day))

    def _admitted(self, body: Body) -> Life:
        """Somebody who joined here in the years that are remembered, and has been confirmed."""
        return self._joined_between(body, START + timedelta(days=20), TODAY - timedelta(days=380))

    def _probationary(self, body: Body) -> Life:
        return self._joined_between(body, TODAY - timedelta(days=370), TODAY - timedelta(days=20))

    def _joined_between(self, body: Body, first: date, last: date) -> Life:
        life = self._invent(body, _YOUNG)
        life.joined_on = admission_day(self._dice, first, last)
        life.steps = admitted(life.joined_on, self._dice)
        begun = max(life.steps[0].since, min(life.working_since, life.joined_on))
        return self._done(life, self._chain(body, begun))

    def _old_colleague(self, body: Body) -> Life:
        """Somebody who has retired; whoever did so lately came from the branch where he had worked."""
        life = self._invent(body, Kind(organ=True, retired=True))
        day = on_working_day(life.retires_on + timedelta(days=self._dice.randint(0, 20)))
        sources = [each for each in self._beside if each.office is body.office]
        if not START < day <= TODAY or day <= body.founded_on or not sources:
            return self._done(life, self._chain(body, somewhere(self._dice, life.retires_on, START)))
        arrival = somewhere(self._dice, max(life.joined_on, life.working_since), START)
        return self._done(life, [*self._chain(self._dice.choice(sources), arrival, day), Stay(body, day, FAR)])

    def _retired_here(self, body: Body) -> Life:
        """Somebody who has retired from a unit that has no branch for that: he stayed where he was."""
        life = self._invent(body, Kind(organ=True, retired=True))
        return self._done(life, self._chain(body, somewhere(self._dice, life.joined_on, START)))

    def _done(self, life: Life, stays: list[Stay]) -> Life:
        life.stays = stays
        life.steps = life.steps or long_ago(life.joined_on)
        life.lots = lots_of(life, self._dice)
        return life

    # --- who has gone, and who may come

    def _gone(self, body: Body) -> Iterator[Life]:
        """Somebody who belongs nowhere any more: gone to where the site does not reach, dead, or no longer a member."""
        how = (_ENDINGS_OF_RETIRED if body.of_retired else _ENDINGS).draw(self._dice)
        life = self._invent(body, Kind(organ=True, retired=body.of_retired))
        first, last = START + timedelta(days=10), TODAY - timedelta(days=3)
        day = somewhere(self._dice, first, last) if how == "died" else working_day(self._dice, first, last)
        arrival = max(self._arrival(life), life.retires_on) if body.of_retired else self._arrival(life)
        stays = self._chain(body, arrival, day)
        if not stays or arrival + timedelta(days=30) >= day:
            return
        if how != "left":
            life.steps = ended(long_ago(life.joined_on), Membership.Ending(how), day)
            life.dues_base = None
        yield self._done(life, stays)

    def _aspiring(self, body: Body) -> Life:
        life = self._invent(body, _YOUNG)
        first = max(life.working_since + timedelta(days=30), TODAY - _ON_THE_WAY)
        begun = working_day(self._dice, min(first, TODAY - timedelta(days=20)), TODAY - timedelta(days=12))
        life.steps, life.dues_base = aspiring(begun, self._dice), None
        return self._done(life, self._chain(body, begun))

    # --- where they belonged

    def _chain(self, body: Body, start: date, end: date = FAR) -> list[Stay]:
        """Where somebody was from a day to another who was in a branch then, or in what came to be of it or in it."""
        if body.origins and start < body.founded_on:
            before = self._chain(self._dice.choice(body.origins), start, min(end, body.founded_on))
            return _until([*before, Stay(body, body.founded_on, FAR)], end)
        for merger in body.merged:
            other = merger.other
            if start < merger.on and self._takes(other, max(start, other.founded_on), end):
                return _until([Stay(other, max(start, other.founded_on), merger.on), Stay(body, merger.on, FAR)], end)
        since = max(start, body.founded_on)
        for lent in body.detached:
            if since < lent.since and self._takes(lent.other, lent.since, end):
                away = Stay(lent.other, lent.since, lent.until)
                return _until([Stay(body, since, lent.since), away, Stay(body, lent.until, FAR)], end)
        return _until([Stay(body, since, FAR)], end)

    def _takes(self, other: Body, since: date, end: date) -> bool:
        """Whether a branch that is no more takes somebody who would come to it on a day, before he goes on another."""
        taken = since < end and self._wanted[other] > 0
        self._wanted[other] -= taken
        return taken


def _until(stays: Sequence[Stay], day: date) -> list[Stay]:
    return [stay._replace(until=min(stay.until, day)) for stay in stays if stay.since < day]


def _takes_and_gives(body: Body) -> bool:
    """Whether people are transferred from it: it has been there all the time, and its people work."""
    lasting = body.kind != OrganisationKind.TEMPORARY_BRANCH and body.founded_on < START
    return lasting and not body.of_retired
