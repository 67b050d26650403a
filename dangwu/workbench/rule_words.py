"""A rule in the words of those who must follow it, put together from its file."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from dangwu.kernel.periods import Every
from dangwu.rules.casebook import run_case
from dangwu.rules.explaining import shown_value
from dangwu.rules.kinds import FactName, OptionalFact, parameters
from dangwu.rules.rulebook import Rule
from dangwu.rules.shapes import Band, Bound, Condition, Outcome, Strength

SUBJECTS = {"organisation": "党组织", "member": "党员", "activity": "每次活动"}
EACH = {Every.MONTH: "每月", Every.QUARTER: "每季度", Every.HALF_YEAR: "每半年", Every.YEAR: "每年"}
STRENGTHS = {
    Strength.MUST: "条文为“应当”“必须”，没有做到的要整改",
    Strength.SHOULD: "条文为“一般”“原则上”，没有做到的只提醒",
    Strength.PRACTICE: "工作习惯，没有条文依据，只提示",
}
ASKS = {
    "at_least": "{fact}不少于 {value}",
    "at_most": "{fact}不超过 {value}",
    "between": "{fact}在 {low} 至 {high} 之间",
    "as_many_as": "{fact}不少于{other}",
    "is_one_of": "{fact}为{choices}",
    "holds": "{fact}",
    "share_at_least": "{part}达到{whole}的 {value}",
    "share_over": "{part}超过{whole}的 {value}",
    "share_between": "{part}占{whole}的 {low} 至 {high}",
    "term_not_over": "每届任期 {years} 年，届满前 {notice} 个月开始提醒换届",
    "done_within_months": "自{since}起 {value} 个月内完成",
    "months_apart": "自{earlier}至{later}满 {low} 个月，不超过 {high} 个月",
    "rate_by_band": "{paid}不低于{base}按下列比例计算的数额：{bands}",
}


class Demand(NamedTuple):
    """What a rule asks from a day on."""

    since: date
    text: str


class Example(NamedTuple):
    """A case of a rule file: what it is about, the day, the outcome, and the sentence that the program gives for it."""

    about: str
    on: date
    outcome: Outcome
    sentence: str


def demands(rule: Rule) -> list[Demand]:
    """What the rule asks, once for each day on which one of its figures changed."""
    days = sorted({day for by_date in rule.shape.values.values() for day in by_date} or {rule.shape.in_force.from_})
    return [Demand(day, demand_on(rule, day)) for day in days]


def demand_on(rule: Rule, day: date) -> str:
    """What the rule asks on a day: “每季度党员大会次数不少于 1”."""
    values = rule.values_on(day)
    told = {name: _argument(rule, meaning, rule.arguments.get(name), values) for name, meaning in _meanings(rule)}
    each = EACH[rule.shape.each] if rule.shape.each else ""
    return each + ASKS[rule.kind_name].format_map(told)


def _meanings(rule: Rule) -> list[tuple[str, Any]]:
    return list(parameters(rule.kind_name).items())


def _argument(rule: Rule, meaning: Any, given: Any, values: Mapping[str, Any]) -> str:  # noqa: ANN401 - see kinds
    if meaning in {FactName, OptionalFact}:
        return positive(rule.vocabulary[given].label)
    if isinstance(given, list):
        return "、".join(str(choice) for choice in given)
    return figure(values[given])


def figure(value: Any) -> str:  # noqa: ANN401 - a number or a table of bands
    """A figure of a rule; a table of rates as one line."""
    return "；".join(map(_band, value)) if isinstance(value, tuple) else shown_value(value)


def _band(band: Band) -> str:
    reach = f"{shown_value(band.up_to)} 元以下（含）" if band.up_to is not None else "超出以上各档的"
    return f"{reach} {float(band.rate):.1%}"


def positive(label: str) -> str:
    """“设纪检委员” for the label “是否设纪检委员”."""
    return label.removeprefix("是否")


def applies(rule: Rule, on: date) -> list[str]:
    """To whom the rule speaks on a day, a line for each condition."""
    values = rule.values_on(on)
    return [_condition(rule, name, condition, values) for name, condition in rule.shape.applies_to.items()]


def _condition(rule: Rule, name: str, condition: Condition, values: Mapping[str, Any]) -> str:
    fact = rule.vocabulary[name]
    if isinstance(condition, bool):
        return positive(fact.label) if condition else f"不属于：{positive(fact.label)}"
    if isinstance(condition, Bound):
        return f"{fact.label}{'，'.join(_bounds(condition, values))}"
    return f"{fact.label}：{'、'.join(fact.choices.get(choice, choice) for choice in condition)}"


def _bounds(bound: Bound, values: Mapping[str, Any]) -> list[str]:
    words = (("不少于", bound.at_least), ("不超过", bound.at_most), ("超过", bound.over), ("不足", bound.below))
    return [f"{word} {figure(values[name])}" for word, name in words if name]


def examples(rule: Rule) -> list[Example]:
    """The cases of the rule, judged anew."""
    told = []
    for case in rule.shape.cases:
        verdict, sentence = run_case(rule, case)
        told.append(Example(case.it, case.on, verdict.outcome, sentence))
    return told
