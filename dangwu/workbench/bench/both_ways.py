"""A year of a unit judged by the product and by hand-written SQL, in the database of this process."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command

from dangwu.compliance.assessing import Assessment, Batch, assess
from dangwu.compliance.living.judging import Asked, judge
from dangwu.kernel.periods import Every
from dangwu.kernel.span import Span
from dangwu.rules.loading import load_rulebook
from dangwu.rules.rulebook import Rulebook
from dangwu.rules.shapes import Outcome
from dangwu.workbench.bench.by_hand import QUESTIONS, Answers, ask_by_hand
from dangwu.workbench.bench.filling import fill_unit
from dangwu.workbench.bench.measuring import Result, require_same
from dangwu.workbench.bench.past_days import Clock

ROUNDS = 3
SINCE, UNTIL = date(2026, 1, 1), date(2026, 12, 31)
YEAR = Span(SINCE, date(2027, 1, 1))
PER_YEAR = {Every.MONTH: 12, Every.QUARTER: 4, Every.HALF_YEAR: 2, Every.YEAR: 1}

Verdicts = dict[str, dict[tuple[int, int], bool]]


def measure_here(branches: str) -> dict[str, Any]:
    """Fill the database of this process and time both ways, whose verdicts must be the same."""
    call_command("migrate", verbosity=0)
    unit, rulebook = fill_unit(int(branches)).pk, load_rulebook(Path(settings.RULEBOOK))
    runs = [_both_ways(unit, rulebook) for _ in range(ROUNDS)]
    ours, by_hand, living = (min(seconds) for seconds in zip(*runs, strict=True))
    return {"ours": ours, "by_hand": by_hand, "living": living, "rules": len(rulebook.rules)}


def _both_ways(unit: int, rulebook: Rulebook) -> tuple[float, float, float]:
    ours, assessment = _timed(lambda: assess(unit_id=unit, on=UNTIL, since=SINCE, rulebook=rulebook))
    by_hand, answers = _timed(lambda: ask_by_hand(unit=unit, since=SINCE, until=UNTIL))
    found, expected = verdicts_of(assessment), verdicts_by_hand(answers)
    for rule in QUESTIONS:
        require_same(f"规则 {rule} 的结论", found[rule], expected[rule])
    lived, judged = _timed(lambda: list(judge(Asked(unit, UNTIL, SINCE, YEAR), rulebook)))
    found = verdicts_in(each.batch for each in judged if each.period is None or each.period.span.last <= UNTIL)
    for rule in QUESTIONS:
        require_same(f"日常判定中规则 {rule} 的结论", found[rule], expected[rule])
    return ours, by_hand, lived


def _timed(work: Callable[[], Result]) -> tuple[float, Result]:
    clock = Clock()
    found = clock.time(lambda _: work(), None)
    return clock.times[0], found


def verdicts_by_hand(answers: Answers) -> Verdicts:
    """Whether each obligation was met."""
    return {rule: {(whose, which): bool(met) for whose, which, met in rows} for rule, rows in answers.items()}


def verdicts_of(assessment: Assessment) -> Verdicts:
    """The same of the rules that are also asked by hand."""
    return verdicts_in(assessment.batches)


def verdicts_in(batches: Iterable[Batch]) -> Verdicts:
    """The same, batch by batch."""
    found: Verdicts = {rule: {} for rule in QUESTIONS}
    for rule, key, outcome in _judged(batches):
        if rule in found and outcome is not Outcome.NOT_APPLICABLE:
            found[rule][key] = outcome is Outcome.MET
    return found


def _judged(batches: Iterable[Batch]) -> Iterator[tuple[str, tuple[int, int], Outcome]]:
    for batch in batches:
        for place, (subject, verdict) in enumerate(zip(batch.subjects.ids, batch.verdicts, strict=True)):
            yield batch.rule.id, (subject, _which(batch, place)), verdict.outcome


def _which(batch: Batch, place: int) -> int:
    """The activity, or the number of the period in its year; 0 where there is neither."""
    if batch.subjects.activities:
        return int(batch.subjects.activities[place]["id"])
    return batch.period.index % PER_YEAR[batch.period.every] + 1 if batch.period else 0
