"""Judging facts by a rule: the one place where an outcome is decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from dangwu.kernel.periods import Period
from dangwu.kernel.span import FAR, Span
from dangwu.rules.kinds import Judged, Question
from dangwu.rules.rulebook import Rule
from dangwu.rules.shapes import Bound, Condition, Outcome


class Reason(StrEnum):
    """Why a rule asks nothing here."""

    APPLIES = "applies"
    NOT_IN_FORCE = "not_in_force"
    NOT_ALIVE = "not_alive"
    CONDITION = "condition"
    UNKNOWN = "unknown"


class Presence(StrEnum):
    """How much of a period an organisation was there for: at least half of it, less, or not at all."""

    FULL = "full"
    BRIEF = "brief"
    NONE = "none"


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """An outcome with all that explains it. `unknown` names the facts that were missing.

    Subjects with the same facts share one, so it is compared, and counted, by identity.
    """

    outcome: Outcome
    reason: Reason = Reason.APPLIES
    deadline: date | None = None
    figures: Mapping[str, Any] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()


def presence(period: Period | None, founded_on: date | None, dissolved_on: date | None) -> Presence:
    """An organisation owes a period in which it lived for half or more of it; of a shorter stay nobody is accused."""
    if period is None or (founded_on is None and dissolved_on is None):
        return Presence.FULL
    start, end = founded_on or date.min, dissolved_on or FAR
    lived = period.span.intersection(Span(start, end)) if start < end else None
    if lived is None:
        return Presence.NONE
    return Presence.FULL if 2 * lived.days >= period.span.days else Presence.BRIEF


def evaluate(
    rule: Rule,
    facts: Mapping[str, Any],
    *,
    on: date,
    period: Period | None = None,
    there: Presence = Presence.FULL,
) -> Verdict:
    """Judge one subject by one rule, as things stood on the day `on`.

    A fact missing from `facts` or None is not known. What holds a period is judged by the version of the period's first
    day, all else by that of `on`.
    """
    event = period.span.start if period else on
    if not rule.in_force_on(event):
        return Verdict(Outcome.NOT_APPLICABLE, Reason.NOT_IN_FORCE)
    if there is Presence.NONE:
        return Verdict(Outcome.NOT_APPLICABLE, Reason.NOT_ALIVE)
    asked = Question(facts, rule.values_on(event), on)
    refusal = _refusal(rule, asked)
    if refusal:
        return refusal
    judged = rule.kind(asked, **rule.arguments)
    if judged is None:
        return Verdict(Outcome.NOT_APPLICABLE, Reason.UNKNOWN, unknown=_missing(rule.facts, facts))
    return _conclude(judged, on, period, there)


def evaluate_many(
    rule: Rule,
    columns: Mapping[str, Sequence[Any]],
    *,
    on: date,
    period: Period | None = None,
    there: Sequence[Presence],
) -> list[Verdict]:
    """Judge many subjects at once: `columns` holds each fact of the rule in the order of the subjects.

    Subjects with the same facts share one verdict, so that ten thousand branches in order cost one judgement.
    """
    known: dict[tuple[Any, ...], Verdict] = {}
    verdicts = []
    for key in zip(there, *(columns[name] for name in rule.facts), strict=True):
        verdict = known.get(key)
        if verdict is None:
            facts = dict(zip(rule.facts, key[1:], strict=True))
            verdict = known[key] = evaluate(rule, facts, on=on, period=period, there=key[0])
        verdicts.append(verdict)
    return verdicts


def _conclude(judged: Judged, on: date, period: Period | None, there: Presence) -> Verdict:
    deadline = judged.deadline or (period.deadline if period else None)
    if judged.held:
        outcome = Outcome.LATE if judged.late else Outcome.MET
    elif deadline is not None and on <= deadline:
        outcome = Outcome.PENDING
    elif there is Presence.BRIEF:
        return Verdict(Outcome.NOT_APPLICABLE, Reason.NOT_ALIVE, deadline, judged.figures)
    else:
        outcome = Outcome.UNMET
    return Verdict(outcome, Reason.APPLIES, deadline, judged.figures)


def _refusal(rule: Rule, asked: Question) -> Verdict | None:
    """A condition that surely fails outweighs one that cannot be judged: the rule does not apply either way."""
    for name, condition in rule.shape.applies_to.items():
        value = asked.facts.get(name)
        if value is not None and not _satisfies(value, condition, asked.values):
            return Verdict(Outcome.NOT_APPLICABLE, Reason.CONDITION)
    unknown = _missing((*rule.shape.applies_to, *rule.needed_facts), asked.facts)
    return Verdict(Outcome.NOT_APPLICABLE, Reason.UNKNOWN, unknown=unknown) if unknown else None


def _missing(names: Sequence[str], facts: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if facts.get(name) is None))


def _satisfies(value: Any, condition: Condition, values: Mapping[str, Any]) -> bool:  # noqa: ANN401 - any fact
    if isinstance(condition, Bound):
        return _within(value, condition, values)
    return value is condition if isinstance(condition, bool) else value in condition


def _within(value: Any, bound: Bound, values: Mapping[str, Any]) -> bool:  # noqa: ANN401 - any number
    return (
        (bound.at_least is None or value >= values[bound.at_least])
        and (bound.at_most is None or value <= values[bound.at_most])
        and (bound.over is None or value > values[bound.over])
        and (bound.below is None or value < values[bound.below])
    )
