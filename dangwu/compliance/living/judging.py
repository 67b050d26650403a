"""Judging a unit as it lives: each period by the facts of its last day, what is open by those of today."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dangwu.compliance.assessing import Batch, events_for, judge_activities, judge_subjects
from dangwu.compliance.gathering import Gathered, Stood, gather
from dangwu.kernel.periods import Every, Period, periods_starting_in
from dangwu.kernel.span import Span
from dangwu.organisations.queries import Only
from dangwu.rules.rulebook import Rule, Rulebook

ONE_DAY = timedelta(days=1)
Question = tuple[Rule, Period | None]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be judged: a unit, or some of its organisations, as things stand on a day; of the periods that begin
    on `since` or later those that have a day in `touched`, and what always holds where today is one of its days. What
    comes out of some, `leaving` them, is not written.
    """

    unit: int
    day: date
    since: date
    touched: Span
    activities_told: bool = True
    only: Only = None
    leaving: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Judged:
    """One rule over all subjects, in the period in which it is kept: an activity belongs to the month of its day. Of
    activities nothing else was gathered.
    """

    batch: Batch
    period: Period | None
    gathered: Gathered | None = None


def judge(asked: Asked, rulebook: Rulebook) -> Iterator[Judged]:
    """Every rule over all that is asked for, day by day as of which it is judged."""
    by_day: dict[date, list[Question]] = defaultdict(list)
    for rule, period in _questions(asked, rulebook):
        by_day[as_of_which(period, asked.day)].append((rule, period))
    span = _span([period for questions in by_day.values() for _, period in questions], asked)
    events = events_for(rulebook, asked.unit, span, asked.only) if asked.activities_told else None
    stood = Stood(asked.unit, Span(min(by_day, default=asked.day), asked.day + ONE_DAY), asked.only)
    for day, questions in sorted(by_day.items()):
        gathered = gather(asked.unit, on=day, events=events, only=asked.only, stood=stood)
        for rule, period in questions:
            for batch in judge_subjects(rule, gathered, [period], asked.day):
                yield Judged(batch, period, gathered)
    if events:
        yield from _activities(asked, rulebook)


def as_of_which(period: Period | None, day: date) -> date:
    """The day whose facts decide: the last of a period that is over, today for all else."""
    return day if period is None else min(period.span.last, day)


def periods_of(asked: Asked, every: Every) -> list[Period]:
    """The periods of one length that are to be judged."""
    if asked.since > asked.day:
        return []
    begun = periods_starting_in(every, Span(asked.since, asked.day + ONE_DAY))
    return [period for period in begun if period.span.overlaps(asked.touched)]


def _questions(asked: Asked, rulebook: Rulebook) -> Iterator[Question]:
    periods: Mapping[Every, Sequence[Period]] = {every: periods_of(asked, every) for every in Every}
    for rule in rulebook.rules.values():
        if rule.shape.subject == "activity":
            continue
        if rule.shape.each:
            yield from ((rule, period) for period in periods[rule.shape.each])
        elif asked.day in asked.touched:
            yield rule, None


def _span(periods: Sequence[Period | None], asked: Asked) -> Span:
    """All days in which something may count."""
    spans = [period.span for period in periods if period] or [Span(asked.day, asked.day + ONE_DAY)]
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _activities(asked: Asked, rulebook: Rulebook) -> Iterator[Judged]:
    """Activities one by one, by what was in force on their own day; kept month by month."""
    months = periods_of(asked, Every.MONTH)
    if not months:
        return
    span = Span(months[0].span.start, months[-1].span.end)
    events = events_for(rulebook, asked.unit, span, asked.only)
    wanted = set(months)
    for rule in rulebook.about("activity"):
        for batch in judge_activities(rule, events.held):
            day: date = batch.subjects.activities[0]["held_on"]
            if (month := Period.of(Every.MONTH, day)) in wanted:
                yield Judged(batch, month)
