"""Saying in words how an organisation stands by a rule, from the plain facts that are kept."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from dangwu.compliance.living.drafting import Numbers
from dangwu.compliance.living.plain import facts_of
from dangwu.kernel.periods import Period
from dangwu.rules.evaluation import evaluate
from dangwu.rules.explaining import explain
from dangwu.rules.rulebook import Rule

WORDS = {"met": "已完成", "late": "逾期完成", "unmet": "未完成", "pending": "未到期", "exempt": "免除"}


def read(facts: str) -> dict[str, Any]:
    """The facts of a row."""
    told: dict[str, Any] = json.loads(facts) if facts else {}
    return told


def sentence(
    numbers: Numbers,
    rule: Rule | None = None,
    facts: Mapping[str, Any] | None = None,
    *,
    subject: str = "",
    on: date | None = None,
    period: Period | None = None,
) -> str:
    """Why, with the figures; of what falls on members or activities how many ended how."""
    if rule is None or rule.shape.subject != "organisation":
        return counted(numbers)
    assert on is not None
    known = facts_of(facts or {}, rule.vocabulary)
    verdict = evaluate(rule, known, on=on, period=period)
    told = explain(rule, verdict, known, subject=subject, on=on, period=period)
    return f"{told}（免除）" if numbers.exempt else told


def counted(numbers: Numbers) -> str:
    """“共12项：已完成 11，未完成 1”."""
    parts = [f"{WORDS[name]} {number}" for name, number in numbers._asdict().items() if number]
    return f"共 {sum(numbers)} 项：{'，'.join(parts)}" if parts else "不作要求"
