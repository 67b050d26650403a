"""Facts × rulebook → obligations: every rule over every subject and period, judged set-wise."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from dangwu.compliance.gathering import PER_PERIOD, Gathered, Life, gather
from dangwu.compliance.subjects import Events, Subjects
from dangwu.kernel.periods import Period, periods_starting_in
from dangwu.kernel.span import Span
from dangwu.organisations.queries import Only
from dangwu.rules.evaluation import Presence, Reason, Verdict, evaluate_many, presence
from dangwu.rules.rulebook import Rule, Rulebook
from dangwu.rules.shapes import Outcome

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Obligation:
    """A rule × subject × period with its verdict and the facts it was judged by.

    The subject of an activity's obligation is the organisation that held it.
    """

    rule: Rule
    subject_kind: str
    subject: int
    period: Period | None
    verdict: Verdict
    facts: dict[str, Any]
    activity: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """One rule in one period over all its subjects; `verdicts` has the order of `subjects.ids`."""

    rule: Rule
    period: Period | None
    subjects: Subjects
    verdicts: list[Verdict]

    def obligations(self, wanted: Callable[[Verdict], bool]) -> Iterator[Obligation]:
        """The obligations whose verdict is wanted, with the facts they were judged by."""
        places = [place for place, verdict in enumerate(self.verdicts) if wanted(verdict)]
        if not places:
            return
        columns = {name: self.subjects.column(name, self.period) for name in self.rule.facts}
        for place in places:
            facts = {name: column[place] for name, column in columns.items()}
            subject, verdict = self.subjects.ids[place], self.verdicts[place]
            activity = self.subjects.activities[place] if self.subjects.activities else None
            yield Obligation(self.rule, self.subjects.kind, subject, self.period, verdict, facts, activity)


@dataclass(slots=True)
class Assessment:
    """All that was judged, in batches: a rule over all subjects in a period, or over all activities of a day."""

    on: date
    since: date
    gathered: Gathered
    batches: list[Batch] = field(default_factory=list)

    def outcomes(self) -> dict[Outcome, int]:
        """How many obligations ended how."""
        total: Counter[Outcome] = Counter()
        for batch in self.batches:
            for verdict, times in Counter(batch.verdicts).items():  # few are different
                total[verdict.outcome] += times
        return {outcome: total[outcome] for outcome in Outcome}

    def obligations(self, *outcomes: Outcome) -> Iterator[Obligation]:
        """The obligations that ended in one of these ways."""
        for batch in self.batches:
            yield from batch.obligations(lambda verdict: verdict.outcome in outcomes)

    def unknown(self) -> Iterator[Obligation]:
        """What could not be judged because a fact is missing."""
        for batch in self.batches:
            yield from batch.obligations(lambda verdict: verdict.reason is Reason.UNKNOWN)


def assess(
    *,
    unit_id: int,
    on: date,
    since: date,
    rulebook: Rulebook,
    activities_told: bool = True,
    progress: Progress | None = None,
) -> Assessment:
    """Judge a unit's facts of the days `since` to `on` (both inclusive) by a rulebook.

    A period is judged where its first day lies in the span; it stays pending up to and including its last day.
    """
    span = Span(since, on + timedelta(days=1))
    gathered = gather(unit_id, on=on, events=events_for(rulebook, unit_id, span) if activities_told else None)
    assessment = Assessment(on, since, gathered)
    rules = list(rulebook.rules.values())
    for done, rule in enumerate(rules):
        if rule.shape.subject == "activity":
            assessment.batches.extend(judge_activities(rule, gathered.held))
        else:
            periods = periods_starting_in(rule.shape.each, span) if rule.shape.each else [None]
            assessment.batches.extend(judge_subjects(rule, gathered, periods, on))
        if progress:
            progress(done + 1, len(rules))
    return assessment


def events_for(rulebook: Rulebook, unit_id: int, span: Span, only: Only = None) -> Events:
    """What was held in a span of that which rules ask for."""
    return Events(unit_id, span, _kinds_counted(rulebook), _kinds_judged(rulebook), only)


def judge_subjects(rule: Rule, gathered: Gathered, periods: Iterable[Period | None], on: date) -> Iterator[Batch]:
    """A rule over all organisations or members, in each of some periods; None stands for what always holds."""
    subjects = gathered.by_organisation if rule.shape.subject == "organisation" else gathered.by_member
    for period in periods:
        columns = {name: subjects.column(name, period) for name in rule.facts}
        there = _presence(gathered, subjects, period, on)
        verdicts = evaluate_many(rule, columns, on=on, period=period, there=there)
        yield Batch(rule, period, subjects, verdicts)


def _kinds_counted(rulebook: Rulebook) -> list[str]:
    """The kinds of activity whose number some rule asks for."""
    facts = {name for rule in rulebook.about("organisation") for name in rule.facts}
    vocabulary = rulebook.vocabulary["organisation"]
    return sorted(name for name in facts.difference(PER_PERIOD) if vocabulary[name].per)


def _kinds_judged(rulebook: Rulebook) -> list[str]:
    """The kinds of activity that some rule judges one by one."""
    return sorted({kind for rule in rulebook.about("activity") for kind in _kinds_of(rule)})


def _kinds_of(rule: Rule) -> Sequence[str]:
    condition = rule.shape.applies_to.get("activity")
    return condition if isinstance(condition, list) else list(rule.vocabulary["activity"].choices)


def _presence(gathered: Gathered, subjects: Subjects, period: Period | None, on: date) -> list[Presence]:
    """Of organisations only: what was dissolved owes nothing standing, what is not yet founded neither."""
    if subjects.kind != "organisation":
        return [Presence.FULL] * len(subjects.ids)
    of_life = {life: presence_of(life, period, on) for life in set(gathered.lives)}
    return [of_life[life] for life in gathered.lives]


def presence_of(life: Life, period: Period | None, on: date) -> Presence:
    """How much of a period, or of today, an organisation was there for."""
    founded, dissolved = life
    if period is not None:
        return presence(period, founded, dissolved)
    return Presence.NONE if (founded or date.min) > on or (dissolved or date.max) <= on else Presence.FULL


def judge_activities(rule: Rule, held: Mapping[tuple[str, date], Subjects]) -> Iterator[Batch]:
    """Each activity is judged by what was in force on its own day."""
    asked = set(_kinds_of(rule))
    for (kind, day), subjects in held.items():
        if kind in asked:
            columns = {name: subjects.column(name, None) for name in rule.facts}
            verdicts = evaluate_many(rule, columns, on=day, there=[Presence.FULL] * len(subjects.ids))
            yield Batch(rule, None, subjects, verdicts)
