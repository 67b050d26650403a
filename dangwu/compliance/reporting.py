"""From the stored check to its report. A fixed number of queries, however large the unit."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from dangwu.compliance.models import Check, Finding, Tally
from dangwu.compliance.report import ORDER, Cell, Duty, FindingLine, Line, NotJudged, ProblemLine, Report, Standing
from dangwu.compliance.tallying import Count, cell_of
from dangwu.kernel.periods import Period
from dangwu.members.models import Affiliation
from dangwu.organisations.models import BRANCH_KINDS, Organisation
from dangwu.rules.rulebook import Rulebook

LEVELS = ("failure", "warning", "hint")
NOTHING = Cell(Standing.NOT_ASKED)
AS_GOOD = frozenset({Standing.HINT, Standing.OPEN, Standing.GOOD, Standing.NOT_ASKED})


def report_of(check: Check, rulebook: Rulebook) -> Report:
    """The report of a check that is done. `rulebook` gives the titles and the order of the duties."""
    organisations = list(Organisation.objects.filter(unit=check.unit_id).order_by("path"))
    cells = _cells(check)
    duties = _duties(cells, rulebook)
    lines = _lines(organisations, cells, duties)
    return Report(
        unit=check.unit.name,
        on=check.on,
        since=check.since,
        packs=tuple(check.packs),
        sentence=sentence_of(lines),
        organisations=len(organisations),
        members=Affiliation.objects.filter(unit=check.unit_id).count(),
        outcomes=dict(check.outcomes),
        duties=duties,
        lines=lines,
        findings=_findings(check),
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
    number = Counter(line.standing for line in branches)
    told = (Standing.GOOD, Standing.SOON, Standing.WARNING, Standing.OVERDUE)
    parts = [f"{number[standing]} 个{standing.label}" for standing in told if number[standing]]
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
            worst[rule_id] = min(worst.get(rule_id, len(ORDER)), ORDER[cell.standing])
    asked = sorted((rule for rule in rulebook.rules.values() if rule.id in worst), key=lambda rule: worst[rule.id])
    return tuple(Duty(rule.id, rule.title, rule.document.title, rule.basis.article, rule.level) for rule in asked)


def _lines(
    organisations: Sequence[Organisation], cells: Mapping[int, Mapping[str, Cell]], duties: Sequence[Duty]
) -> tuple[Line, ...]:
    lines = [_line(o, cells[o.pk], duties) for o in organisations if o.pk in cells]
    return tuple(sorted(lines, key=_worst_first))


def _line(organisation: Organisation, cells: Mapping[str, Cell], duties: Sequence[Duty]) -> Line:
    row = tuple(cells.get(duty.rule, NOTHING) for duty in duties)
    worst = min((cell.standing for cell in row), key=ORDER.__getitem__, default=Standing.GOOD)
    standing = Standing.GOOD if worst in AS_GOOD else worst
    return Line(organisation.called, organisation.pk, organisation.get_kind_display(), standing, row)


def _worst_first(line: Line) -> tuple[int, int, int]:
    number = Counter(cell.standing for cell in line.cells)
    return ORDER[line.standing], -number[Standing.OVERDUE], -number[Standing.WARNING]


def _findings(check: Check) -> tuple[FindingLine, ...]:
    rows = Finding.objects.filter(check_run=check).select_related("organisation").order_by("organisation__path", "pk")
    told = [_finding(row) for row in rows]
    return tuple(sorted(told, key=lambda line: LEVELS.index(line.level)))


def _finding(row: Finding) -> FindingLine:
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
        row.organisation.called if row.organisation else "",
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
