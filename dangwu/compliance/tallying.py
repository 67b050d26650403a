"""Counting the obligations of every organisation by rule, and saying how it stands."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from dangwu.compliance.assessing import Assessment, Batch
from dangwu.compliance.report import Cell, Status
from dangwu.rules.evaluation import Verdict
from dangwu.rules.rulebook import Rule
from dangwu.rules.shapes import Level, Outcome

SOON = timedelta(days=15)  # what is due within this many days is called 临期


@dataclass(slots=True)
class Count:
    """The obligations of one organisation by one rule."""

    met: int = 0
    late: int = 0
    unmet: int = 0
    pending: int = 0
    soon: int = 0
    next_deadline: date | None = None

    def add(self, verdict: Verdict, *, soon: bool) -> None:
        """Count one more verdict; what does not apply is not counted."""
        match verdict.outcome:
            case Outcome.MET:
                self.met += 1
            case Outcome.LATE:
                self.late += 1
            case Outcome.UNMET:
                self.unmet += 1
            case Outcome.PENDING:
                self.pending += 1
                self.soon += soon
                if verdict.deadline and (self.next_deadline is None or verdict.deadline < self.next_deadline):
                    self.next_deadline = verdict.deadline

    @property
    def total(self) -> int:
        """How many obligations there are."""
        return self.met + self.late + self.unmet + self.pending


Counts = dict[tuple[int, str], Count]


def tally(assessment: Assessment) -> Counts:
    """The counts of every organisation and rule that asked something of it or of its members."""
    counts: Counts = defaultdict(Count)
    for batch in assessment.batches:
        _tally_batch(counts, batch, assessment)
    return {key: count for key, count in counts.items() if count.total}


def _tally_batch(counts: Counts, batch: Batch, assessment: Assessment) -> None:
    belongs = assessment.gathered.belongs if batch.subjects.kind == "member" else None
    rule = batch.rule.id
    for subject, verdict in zip(batch.subjects.ids, batch.verdicts, strict=True):
        if verdict.outcome is not Outcome.NOT_APPLICABLE:
            organisation = belongs[subject] if belongs else subject
            counts[organisation, rule].add(verdict, soon=_soon(batch.rule, verdict, assessment.on))


def _soon(rule: Rule, verdict: Verdict, on: date) -> bool:
    """A term that runs out is a to-do only from the notice on; all else is near when its deadline is."""
    return rule.kind_name == "term_not_over" or (verdict.deadline is not None and verdict.deadline - on <= SOON)


def status_of(level: str, count: Count) -> Status:
    """How an organisation stands by one duty."""
    if count.unmet:
        return {Level.FAILURE: Status.OVERDUE, Level.WARNING: Status.WARNING}.get(Level(level), Status.HINT)
    if count.pending:
        return Status.SOON if count.soon else Status.OPEN
    return Status.GOOD if count.total else Status.NOT_ASKED


def cell_of(level: str, count: Count) -> Cell:
    """The cell of the matrix. Due is what should be done by now or was done already."""
    done = count.met + count.late
    return Cell(status_of(level, count), done + count.unmet, done, count.met, count.next_deadline)
