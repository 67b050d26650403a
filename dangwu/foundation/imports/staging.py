"""From a file and decisions to what each row would do. Nothing is written here."""

import json
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from dangwu.foundation.imports.decisions import ACCEPT, EMPTY, SKIP
from dangwu.foundation.imports.kinds import Doubt, Json, Kind, Line, ReadTable, Resolved, Task
from dangwu.foundation.imports.models import StagedRow
from dangwu.foundation.sheets.cells import index_of, masked, quoted, text_at
from dangwu.foundation.sheets.fixes import rule_of
from dangwu.foundation.sheets.mapping import fields_by_name
from dangwu.foundation.sheets.reading import uncollected
from dangwu.foundation.sheets.shapes import Column, Content, Fix, Flaw, Problem, Reading, Row, Severity, Sheet

State = StagedRow.State
Told = Callable[[str, float], None]
MOST_VALUES, MOST_PLACES, MOST_SAMPLES = 40, 500, 3
READ, RESOLVED = 0.5, 0.9  # of the way
TOLD = ("code", "field", "severity", "message", "remedy")


class Prepared(NamedTuple):
    """A row of the file with what it would do: `text` is the content of a staged row, `problems` what is wrong."""

    sheet: str
    number: int
    state: State
    text: str
    problems: list[Json]

    @property
    def content(self) -> Json:
        """The text, read."""
        content: Json = json.loads(self.text)
        return content


@dataclass(slots=True)
class Staging:
    """What the file would do as a whole. `problems` are those of no row; `samples` some texts of each column, by its
    letter, long numbers masked.
    """

    sheets: tuple[str, ...]
    head_rows: tuple[int, int]
    columns: tuple[Column, ...]
    fixes: list[Fix]
    rows: list[Prepared]
    problems: list[Problem] = field(default_factory=list)
    samples: dict[str, list[str]] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows there are, and of each state."""
        found = Counter(row.state for row in self.rows)
        return {"rows": len(self.rows), **{state.value: found[state] for state in State}}


@uncollected()
def stage(kind: Kind, task: Task, path: Path, *, told: Told = lambda _step, _share: None) -> Staging:
    """Read a file with the decisions of the task, and find out what each row would do.

    Raises UnreadableWorkbookError. `told` gets a Chinese step and the share of the way (0 to 1).
    """

    def reading(done: int, total: int) -> None:
        told("正在读取", READ * done / max(total, 1))

    amended = replace(task.decisions.amendments, recall=task.recall)
    tables = kind.read(path, on=task.on, amended=amended, progress=reading)
    told("正在与已登记的内容比对", READ)
    loose = [p for table in tables for p in table.reading.problems if p.row is None]
    fixes = _summed(fix for table in tables for fix in table.reading.fixes)
    names, first = tuple(table.reading.sheet for table in tables), tables[0].reading
    drafts = deque(chain.from_iterable(_Table(kind, task, table).lines() for table in tables))
    rows = _prepared(kind, task, drafts)
    told("正在汇总", RESOLVED)
    samples = _samples(first, kind.sheet(task.on), kind.unkept)
    return Staging(names, first.head_rows, first.columns, fixes, rows, loose, samples)


def _prepared(kind: Kind, task: Task, drafts: deque["_Draft"]) -> list[Prepared]:
    """Every row with what it would do. Of tens of thousands none is kept longer than it is needed."""
    lines = [Line(draft.sheet, draft.number, draft.value) for draft in drafts if draft.is_wanted]
    resolved = iter(kind.resolve(task, lines))
    rows = []
    while drafts:
        draft = drafts.popleft()
        if draft.is_wanted:
            draft.take(next(resolved))
        rows.append(draft.prepared())
    return rows


def _samples(reading: Reading, sheet: Sheet, unkept: Collection[str]) -> dict[str, list[str]]:
    """Some texts of each column that is wanted; numbers of people with their middle hidden."""
    rows, numbers = reading.rows[:MOST_PLACES], numbers_of(sheet)
    found: dict[str, list[str]] = {}
    for column in reading.columns:
        texts = (text_at(reading.cells, row.number, column.letter) for row in rows if column.field not in unkept)
        shown = masked if column.field in numbers else quoted
        found[column.letter] = [shown(text) for text in dict.fromkeys(texts) if text][:MOST_SAMPLES]
    return found


class _Table:
    """The rows of one table with the problems of each."""

    def __init__(self, kind: Kind, task: Task, table: ReadTable) -> None:
        self._kind = kind
        self._task = task
        self._table = table
        self._reading = table.reading
        sheet = kind.sheet(task.on)
        self._fields, self._needs = fields_by_name(sheet), sheet.needs
        self._letters = {column.field: column.letter for column in table.reading.columns if column.field}
        self._problems: dict[int, list[Problem]] = defaultdict(list)
        for problem in table.reading.problems:
            if problem.row is not None:
                self._problems[problem.row].append(problem)
        self._refused = {fix.field: fix for fix in table.reading.fixes if task.decisions.fixes.get(fix.rule) is False}

    def lines(self) -> Iterator["_Draft"]:
        for row in self._reading.rows:
            problems = [self._told(problem) for problem in self._problems.get(row.number, ())]
            problems += self._refusals(row)
            yield _Draft(self, row, self._table.values.get(row.number), problems)

    def _told(self, problem: Problem) -> Json:
        """A problem of the reading: a doubt is let pass, a cell in error may be left empty."""
        name = problem.field or ""
        if problem.severity == Severity.DOUBT:
            return self.problem(problem.row or 0, name, problem) | {"answer": ACCEPT}
        can_be_empty = problem.severity == Severity.ERROR and name and name not in self._needs
        return self.problem(problem.row or 0, name, problem) | ({"answer": EMPTY} if can_be_empty else {})

    def doubtful(self, row: int, doubt: Doubt) -> Json:
        """A problem that shows beside what is registered: it can be let pass where it is no question and no error."""
        told = self.problem(row, doubt.field, doubt.flaw)
        if doubt.flaw.severity == Severity.DOUBT and not doubt.asks:
            told["answer"] = ACCEPT
        if doubt.choices:
            told["choices"] = [list(choice) for choice in doubt.choices]
        marks = {"of_row": doubt.of_row, "or_new": doubt.or_new}
        return told | {name: True for name, is_so in marks.items() if is_so}

    def problem(self, row: int, name: str, flaw: Flaw | Problem) -> Json:
        """A problem as it is kept, with what stands in its cell."""
        letter = self._letters.get(name, "")
        return {
            "column": letter,
            "field": name,
            "code": flaw.code,
            "severity": str(flaw.severity),
            "message": flaw.message,
            "remedy": flaw.remedy,
            "written": text_at(self._reading.cells, row, letter) if letter else "",
        }

    def _refusals(self, row: Row) -> Iterator[Json]:
        """Cells that would only be clean by a rule that nobody wants."""
        for name in self._refused:
            letter = self._letters[name]
            cell = self._reading.cells[row.number - 1][index_of(letter)]
            rule = rule_of(self._fields[name], cell, row.values.get(name))
            if rule and self._task.decisions.fixes.get(rule) is False:
                message = f"“{quoted(cell)}”没有按规则整理，不采用"
                yield self.problem(row.number, name, Flaw("fix.refused", Severity.ERROR, message, _REWRITE))

    def answered(self, problem: Json) -> str:
        """What was decided of all problems of this kind."""
        return self._task.decisions.groups.get(f"{problem['code']}:{problem['field']}", "")

    def answer_to(self, row: int) -> str:
        """What was decided of a row."""
        return self._task.decisions.answer_to(self._reading.sheet, row)

    @property
    def sheet(self) -> str:
        return self._reading.sheet


class _Draft:
    """A row on its way to being prepared."""

    __slots__ = ("_answer", "_name", "_problems", "_resolved", "_table", "number", "sheet", "state", "value")

    def __init__(self, table: _Table, row: Row, value: Any, problems: list[Json]) -> None:  # noqa: ANN401 - what a kind reads
        self._table = table
        self.sheet, self.number, self.value = table.sheet, row.number, value
        self._name = str(row.values.get("name") or "")
        self._answer = table.answer_to(row.number)
        self._resolved: Resolved | None = None
        self._problems = problems
        self.state = State.SKIPPED if self._is_left_out() else State.ERROR

    @property
    def is_wanted(self) -> bool:
        """Whether it is to be found out what the row means."""
        return self.value is not None and self.state is not State.SKIPPED

    def _is_left_out(self) -> bool:
        return self._answer == SKIP or any(self._table.answered(problem) == SKIP for problem in self._problems)

    def take(self, resolved: Resolved) -> None:
        """Learn what the row means."""
        self._resolved = resolved
        self._problems += (self._table.doubtful(self.number, doubt) for doubt in resolved.doubts)
        self.state = State.SKIPPED if self._is_left_out() else self._judged(resolved)

    def _judged(self, resolved: Resolved) -> State:
        open_ones = {problem["severity"] for problem in self._problems if not self._is_settled(problem)}
        if Severity.ERROR in open_ones:
            return State.ERROR
        if Severity.DOUBT in open_ones:
            return State.DOUBTFUL
        if resolved.target is None:
            return State.NEW
        return State.CHANGED if resolved.draft else State.SAME

    def _is_settled(self, problem: Json) -> bool:
        """Whether somebody gave the answer that settles it."""
        settled = problem.get("answer") in {self._answer, self._table.answered(problem)} - {""}
        if settled:
            problem["answered"] = True
        return settled

    def prepared(self) -> Prepared:
        """The row as it is staged."""
        resolved = self._resolved or Resolved(self._name)
        content: Json = {
            "title": resolved.title or self._name,
            "where": resolved.where,
            "target": resolved.target,
            "differences": [list(difference) for difference in resolved.differences],
            "problems": self._problems,
        }
        if self.state in {State.NEW, State.CHANGED}:
            content |= {"draft": resolved.draft, "basis": resolved.basis}
        return Prepared(self.sheet, self.number, self.state, _written(content), self._problems)


_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _summed(fixes: Iterator[Fix]) -> list[Fix]:
    """Fixes of several sheets by one rule are one."""
    totals: dict[str, Fix] = {}
    for fix in fixes:
        first = totals.get(fix.rule)
        cells = fix.cells + (first.cells if first else 0)
        kept = first or fix
        totals[fix.rule] = Fix(kept.rule, kept.field, kept.column, cells, kept.old, kept.new)
    return sorted(totals.values(), key=lambda fix: -fix.cells)


def grouped(rows: Sequence[Prepared], sheet: Sheet) -> list[Json]:
    """The problems of all rows by what repairs them: the most serious and commonest first. Texts that stand in many
    cells are told, so that they can be mended at once; those that look like a number of somebody are not.
    """
    groups: dict[str, Json] = {}
    labels, numbers = labels_of(sheet), numbers_of(sheet)
    for place, row in enumerate(rows, 1):
        for key, alike in _by_key(row.problems).items():
            group = groups.setdefault(key, _new_group(key, alike[0], labels))
            is_open = row.state != State.SKIPPED and not all(problem.get("answered") for problem in alike)
            _count(group, place, is_open=is_open)
            if alike[0]["field"] not in numbers:
                _count_value(group, alike[0])
    order = [str(severity) for severity in Severity]
    return sorted(groups.values(), key=lambda group: (order.index(group["severity"]), -group["rows"]))


def _by_key(problems: Sequence[Json]) -> dict[str, list[Json]]:
    """The problems of a row by their groups."""
    found: dict[str, list[Json]] = {}
    for problem in problems:
        found.setdefault(f"{problem['code']}:{problem['field']}", []).append(problem)
    return found


def _new_group(key: str, problem: Json, labels: Mapping[str, str]) -> Json:
    told = {name: problem[name] for name in TOLD}
    answer, label = problem.get("answer", ""), labels.get(problem["field"], "")
    return {**told, "key": key, "label": label, "answer": answer, "of_row": "of_row" in problem} | {
        "rows": 0,
        "open": 0,
        "values": {},
        "places": [],
    }


def of_the_file(problems: Sequence[Problem], sheet: Sheet) -> list[Json]:
    """The problems of no row, as groups without rows."""
    labels = labels_of(sheet)
    told = [
        {name: getattr(p, name) or "" for name in ("code", "field", "severity", "message", "remedy")} for p in problems
    ]
    return [_new_group(f"{problem['code']}:{problem['field']}", problem, labels) for problem in told]


def labels_of(sheet: Sheet) -> dict[str, str]:
    """What people call each field."""
    return {field.name: field.label for field in sheet.fields}


def numbers_of(sheet: Sheet) -> set[str]:
    """The fields that hold numbers of somebody."""
    return {field.name for field in sheet.fields if field.guide.content is Content.DIGITS}


def _count(group: Json, place: int, *, is_open: bool) -> None:
    group["rows"] += 1
    group["open"] += is_open
    if len(group["places"]) < MOST_PLACES:
        group["places"].append(place)


def _count_value(group: Json, problem: Json) -> None:
    written, values = problem["written"], group["values"]
    if not written or quoted(written) != written or (written not in values and len(values) >= MOST_VALUES):
        return
    told = values.setdefault(written, {"rows": 0, "choices": problem.get("choices", [])})
    told["rows"] += 1


_REWRITE = "请在这里改成您要的内容，或者采用这条整理规则"
