"""What a check has to say, ready to be written down: one shape for the page, the workbook, the print and the JSON."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Status(StrEnum):
    """How an organisation stands by a duty, worst first; each has a shape and a character beside its colour."""

    OVERDUE = "overdue"
    WARNING = "warning"
    SOON = "soon"
    HINT = "hint"
    OPEN = "open"
    GOOD = "good"
    NOT_ASKED = "not_asked"

    @property
    def mark(self) -> str:
        """A shape that is told apart without colour."""
        return {"overdue": "✕", "warning": "△", "soon": "◔", "hint": "·", "open": "○", "good": "✓", "not_asked": "—"}[
            self
        ]

    @property
    def label(self) -> str:
        """One or two characters that say it."""
        return {
            "overdue": "逾期",
            "warning": "提醒",
            "soon": "临期",
            "hint": "提示",
            "open": "未到期",
            "good": "正常",
            "not_asked": "不涉及",
        }[self]


ORDER = {status: place for place, status in enumerate(Status)}


class Duty(NamedTuple):
    """A column of the matrix: a rule that asked something of somebody."""

    rule: str
    title: str
    document: str
    article: str
    level: str


@dataclass(frozen=True, slots=True)
class Cell:
    """An organisation by a duty: the status, and of how many obligations how many were done."""

    status: Status
    due: int = 0
    done: int = 0
    on_time: int = 0
    next_deadline: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the matrix. `cells` has the order of the report's duties."""

    organisation: str
    organisation_id: int
    kind: str
    status: Status
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding as it is told."""

    rule: str
    title: str
    document: str
    article: str
    grade: str
    strength: str
    level: str
    subject_kind: str
    subject: str
    organisation: str
    period: str
    deadline: date | None
    outcome: str
    text: str
    evidence: tuple[str, ...]
    remedy: str


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """A problem of a workbook as it is told."""

    file: str
    sheet: str
    row: int | None
    column: str
    field: str
    code: str
    severity: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class NotJudged:
    """A rule that could not be judged for some, because the workbooks do not tell a fact."""

    rule: str
    title: str
    facts: tuple[str, ...]
    subjects: int


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a check says. Lines come worst first, findings by level and then by organisation."""

    unit: str
    on: date
    since: date
    packs: tuple[str, ...]
    sentence: str
    organisations: int
    members: int
    outcomes: dict[str, int]
    duties: tuple[Duty, ...]
    lines: tuple[Line, ...]
    findings: tuple[FindingLine, ...]
    problems: tuple[ProblemLine, ...]
    not_judged: tuple[NotJudged, ...]
    checkpoint: str = ""  # of the site's audit, to be printed at the end

    def failures(self) -> Iterator[FindingLine]:
        """The findings of failure: they alone decide the exit code."""
        return (finding for finding in self.findings if finding.level == "failure")
