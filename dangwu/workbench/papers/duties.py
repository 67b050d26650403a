"""What the rulebook asked of organisations over a year, what was done, and what is missing and why: judged once for
all organisations of a unit.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dangwu.compliance.assessing import Assessment, Batch, Obligation, assess
from dangwu.compliance.documents.wording import clause
from dangwu.compliance.models import Judging
from dangwu.compliance.rulebooks import rulebook_of
from dangwu.records.models import Service
from dangwu.rules.explaining import explain
from dangwu.rules.rulebook import Rule, Rulebook
from dangwu.rules.shapes import Outcome
from dangwu.workbench.rule_words import EACH

STANDING = "一直"


@dataclass(slots=True)
class Duty:
    """What a rule asked of an organisation, of its members or activities: how often, and how often it was done."""

    rule: Rule
    document: str
    numbers: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    missing: list[str] = field(default_factory=list)

    @property
    def clause(self) -> str:
        """“《…》第11条”."""
        return clause(self.document, self.rule.basis.article)

    @property
    def each(self) -> str:
        """“每月”; what is always asked has no period."""
        return EACH[self.rule.shape.each] if self.rule.shape.each else STANDING

    @property
    def done(self) -> int:
        """How many were done, be it late."""
        return self.numbers[Outcome.MET] + self.numbers[Outcome.LATE]

    @property
    def unmet(self) -> int:
        """How many were not."""
        return self.numbers[Outcome.UNMET]

    @property
    def open(self) -> int:
        """How many may still be done."""
        return self.numbers[Outcome.PENDING]

    @property
    def is_about_members(self) -> bool:
        """Whether it asks something of members one by one: of them the number alone is told."""
        return self.rule.shape.subject == "member"


Duties = Mapping[int, Sequence[Duty]]


def duties_of_unit(unit: int, year: int, today: date) -> Duties:
    """The duties of every organisation of a unit, in the order of the rulebook. A year that is over is judged on the
    day after, for its last month may be used up to its last day.
    """
    judging, first = Judging.objects.filter(unit=unit).first(), date(year, 1, 1)
    since = max(first, judging.since) if judging else first
    on = min(today, date(year + 1, 1, 1))
    if since > on:
        return {}
    rulebook = rulebook_of(judging.packs if judging else ())
    held = Service.objects.unscoped("a unit is judged as a whole").filter(unit=unit, held_on__gte=since)
    assessment = assess(unit_id=unit, on=on, since=since, rulebook=rulebook, activities_told=held.exists())
    return _Telling(assessment, rulebook, year).all()


class _Telling:
    """From verdicts to duties."""

    def __init__(self, assessment: Assessment, rulebook: Rulebook, year: int) -> None:
        self._assessment = assessment
        self._year = year
        self._titles = {document.id: document.title for document in rulebook.documents.values()}
        self._found: dict[int, dict[str, Duty]] = defaultdict(dict)

    def all(self) -> dict[int, list[Duty]]:
        for batch in filter(self._is_of_the_year, self._assessment.batches):
            self._count(batch)
            for obligation in batch.obligations(lambda verdict: verdict.outcome is Outcome.UNMET):
                self._tell(obligation)
        return {key: list(duties.values()) for key, duties in self._found.items()}

    def _is_of_the_year(self, batch: Batch) -> bool:
        days = [its["held_on"] for its in batch.subjects.activities[:1]]
        days += [batch.period.span.start] if batch.period else []
        return all(day.year == self._year for day in days)

    def _count(self, batch: Batch) -> None:
        belongs = self._assessment.gathered.belongs if batch.subjects.kind == "member" else None
        for subject, verdict in zip(batch.subjects.ids, batch.verdicts, strict=True):
            if verdict.outcome is not Outcome.NOT_APPLICABLE:
                duty = self._duty(belongs[subject] if belongs else subject, batch.rule)
                duty.numbers[verdict.outcome] += 1

    def _duty(self, organisation: int, rule: Rule) -> Duty:
        mine = self._found[organisation]
        if rule.id not in mine:
            mine[rule.id] = Duty(rule, self._titles.get(rule.basis.document, rule.document.title))
        return mine[rule.id]

    def _tell(self, obligation: Obligation) -> None:
        if obligation.subject_kind == "member":
            return
        duty = self._duty(obligation.subject, obligation.rule)
        duty.missing.append(self._sentence(obligation))

    def _sentence(self, obligation: Obligation) -> str:
        its = obligation.activity
        on = its["held_on"] if its else self._assessment.on
        name = self._assessment.gathered.organisations[obligation.subject].called
        subject = f"{name}{on.month}月{on.day}日的活动" if its else name
        rule, verdict = obligation.rule, obligation.verdict
        return explain(rule, verdict, obligation.facts, subject=subject, on=on, period=obligation.period)


def failing(duties: Sequence[Duty]) -> Iterator[Duty]:
    """Those of which something is missing."""
    return (duty for duty in duties if duty.unmet)
