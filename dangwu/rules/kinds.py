"""The kinds of saying: what a rule may require, each a few lines of plain Python.

A kind takes the question (facts, values, day) and the names that the rule file gives it. The annotation of a parameter
says what it names, so that the loader can check every rule file against the signatures here. A kind answers None where
the facts do not suffice for a judgement.
"""

import inspect
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any, NewType

from dangwu.kernel.months import add_months, months_between
from dangwu.rules.shapes import Band

FactName = NewType("FactName", str)
OptionalFact = NewType("OptionalFact", str)
ValueName = NewType("ValueName", str)
Choices = list[str]


@dataclass(frozen=True, slots=True)
class Question:
    """What a kind is asked: the facts by name, the rule's values of that day, and the day of judging."""

    facts: Mapping[str, Any]
    values: Mapping[str, Any]
    on: date


@dataclass(frozen=True, slots=True)
class Judged:
    """Whether the requirement holds, the figures that say why, and the last day on which it can still be met."""

    held: bool
    figures: dict[str, Any] = field(default_factory=dict)
    deadline: date | None = None
    late: bool = False


Kind = Callable[..., Judged | None]
KINDS: dict[str, Kind] = {}
FIGURES: dict[str, tuple[str, ...]] = {}


def _kind(*figures: str) -> Callable[[Kind], Kind]:
    def register(function: Kind) -> Kind:
        KINDS[function.__name__] = function
        FIGURES[function.__name__] = figures
        return function

    return register


def parameters(kind: str) -> dict[str, Any]:
    """What each parameter of a kind names: FactName, OptionalFact, ValueName or Choices."""
    signature = inspect.signature(KINDS[kind])
    return {name: p.annotation for name, p in signature.parameters.items() if name != "asked"}


@_kind("missing")
def at_least(asked: Question, fact: FactName, value: ValueName) -> Judged:
    """Not fewer than: “每季度至少一次”."""
    missing = asked.values[value] - asked.facts[fact]
    return Judged(missing <= 0, {"missing": max(missing, 0)})


@_kind("excess")
def at_most(asked: Question, fact: FactName, value: ValueName) -> Judged:
    """Not more than: “一般不超过”."""
    excess = asked.facts[fact] - asked.values[value]
    return Judged(excess <= 0, {"excess": max(excess, 0)})


@_kind()
def between(asked: Question, fact: FactName, low: ValueName, high: ValueName) -> Judged:
    """A number with a floor and a ceiling, both inclusive."""
    return Judged(asked.values[low] <= asked.facts[fact] <= asked.values[high])


@_kind("missing")
def as_many_as(asked: Question, fact: FactName, other: FactName) -> Judged:
    """One for each: every group met."""
    missing = asked.facts[other] - asked.facts[fact]
    return Judged(missing <= 0, {"missing": max(missing, 0)})


@_kind()
def is_one_of(asked: Question, fact: FactName, choices: Choices) -> Judged:
    """Of one of these kinds."""
    return Judged(asked.facts[fact] in choices)


@_kind()
def holds(asked: Question, fact: FactName) -> Judged:
    """It is so."""
    return Judged(bool(asked.facts[fact]))


@_kind("needed")
def share_at_least(asked: Question, part: FactName, whole: FactName, value: ValueName) -> Judged | None:
    """“半数以上”, “三分之二以上”: the share itself suffices. `needed` is the smallest part that would do."""
    needed = -((-asked.values[value] * asked.facts[whole]) // 1)
    return Judged(asked.facts[part] >= needed, {"needed": needed}) if asked.facts[whole] else None


@_kind("needed")
def share_over(asked: Question, part: FactName, whole: FactName, value: ValueName) -> Judged | None:
    """“超过半数”: exactly the share does not suffice. `needed` is the smallest part that would do."""
    needed = (asked.values[value] * asked.facts[whole]) // 1 + 1
    return Judged(asked.facts[part] >= needed, {"needed": needed}) if asked.facts[whole] else None


@_kind("share")
def share_between(asked: Question, part: FactName, whole: FactName, low: ValueName, high: ValueName) -> Judged | None:
    """A share with a floor and a ceiling, both inclusive."""
    if not asked.facts[whole]:
        return None
    share = Fraction(asked.facts[part], asked.facts[whole])
    return Judged(asked.values[low] <= share <= asked.values[high], {"share": f"{float(share):.1%}"})


@_kind("term_end")
def term_not_over(
    asked: Question, started: OptionalFact, until: OptionalFact, years: ValueName, notice: ValueName
) -> Judged | None:
    """A term runs for `years` unless its end is known; `notice` months before the end it becomes a to-do."""
    start, end = asked.facts[started], asked.facts[until]
    if end is None and start is None:
        return None
    end = end or add_months(start, 12 * int(asked.values[years]))
    warned_from = add_months(end, -int(asked.values[notice]))
    return Judged(asked.on < warned_from, {"term_end": end}, deadline=end)


@_kind("due")
def done_within_months(asked: Question, since: FactName, done: OptionalFact, value: ValueName) -> Judged:
    """Something follows an event within so many months; done after that day it is late."""
    due = add_months(asked.facts[since], int(asked.values[value]))
    finished = asked.facts[done]
    held = finished is not None and finished <= asked.on
    return Judged(held, {"due": due}, deadline=due, late=held and finished > due)


@_kind("months")
def months_apart(asked: Question, earlier: FactName, later: FactName, low: ValueName, high: ValueName) -> Judged:
    """Two days lie between so many whole months apart, both ends inclusive."""
    first, second = asked.facts[earlier], asked.facts[later]
    ceiling = add_months(first, int(asked.values[high]))
    held = add_months(first, int(asked.values[low])) <= second <= ceiling
    return Judged(held, {"months": months_between(first, max(first, second))})


@_kind("due_amount", "rate")
def rate_by_band(asked: Question, base: FactName, paid: FactName, bands: ValueName) -> Judged:
    """The rate of the band in which the base lies, applied to the whole base; yuan, rounded half up to the fen."""
    rate = rate_of(asked.values[bands], asked.facts[base])
    exact = rate * asked.facts[base]
    due = (Decimal(exact.numerator) / exact.denominator).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return Judged(asked.facts[paid] >= Fraction(due), {"due_amount": due, "rate": f"{float(rate):.1%}"})


def rate_of(bands: Sequence[Band], base: Fraction) -> Fraction:
    """The rate of the band that holds `base`; bounds are inclusive."""
    bounds = [band.up_to for band in bands if band.up_to is not None]
    return bands[bisect_left(bounds, base)].rate
