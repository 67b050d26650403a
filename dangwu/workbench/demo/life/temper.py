"""How diligent an organisation is: most keep up, some are late, a few leave things undone."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from random import Random

REASONS = (
    "记录人出差，返回后补记",
    "会议当天系统维护，事后补记",
    "记录人休假，由他人代为补记",
    "参加集中培训，返岗后补记",
)


class Temper(Enum):
    """What becomes of a duty: the share that is left undone, and the share that is recorded late."""

    STEADY = (0.0, 0.02)
    BUSY = (0.015, 0.12)
    SLACK = (0.10, 0.3)

    @property
    def forgets(self) -> float:
        return self.value[0]

    @property
    def delays(self) -> float:
        return self.value[1]


_TEMPERS = ((0.86, Temper.STEADY), (0.96, Temper.BUSY), (1.0, Temper.SLACK))


def temper_of(dice: Random) -> Temper:
    """By chance."""
    luck = dice.random()
    return next(temper for bound, temper in _TEMPERS if luck < bound)


@dataclass(frozen=True, slots=True)
class Told:
    """When something was put down, and why so late."""

    on: date
    reason: str = ""


def recorded(held_on: date, temper: Temper, today: date, dice: Random) -> Told | None:
    """When an activity was put down; None where it has not been yet."""
    if dice.random() < temper.delays:
        late = held_on + timedelta(days=dice.randint(8, 24))
        return Told(late, dice.choice(REASONS)) if late <= today else None
    return Told(min(held_on + timedelta(days=dice.choice((0, 0, 0, 1, 1, 2))), today))
