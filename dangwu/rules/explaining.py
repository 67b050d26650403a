"""Saying why, in Chinese, with the figures."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from dangwu.kernel.days import told_day
from dangwu.kernel.periods import Period
from dangwu.rules.evaluation import Reason, Verdict
from dangwu.rules.rulebook import Rule
from dangwu.rules.shapes import FactShape, Outcome

SMALL = 10  # a share is written as a fraction up to tenths, as a percentage below


def explain(
    rule: Rule, verdict: Verdict, facts: Mapping[str, Any], *, subject: str, on: date, period: Period | None = None
) -> str:
    """One Chinese sentence that says how the outcome came about."""
    if verdict.outcome is Outcome.NOT_APPLICABLE:
        return _not_asked(rule, verdict)
    told = rule.shape.explain
    sentence = {
        Outcome.MET: told.met,
        Outcome.LATE: told.late or told.met,
        Outcome.PENDING: told.pending or told.unmet,
        Outcome.UNMET: told.unmet,
    }[verdict.outcome]
    return sentence.format_map(
        {
            **{name: shown(facts.get(name), rule.vocabulary.get(name)) for name in rule.facts},
            **{name: shown_value(value) for name, value in rule.values_on(period.span.start if period else on).items()},
            **{name: shown(figure) for name, figure in verdict.figures.items()},
            "subject": subject,
            "on": shown(on),
            "period": period.name if period else "",
            "deadline": shown(verdict.deadline),
        }
    )


def _not_asked(rule: Rule, verdict: Verdict) -> str:
    if verdict.reason is Reason.UNKNOWN:
        labels = "、".join(rule.vocabulary[name].label for name in verdict.unknown)
        return f"缺少“{labels}”，未作判断。"
    return {
        Reason.NOT_IN_FORCE: "当时本条尚未施行或已经失效，不作要求。",
        Reason.NOT_ALIVE: "组织在本期内尚未成立、已经撤销或存续不足半期，不作要求。",
    }.get(verdict.reason, "不在本条适用范围内，不作要求。")


def shown(value: Any, fact: FactShape | None = None) -> str:  # noqa: ANN401 - any fact or figure
    """A fact or figure as a clerk writes it."""
    if value is None:
        return "不详"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return told_day(value)
    if isinstance(value, Fraction):
        return _decimal(value)
    return fact.choices.get(str(value), str(value)) if fact else str(value)


def shown_value(value: Any) -> str:  # noqa: ANN401 - a number or a table of bands
    """A figure of the regulation: a share stays a fraction (三分之二 is exact, 66.7% is not)."""
    if not isinstance(value, Fraction) or value.denominator == 1:
        return str(value)
    if value.denominator <= SMALL:
        return f"{value.numerator}/{value.denominator}"
    return f"{_decimal(value * 100)}%"


def _decimal(value: Fraction) -> str:
    return f"{float(value):.2f}".rstrip("0").rstrip(".")
