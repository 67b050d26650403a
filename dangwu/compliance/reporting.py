"""From the stored check to its report. A fixed number of queries, however large the unit."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from dangwu.compliance.models import Check, Finding, Tally
from dangwu.compliance.report import ORDER, Cell, Duty, FindingLine, Line, NotJudged, ProblemLine, Report, Status
from dangwu.compliance.tallying import Count, cell_of
from dangwu.kernel.periods import Period
from dangwu.members.facts import head_count
from dangwu.organisations.models import BRANCH_KINDS, Standing
from dangwu.organisations.queries import standings_of_unit
from dangwu.rules.rulebook import Rulebook

LEVELS = ("failure", "warning", "hint")
NOTHING = Cell(Status.NOT_ASKED)
AS_GOOD = frozenset({Status.HINT, Status.OPEN, Status.GOOD, Status.NOT_ASKED})


def report_of(check: Check, rulebook: Rulebook) -> Report:
    """The report of a check that is done. `rulebook` gives the titles and the order of the duties."""
    standings = {standing.organisation_id: standing for standing in standings_of_unit(check.unit_id, check.on)}
    cells = _cells(check)
    duties = _duties(cells, rulebook)
    lines = _lines(standings.values(), cells, duties)
    return Report(
        unit=check.unit.name,
        on=check.on,
        since=check.since,
        packs=tuple(check.packs),
        sentence=sentence_of(lines),
        organisations=len(standings),
        members=head_count(check.unit_id, check.on),
        outcomes=dict(check.outcomes),
        duties=duties,
        lines=lines,
        findings=_findings(check, standings),
        problems=_problems(check),
        not_judged=tuple(
            NotJudged(entry["rule"], entry["title"], tuple(entry["facts"]), entry["subjects"])
            for entry in check.not_judged
        ),
    )


def sentence_of(lines: Sequence[Line]) -> str:
    """“9 个党支部：5 个正常，3 个临期，1 个逾期”."""
    branches = [line for line in lines if line.kind in BRANCH_LABELS]
    if not branches:
        return "工作簿中没有党支部。"
    number = Counter(line.status for line in branches)
    told = (Status.GOOD, Status.SOON, Status.WARNING, Status.OVERDUE)
    parts = [f"{number[status]} 个{status.label}" for status in told if number[status]]
    return f"{len(branches)} 个党支部：{'，'.join(parts)}"


BRANCH_LABELS = frozenset(kind.label for kind in BRANCH_KINDS)


def _cells(check: Check) -> dict[int, dict[str, Cell]]:
    cells: dict[int, dict[str, Cell]] = defaultdict(dict)
    for row in Tally.objects.filter(check_run=check):
        count = Count(row.met, row.late, row.unmet, row.pending, row.soon, row.next_deadline)
        cells[row.organisation_id][row.rule] = cell_of(row.level, count)
    return cells


def _duties(cells: Mapping[int, Mapping[str, Cell]], rulebook: Rulebook) -> tuple[Duty, ...]:
    """The duties that asked something of somebody, those in which somebody stands worst first."""
    worst: dict[str, int] = {}
    for row in cells.values():
        for rule_id, cell in row.items():
            worst[rule_id] = min(worst.get(rule_id, len(ORDER)), ORDER[cell.status])
    asked = sorted((rule for rule in rulebook.rules.values() if rule.id in worst), key=lambda rule: worst[rule.id])
    return tuple(Duty(rule.id, rule.title, rule.document.title, rule.basis.article, rule.level) for rule in asked)


def _lines(
    standings: Iterable[Standing], cells: Mapping[int, Mapping[str, Cell]], duties: Sequence[Duty]
) -> tuple[Line, ...]:
    lines = [_line(s, cells[s.organisation_id], duties) for s in standings if s.organisation_id in cells]
    return tuple(sorted(lines, key=_worst_first))


def _line(standing: Standing, cells: Mapping[str, Cell], duties: Sequence[Duty]) -> Line:
    row = tuple(cells.get(duty.rule, NOTHING) for duty in duties)
    worst = min((cell.status for cell in row), key=ORDER.__getitem__, default=Status.GOOD)
    status = Status.GOOD if worst in AS_GOOD else worst
    return Line(standing.called, standing.organisation_id, standing.get_kind_display(), status, row)


def _worst_first(line: Line) -> tuple[int, int, int]:
    number = Counter(cell.status for cell in line.cells)
    return ORDER[line.status], -number[Status.OVERDUE], -number[Status.WARNING]


def _findings(check: Check, standings: Mapping[int, Standing]) -> tuple[FindingLine, ...]:
    """By level, then in the order of the tree; those of nobody last."""
    place = {organisation: number for number, organisation in enumerate(standings)}
    rows = Finding.objects.filter(check_run=check).order_by("pk")
    told = sorted(rows, key=lambda row: (LEVELS.index(row.level), place.get(row.organisation_id or 0, len(place))))
    return tuple(_finding(row, standings.get(row.organisation_id or 0)) for row in told)


def _finding(row: Finding, standing: Standing | None) -> FindingLine:
    return FindingLine(
        row.rule,
        row.title,
        row.document,
        row.article,
        row.grade,
        row.strength,
        row.level,
        row.subject_kind,
        row.subject,
        standing.called if standing else "",
        row.period,
        row.deadline,
        row.outcome,
        row.text,
        tuple(row.evidence),
        row.remedy,
    )


def _problems(check: Check) -> tuple[ProblemLine, ...]:
    names = ("file", "sheet", "row", "column", "field", "code", "severity", "message", "remedy")
    return tuple(ProblemLine(*row) for row in check.problems.order_by("pk").values_list(*names))


def period_name(code: str) -> str:
    """“2026年第三季度” for “2026Q3”; nothing for nothing."""
    return Period.parse(code).name if code else ""
