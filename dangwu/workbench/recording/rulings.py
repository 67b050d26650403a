"""What the rules say of an activity: judged as everywhere, before it is recorded and when it is read."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from dangwu.compliance.rulebooks import every_rule
from dangwu.records.counting import Numbers
from dangwu.records.models import Activity
from dangwu.records.standing import activity_kinds
from dangwu.records.told import Told
from dangwu.rules.evaluation import Presence, evaluate_many
from dangwu.rules.explaining import explain
from dangwu.rules.loading import NATIONAL
from dangwu.rules.rulebook import Rule
from dangwu.rules.shapes import Level, Outcome

PACKS = frozenset({NATIONAL, "practice"})
TONES = {Level.FAILURE: "overdue", Level.WARNING: "warning", Level.HINT: "hint"}


class Ruling(NamedTuple):
    """What one rule says, and where it stands."""

    rule: Rule
    outcome: Outcome
    sentence: str

    @property
    def is_met(self) -> bool:
        return self.outcome is Outcome.MET

    @property
    def is_grave(self) -> bool:
        """Whether what is recorded does not hold by this rule."""
        return not self.is_met and self.rule.level is Level.FAILURE

    @property
    def tone(self) -> str:
        return "good" if self.is_met else TONES[self.rule.level]


def rulings(facts: Iterable[dict[str, Any]], on: date, *, subject: str) -> list[Ruling]:
    """What every rule on activities says of these facts, one for each kind that was served; what does not apply, or
    cannot be judged, is not told.
    """
    told = list(facts)
    every = every_rule().about("activity")
    found = [_ruled(rule, told, on, subject) for rule in every if rule.pack in PACKS]
    return [ruling for row in found for ruling in row]


def _ruled(rule: Rule, facts: list[dict[str, Any]], on: date, subject: str) -> list[Ruling]:
    columns = {name: [row.get(name) for row in facts] for name in rule.facts}
    verdicts = evaluate_many(rule, columns, on=on, there=[Presence.FULL] * len(facts))
    return [
        Ruling(rule, verdict.outcome, explain(rule, verdict, row, subject=subject, on=on))
        for verdict, row in zip(verdicts, facts, strict=True)
        if verdict.outcome is not Outcome.NOT_APPLICABLE
    ]


def facts_told(told: Told, counted: Numbers) -> list[dict[str, Any]]:
    """The facts of what is about to be recorded, as `records.facts.activity_facts` gives them once it is."""
    return _facts((told.kind, *told.besides), counted, min((vote.in_favour for vote in told.votes), default=None))


def facts_kept(activity: Activity) -> list[dict[str, Any]]:
    """The facts of an activity at hand."""
    counted = Numbers(activity.expected, activity.present, activity.voters, activity.voters_present)
    known = [kind for kind in activity.kinds if activity_kinds().get(kind)]
    return _facts(known, counted, activity.in_favour)


def _facts(kinds: Iterable[str], counted: Numbers, in_favour: int | None) -> list[dict[str, Any]]:
    """Whoever has no vote counts where votes were not counted apart; what is only entailed is not held to its rules."""
    if counted.present is None and in_favour is None:
        return []
    every = activity_kinds()
    served = every.served(kinds)
    numbers = {
        "expected": counted.expected if counted.voters is None else counted.voters,
        "present": counted.present if counted.voters_present is None else counted.voters_present,
        "in_favour": in_favour,
    }
    return [{"activity": kind, **numbers} for kind in served if kind not in every.entailed(served)]
