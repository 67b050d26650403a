"""Choosing from a report what a page shows. Nothing here reads a database, so that every choice is plain to test."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple, TypeVar

from dangwu.compliance.documents.wording import LEVELS, SEVERITIES
from dangwu.compliance.report import ORDER, Cell, Duty, FindingLine, Line, ProblemLine, Report, Status

Pair = tuple[str, str]
Item = TypeVar("Item")
OUTCOMES = {"met": "符合", "late": "逾期完成", "unmet": "不符合", "pending": "未到期", "not_applicable": "不涉及"}
QUIET = frozenset({Status.GOOD, Status.OPEN})
NOBODY = ORDER[Status.NOT_ASKED]


class Square(NamedTuple):
    """A cell of the matrix with the duty it is about."""

    duty: Duty
    cell: Cell


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the matrix, with only the squares that are shown."""

    line: Line
    name: str  # without what the names of all organisations begin with
    squares: tuple[Square, ...]

    @property
    def quiet(self) -> int:
        """How many duties ask for no attention: a narrow screen only counts them."""
        return sum(square.cell.status in QUIET for square in self.squares)


@dataclass(frozen=True, slots=True)
class Matrix:
    """What is shown of branches × duties: the duties that ask something of the rows, and the rows."""

    duties: tuple[Duty, ...]
    rows: tuple[Row, ...]
    hidden: int  # duties of these rows that ask for no attention and were left out

    @property
    def documents(self) -> list[tuple[str, int]]:
        """The documents over the columns, with how many columns each has."""
        return [(title, len(list(duties))) for title, duties in groupby(duty.document for duty in self.duties)]


def matrix(report: Report, wanted: Mapping[str, str]) -> Matrix:
    """The part of the matrix that was asked for, by organisation's name, status, kind, and document.

    Columns stand worst first, those of one document together. A column in which nobody needs attention is left out
    unless `all` is wanted.
    """
    lines = [line for line in report.lines if _line_wanted(line, wanted)]
    document = wanted.get("document")
    worst = {
        place: min((ORDER[line.cells[place].status] for line in lines), default=NOBODY)
        for place, duty in enumerate(report.duties)
        if document in {None, duty.document}
    }
    asked = [place for place, order in worst.items() if order < NOBODY]
    places = [place for place in asked if wanted.get("all") or worst[place] <= ORDER[Status.HINT]]
    places = together(places, lambda place: report.duties[place].document, worst.__getitem__)
    duties = tuple(report.duties[place] for place in places)
    alike = len(common_beginning([line.organisation for line in report.lines]))
    rows = tuple(Row(line, line.organisation[alike:], _squares(line, duties, places)) for line in lines)
    return Matrix(duties, rows, len(asked) - len(places))


def _line_wanted(line: Line, wanted: Mapping[str, str]) -> bool:
    return (
        wanted.get("text", "") in line.organisation
        and wanted.get("status") in {None, line.status.value}
        and wanted.get("kind") in {None, line.kind}
    )


def _squares(line: Line, duties: Sequence[Duty], places: Sequence[int]) -> tuple[Square, ...]:
    return tuple(Square(duty, line.cells[place]) for duty, place in zip(duties, places, strict=True))


def common_beginning(names: Sequence[str]) -> str:
    """What all names begin with, where more than one name is there and something is left of each."""
    if len(names) < 2:  # noqa: PLR2004 - nothing to be alike to
        return ""
    first, last = min(names), max(names)
    alike = next((place for place, letter in enumerate(first) if letter != last[place : place + 1]), len(first))
    return first[:alike] if all(len(name) > alike for name in names) else ""


def matrix_choices(report: Report) -> dict[str, list[Pair]]:
    """What the matrix can be narrowed to."""
    statuses = {line.status for line in report.lines}
    return {
        "status": [(status.value, status.label) for status in Status if status in statuses],
        "kind": _once((line.kind, line.kind) for line in report.lines),
        "document": _once((duty.document, duty.document) for duty in report.duties),
    }


def findings(report: Report, wanted: Mapping[str, str]) -> list[FindingLine]:
    """The findings that were asked for; those of one group lie together, the worst group first."""
    named = {str(line.organisation_id): line.organisation for line in report.lines}
    organisation = named.get(wanted.get("organisation", ""))
    found = [
        finding
        for finding in report.findings
        if wanted.get("level") in {None, finding.level}
        and wanted.get("rule") in {None, finding.rule}
        and wanted.get("outcome") in {None, finding.outcome}
        and organisation in {None, finding.organisation}
        and _mentions(finding, wanted.get("text", ""))
    ]
    return together(found, group_of(wanted), weight=lambda finding: tuple(LEVELS).index(finding.level))


def group_of(wanted: Mapping[str, str]) -> Callable[[FindingLine], str]:
    """By what findings are grouped."""
    if wanted.get("by") == "rule":
        return lambda finding: finding.title
    return lambda finding: finding.organisation


def _mentions(finding: FindingLine, text: str) -> bool:
    told = (finding.organisation, finding.subject, finding.title, finding.text, finding.remedy, *finding.evidence)
    return any(text in part for part in told)


def finding_choices(report: Report) -> dict[str, list[Pair]]:
    """What the findings can be narrowed to."""
    levels = {finding.level for finding in report.findings}
    return {
        "level": [(level, label) for level, label in LEVELS.items() if level in levels],
        "organisation": [(str(line.organisation_id), line.organisation) for line in report.lines],
        "rule": [(duty.rule, duty.title) for duty in report.duties],
        "outcome": _once((f.outcome, OUTCOMES[f.outcome]) for f in report.findings),
    }


def square(report: Report, wanted: Mapping[str, str]) -> tuple[Line, Square] | None:
    """The one square of the matrix that both an organisation and a rule point at."""
    for line in report.lines:
        if str(line.organisation_id) == wanted.get("organisation"):
            for duty, cell in zip(report.duties, line.cells, strict=True):
                if duty.rule == wanted.get("rule"):
                    return line, Square(duty, cell)
    return None


class Due(NamedTuple):
    """What is still to be done, and by when."""

    line: Line
    square: Square


def due(report: Report, wanted: Mapping[str, str]) -> list[Due]:
    """What is still to be done of what was asked for, the nearest deadline first."""
    found = [
        Due(line, Square(duty, cell))
        for line in report.lines
        for duty, cell in zip(report.duties, line.cells, strict=True)
        if cell.next_deadline
        and wanted.get("organisation") in {None, str(line.organisation_id)}
        and wanted.get("rule") in {None, duty.rule}
    ]
    return sorted(found, key=lambda one: (one.square.cell.next_deadline, one.line.organisation))


def due_choices(report: Report) -> dict[str, list[Pair]]:
    """What the list of what is due can be narrowed to."""
    awaited = due(report, {})
    return {
        "organisation": _once((str(one.line.organisation_id), one.line.organisation) for one in awaited),
        "rule": _once((one.square.duty.rule, one.square.duty.title) for one in awaited),
    }


def problems(report: Report, wanted: Mapping[str, str]) -> list[ProblemLine]:
    """The problems that were asked for; those that one remedy repairs lie together, the gravest and largest first."""
    text = wanted.get("text", "")
    found = [
        problem
        for problem in report.problems
        if wanted.get("severity") in {None, problem.severity}
        and wanted.get("file") in {None, problem.file}
        and (text in problem.message or text in problem.remedy)
    ]
    return together(
        found, lambda problem: problem.remedy, weight=lambda problem: tuple(SEVERITIES).index(problem.severity)
    )


def problem_choices(report: Report) -> dict[str, list[Pair]]:
    """What the problems can be narrowed to."""
    severities = {problem.severity for problem in report.problems}
    return {
        "severity": [(severity, label) for severity, label in SEVERITIES.items() if severity in severities],
        "file": _once((problem.file, problem.file) for problem in report.problems),
    }


def together(items: Sequence[Item], group: Callable[[Item], str], weight: Callable[[Item], int]) -> list[Item]:
    """The items of one group side by side, the group with the gravest item first, then the largest.

    Inside a group the gravest items come first and the order is kept otherwise.
    """
    size = Counter(map(group, items))
    gravest: dict[str, int] = {}
    for item in items:
        gravest[group(item)] = min(weight(item), gravest.get(group(item), weight(item)))

    def place(item: Item) -> tuple[Any, ...]:
        name = group(item)
        return gravest[name], -size[name], name, weight(item)

    return sorted(items, key=place)


def _once(pairs: Iterable[Pair]) -> list[Pair]:
    return list(dict.fromkeys(pairs))
