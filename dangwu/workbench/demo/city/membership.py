"""The way into the Party and out of it, in stages that follow each other as the regulations have it."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from dangwu.kernel.months import add_months
from dangwu.kernel.span import FAR
from dangwu.members.models import Membership
from dangwu.workbench.demo.city.days import on_working_day
from dangwu.workbench.demo.city.shapes import Step
from dangwu.workbench.demo.people import TODAY

Kind = Membership.Kind
_LEAST_ON_THE_WAY, _MOST_ON_THE_WAY = 700, 1_150  # days from the application to joining
_TO_ACTIVIST, _TO_CANDIDATE, _BEFORE_JOINING = (90, 170), (400, 560), (60, 130)


def long_ago(joined_on: date) -> list[Step]:
    """Probation, and confirmation a year later."""
    confirmed_on = add_months(joined_on, 12)
    full = Step(confirmed_on, FAR, Kind.FULL, joined_on=joined_on, confirmed_on=confirmed_on)
    return [Step(joined_on, confirmed_on, Kind.PROBATIONARY, joined_on=joined_on), full]


def admitted(joined_on: date, dice: Random) -> list[Step]:
    """The whole way: application, activist, candidate, probation and, once a year has passed, confirmation."""
    applied = joined_on - timedelta(days=dice.randint(_LEAST_ON_THE_WAY, _MOST_ON_THE_WAY))
    activist = on_working_day(applied + timedelta(days=dice.randint(*_TO_ACTIVIST)))
    candidate = on_working_day(joined_on - timedelta(days=dice.randint(*_BEFORE_JOINING)))
    stages = [Step(applied, activist, Kind.APPLICANT), Step(activist, candidate, Kind.ACTIVIST)]
    stages.append(Step(candidate, joined_on, Kind.CANDIDATE))
    probation, full = long_ago(joined_on)
    return [*stages, probation, full] if full.since <= TODAY else [*stages, probation._replace(until=FAR)]


def aspiring(applied: date, dice: Random) -> list[Step]:
    """As far on the way as somebody has come until today who applied on a day."""
    activist = on_working_day(applied + timedelta(days=dice.randint(*_TO_ACTIVIST)))
    candidate = on_working_day(activist + timedelta(days=dice.randint(*_TO_CANDIDATE)))
    days = [(applied, Kind.APPLICANT), (activist, Kind.ACTIVIST), (candidate, Kind.CANDIDATE)]
    reached = [(day, kind) for day, kind in days if day <= TODAY]
    ends = [*(day for day, _ in reached[1:]), FAR]
    return [Step(day, end, kind) for (day, kind), end in zip(reached, ends, strict=True)]


def ended(steps: Sequence[Step], ending: Membership.Ending, day: date) -> list[Step]:
    """The same up to a day, and then the end."""
    kept = [step._replace(until=min(step.until, day)) for step in steps if step.since < day]
    return [*kept, kept[-1]._replace(since=day, until=FAR, kind=Kind.ENDED, ending=ending)]


def full_since(steps: Sequence[Step]) -> date:
    """The day since which somebody is a full member; FAR for whoever never was."""
    return next((step.since for step in steps if step.kind == Kind.FULL), FAR)
