"""Facts as JSON keeps them, and back again by the vocabulary of the rulebook."""

import json
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from dangwu.rules.shapes import FactShape


def plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as plain values: whole numbers as such, other numbers as fractions in text, days in ISO form."""
    return {name: _plain(value) for name, value in facts.items()}


def _plain(value: Any) -> Any:  # noqa: ANN401 - any fact
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else str(value)
    return value.isoformat() if isinstance(value, date) else value


def facts_of(told: Mapping[str, Any], vocabulary: Mapping[str, FactShape]) -> dict[str, Any]:
    """The facts again that `plain` made plain."""
    return {name: _typed(value, vocabulary.get(name)) for name, value in told.items()}


def _typed(value: Any, shape: FactShape | None) -> Any:  # noqa: ANN401 - any fact
    if value is None or shape is None:
        return value
    if shape.type == "date":
        return date.fromisoformat(value)
    return Fraction(value) if shape.type == "number" else value


def written(content: Any) -> str:  # noqa: ANN401 - anything plain
    """As JSON, always alike for alike content."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=str)
