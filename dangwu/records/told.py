"""What somebody tells of an activity, ready to be checked and stored."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal
from typing import NamedTuple

from dangwu.records.models import Part


class Whom(NamedTuple):
    """Somebody: by his key where he is on a roster, else by name alone."""

    name: str
    person: int | None = None


class Away(NamedTuple):
    """Somebody who should have come and did not."""

    person: int
    reason: str = ""


class Matter(NamedTuple):
    """A matter on the agenda; `carried_from` is the key of the one that was left open."""

    text: str
    outcome: str = ""
    left_open: bool = False
    carried_from: int | None = None


class Vote(NamedTuple):
    """What was put to the vote, and the counts."""

    text: str
    in_favour: int
    against: int = 0
    abstained: int = 0

    @property
    def cast(self) -> int:
        """How many voted, abstentions included."""
        return self.in_favour + self.against + self.abstained


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One activity. `besides` are the kinds it served beside its own; `expected` and `present` are told only where the
    roster does not say who should come. Hours are hours of study of each who came, days those of each.
    """

    kind: str
    held_on: date
    besides: tuple[str, ...] = ()
    until_on: date | None = None
    starts_at: time | None = None
    ends_at: time | None = None
    group: str = ""
    topic: str = ""
    place: str = ""
    chair: Whom | None = None
    recorder: Whom | None = None
    lecturer: Whom | None = None
    non_voting: tuple[Whom, ...] = ()
    mentors: tuple[Whom, ...] = ()
    absent: tuple[Away, ...] = ()
    took_part: tuple[Whom, ...] = ()
    expected: int | None = None
    present: int | None = None
    agenda: tuple[Matter, ...] = ()
    votes: tuple[Vote, ...] = ()
    minutes: str = ""
    hours: Decimal | None = None
    days: Decimal | None = None
    audience: int | None = None
    confirmed_by: str = ""
    partners: tuple[int, ...] = ()

    def with_votes(self, votes: tuple[Vote, ...]) -> "Told":
        """The same with these votes."""
        return replace(self, votes=votes)

    def parts(self) -> Iterator[tuple[Part.Role, Whom]]:
        """Who did what."""
        single = {Part.Role.CHAIR: self.chair, Part.Role.RECORDER: self.recorder, Part.Role.LECTURER: self.lecturer}
        yield from ((role, whom) for role, whom in single.items() if whom)
        yield from ((Part.Role.NON_VOTING, whom) for whom in self.non_voting)
        yield from ((Part.Role.MENTOR, whom) for whom in self.mentors)
