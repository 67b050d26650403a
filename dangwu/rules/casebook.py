"""The cases inside the rule files: running them, and nudging every value to see that some case notices."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

from dangwu.kernel.periods import Period
from dangwu.rules.evaluation import Verdict, evaluate, presence
from dangwu.rules.explaining import explain
from dangwu.rules.linting import typed
from dangwu.rules.rulebook import Rule
from dangwu.rules.shapes import Band, Case, Figure, ValueByDate


def run_case(rule: Rule, case: Case) -> tuple[Verdict, str]:
    """What the rule makes of one of its examples, and the sentence it gives for it."""
    facts = {name: _fact(rule, name, given) for name, given in case.given.items()}
    period = Period.parse(case.period) if case.period else None
    there = presence(period, facts.pop("founded_on", None), facts.pop("dissolved_on", None))
    verdict = evaluate(rule, facts, on=case.on, period=period, there=there)
    return verdict, explain(rule, verdict, facts, subject="示例", on=case.on, period=period)


def fails(rule: Rule, case: Case) -> str | None:
    """Why a case does not come out as it says; None where it does."""
    verdict, sentence = run_case(rule, case)
    if verdict.outcome is not case.expect:
        return f"{rule.id}：“{case.it}”应为 {case.expect}，实为 {verdict.outcome}（{sentence}）"
    if case.says is not None and case.says not in sentence:
        return f"{rule.id}：“{case.it}”的说明应含“{case.says}”，实为“{sentence}”"
    return None


def mutants(rule: Rule) -> Iterator[tuple[str, Rule]]:
    """The rule again and again, each time with one figure of one date nudged up or down by one."""
    for name, by_date in rule.shape.values.items():
        for since, figure in by_date.items():
            for told, changed in _nudged(figure):
                values: dict[str, ValueByDate] = {**rule.shape.values, name: {**by_date, since: changed}}
                yield f"{name} {since} {told}", replace(rule, shape=rule.shape.model_copy(update={"values": values}))


def _fact(rule: Rule, name: str, given: str | None) -> Any:  # noqa: ANN401 - as the fact's declaration says
    return None if given is None else typed(given, rule.vocabulary.get(name))


def _nudged(figure: Figure) -> Iterator[tuple[str, Figure]]:
    if isinstance(figure, Fraction):
        yield from ((f"{figure}→{changed}", changed) for changed in _steps(figure))
        return
    for index, band in enumerate(figure):
        for told, changed in _nudged_band(band):
            yield f"第{index + 1}档 {told}", (*figure[:index], changed, *figure[index + 1 :])


def _nudged_band(band: Band) -> Iterator[tuple[str, Band]]:
    for rate in _steps(band.rate):
        yield f"比例 {rate}", band.model_copy(update={"rate": rate})
    for up_to in _steps(band.up_to) if band.up_to is not None else ():
        yield f"上限 {up_to}", band.model_copy(update={"up_to": up_to})


def _steps(number: Fraction) -> tuple[Fraction, Fraction]:
    """One up and one down: of the number itself, or of the numerator where it is a share."""
    step = Fraction(1, number.denominator)
    return number - step, number + step
