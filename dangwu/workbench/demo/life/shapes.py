"""What was held, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from dangwu.records.models import Activity
from dangwu.records.told import Matter, Vote
from dangwu.workbench.demo.city.shapes import Body, Life


class Spoken(NamedTuple):
    """A confidential talk: who talked with whom, and what about."""

    talker: Life
    partner: Life
    content: str


@dataclass(slots=True)
class Doing:
    """An activity. Numbers are None where the kind does not count."""

    body: Body
    kind: str
    held_on: date
    topic: str
    besides: tuple[str, ...] = ()
    group: str = ""
    place: str = ""
    chair: Life | None = None
    recorder: Life | None = None
    lecturer: Life | None = None
    expected: int | None = None
    present: int | None = None
    voters: int | None = None
    voters_present: int | None = None
    absent: Sequence[tuple[Life, str]] = ()
    took_part: Sequence[Life] = ()
    agenda: Sequence[Matter] = ()
    votes: Sequence[Vote] = ()
    minutes: str = ""
    hours: Decimal | None = None
    days: Decimal | None = None
    audience: int | None = None
    confirmed_by: str = ""
    partners: Sequence[Body] = ()
    recorded_on: date | None = None
    late_reason: str = ""
    state: Activity.State = Activity.State.CONCLUDED
    talk: Spoken | None = None
