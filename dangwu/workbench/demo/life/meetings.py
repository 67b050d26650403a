"""Holding one meeting: who should come, who is away, who votes how, what is written down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from dangwu.records.models import Activity
from dangwu.records.told import Matter, Vote
from dangwu.workbench.demo.city.shapes import Body, Life
from dangwu.workbench.demo.life import topics
from dangwu.workbench.demo.life.minutes import OUTCOMES, minutes
from dangwu.workbench.demo.life.rosters import is_full, serves
from dangwu.workbench.demo.life.shapes import Doing
from dangwu.workbench.demo.life.temper import Temper, recorded
from dangwu.workbench.demo.topics import REASONS, REASONS_OF_RETIRED

_AWAY = 0.05
_WITH_MINUTES = frozenset(
    {"general_assembly", "committee_meeting", "organisational_life_meeting", "leaders_study", "party_committee_meeting"}
)
_MINUTES_MONTHS = 14  # of what was held longer ago the demonstration keeps results only


@dataclass(frozen=True)
class Meetings:
    """What one organisation holds, as diligently as its temper says."""

    body: Body
    temper: Temper
    today: date
    dice: Random

    def about(self, kind: str, day: date, topic: str, *besides: str, **more: Any) -> Doing:  # noqa: ANN401 - any column
        """An activity of this organisation, told so far as it is known before it is held."""
        return Doing(self.body, kind, day, topics.of_day(topic, day), besides, **more)

    def hold(self, doing: Doing, called: Sequence[Life], *, vote: str = "", counted: bool = True) -> Doing | None:
        """Hold it with those who are called; nothing where it was left undone, or is not put down yet."""
        if not called or doing.held_on > self.today or self.dice.random() < self.temper.forgets:
            return None
        told = recorded(doing.held_on, self.temper, self.today, self.dice)
        if told is None:
            return None
        doing.recorded_on, doing.late_reason = told.on, told.reason
        doing.place = doing.place or self.dice.choice(topics.PLACES)
        doing.chair, doing.recorder = called[0], called[1 % len(called)]
        if counted:
            self._count(doing, called)
        if vote:
            self._put_to_the_vote(doing, vote)
        self._write_down(doing, called)
        return doing

    def _count(self, doing: Doing, called: Sequence[Life]) -> None:
        """A few are away, never those who chair or keep the record, and never so many that a meeting fails."""
        away = [life for life in called[2:] if self.dice.random() < _AWAY][: len(called) // 4]
        doing.absent = [(life, self._reason(life, doing.held_on)) for life in away]
        doing.expected, doing.present = len(called), len(called) - len(away)
        voters = [life for life in called if is_full(life, doing.held_on)]
        doing.voters, doing.voters_present = len(voters), sum(life not in away for life in voters)

    def _reason(self, life: Life, day: date) -> str:
        return self.dice.choice(REASONS if serves(life, day) else REASONS_OF_RETIRED)

    def _put_to_the_vote(self, doing: Doing, text: str) -> None:
        there = doing.voters_present or 0
        against = 1 if there > 6 and self.dice.random() < 0.06 else 0  # noqa: PLR2004 - now and then somebody is
        doing.votes = [Vote(text, there - against, against, 0)] if there else []

    def _write_down(self, doing: Doing, called: Sequence[Life]) -> None:
        left_open = self.dice.random() < 0.03  # noqa: PLR2004 - a few matters need a second meeting
        outcome = "未议定，下次继续" if left_open else self.dice.choice(OUTCOMES)
        doing.agenda = [Matter(doing.topic, outcome, left_open)]
        months = (self.today.year - doing.held_on.year) * 12 + self.today.month - doing.held_on.month
        if doing.kind in _WITH_MINUTES and months < _MINUTES_MONTHS and doing.chair:
            doing.minutes = minutes(doing.chair.name, [life.name for life in called], self.dice)

    def planned(self, kind: str, topic: str, day: date, *, called_on: date | None) -> Doing:
        """What is still to come; `called_on` where those who should come have been told."""
        state = Activity.State.CALLED if called_on else Activity.State.PLANNED
        return self.about(kind, day, topic, state=state, place=self.dice.choice(topics.PLACES))
