"""Whether somebody works, where he is, how he is: each from one day to another."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from dangwu.kernel.months import add_months
from dangwu.kernel.span import FAR
from dangwu.members.models import Circumstances
from dangwu.workbench.demo.chance import Weighted
from dangwu.workbench.demo.city.days import START, on_working_day, somewhere
from dangwu.workbench.demo.city.shapes import Life, Lot
from dangwu.workbench.demo.people import TODAY

Employment, Whereabouts = Circumstances.Employment, Circumstances.Whereabouts
OF_RETIRED = "离退休人员"
_AWAY = Weighted({"": 985, Whereabouts.MOBILE: 10, Whereabouts.ABROAD: 3, Whereabouts.OUT_OF_TOUCH: 1})
_COME_BACK, _INFIRM, _INFIRM_FROM = 0.4, 0.4, 80


def lots_of(life: Life, dice: Random) -> list[Lot]:
    """Somebody's circumstances since he belonged somewhere, as long as he did."""
    first, last = life.stays[0].since, life.stays[-1].until
    changes = sorted(_changes(life, dice), key=lambda change: change[0])
    told: dict[date, dict[str, Any]] = {}
    state: dict[str, Any] = {"employment": Employment.IN_SERVICE, "category": life.category}
    for day, change in [(first, {}), *changes]:
        if day < last:
            state = state | change
            told[max(day, first)] = state
    days = sorted(told)
    return [Lot(day, end, **told[day]) for day, end in zip(days, [*days[1:], FAR], strict=True)]


def _changes(life: Life, dice: Random) -> Iterator[tuple[date, dict[str, Any]]]:
    if life.retires_on <= TODAY:
        yield life.retires_on, {"employment": Employment.RETIRED, "category": OF_RETIRED}
    away = _AWAY.draw(dice)
    if away:
        since = on_working_day(somewhere(dice, START + timedelta(days=20), TODAY - timedelta(days=40)))
        yield since, {"whereabouts": away}
        back = on_working_day(since + timedelta(days=dice.randint(90, 420)))
        if back < TODAY and dice.random() < _COME_BACK:
            yield back, {"whereabouts": ""}
    old = add_months(life.born, _INFIRM_FROM * 12)
    if old < TODAY and dice.random() < _INFIRM:
        yield on_working_day(somewhere(dice, max(old, START), TODAY)), {"infirm": True}
