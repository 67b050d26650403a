"""What a clerk answers to problems, read from a form and told in words."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.http import QueryDict

from dangwu.foundation.imports.decisions import ACCEPT, EMPTY, NEW, SKIP, Decisions, key_of
from dangwu.foundation.imports.models import Batch, StagedRow
from dangwu.foundation.imports.queries import content_of, rows_of
from dangwu.foundation.imports.staging import numbers_of
from dangwu.foundation.sheets.cells import quoted
from dangwu.workbench.imports.kinds import KINDS
from dangwu.workbench.imports.wording import ANSWERS

Json = dict[str, Any]
Later = dict[str, dict[str, Any]]


class Line(NamedTuple):
    """A row with its problem of a group, ready to be repaired."""

    row: StagedRow
    title: str
    where: str
    problem: Json
    key: str
    answer: str
    text: str
    is_hidden: bool

    @property
    def choices(self) -> Sequence[tuple[str, str]]:
        """What may be meant by the row as a whole."""
        if not self.problem.get("of_row"):
            return ()
        known = [(str(key), name) for key, name in self.problem.get("choices", ())]
        return [*known, *([(NEW, ANSWERS[NEW])] if self.problem.get("or_new") else [])]

    @property
    def answers(self) -> list[tuple[str, str]]:
        """What may be said of the row."""
        answer = self.problem.get("answer", "")
        return [*([(answer, ANSWERS[answer])] if answer else []), *self.choices, (SKIP, "不导入这一行")]


def lines_of(batch: Batch, group: Mapping[str, Any], places: Sequence[int], decisions: Decisions) -> list[Line]:
    """The rows of a group at these places."""
    return [
        _line(batch, row, group, decisions) for row in rows_of(batch).filter(place__in=places) if _problem(row, group)
    ]


def _problem(row: StagedRow, group: Mapping[str, Any]) -> Json | None:
    """The problem of this kind in a row, one that is open before one that is not."""
    problems = [p for p in content_of(row)["problems"] if f"{p['code']}:{p['field']}" == group["key"]]
    return next((p for p in problems if not p.get("answered")), problems[0] if problems else None)


def _line(batch: Batch, row: StagedRow, group: Mapping[str, Any], decisions: Decisions) -> Line:
    content, problem = content_of(row), _problem(row, group) or {}
    written = problem["written"]
    is_hidden = quoted(written) != written or group["field"] in numbers_of(KINDS[batch.kind].sheet(batch.on))
    return Line(
        row=row,
        title=content["title"],
        where=content["where"],
        problem=problem,
        key=f"{row.place}",
        answer=decisions.answer_to(row.sheet, row.number),
        text="" if is_hidden else written,
        is_hidden=is_hidden and bool(written),
    )


# --- what was answered


def of_group(group: Mapping[str, Any], sent: QueryDict) -> Later:
    """One answer for all rows of a group."""
    answer = sent.get("answer", "")
    allowed = {group["answer"], SKIP} - {""}
    return {"groups": {group["key"]: answer}} if answer in allowed else {}


def of_texts(group: Mapping[str, Any], sent: QueryDict) -> Later:
    """What is meant by texts that stand in several cells, or what they are replaced by."""
    meant: dict[str, Any] = {}
    everywhere: dict[str, Any] = {}
    for number, text in enumerate(group["values"], 1):
        if sent.get(f"text-{number}") != text:  # the page is of before
            continue
        key = key_of(group["field"], text)
        chosen = sent.get(f"meant-{number}", "") or sent.get(f"new-{number}_key", "")
        new = sent.get(f"new-{number}", "").strip()
        if chosen.isdecimal():
            meant[key] = int(chosen)
        elif new and new != text:
            everywhere[key] = new
    return _without_nothing({"meant": meant, "everywhere": everywhere})


def of_rows(lines: Sequence[Line], sent: QueryDict) -> Later:
    """What is said of single rows and cells."""
    cells: dict[str, Any] = {}
    rows: dict[str, Any] = {}
    for line in lines:
        row, column = line.row, line.problem["column"]
        new = sent.get(f"cell-{line.key}", "").strip()
        if column and new and new != line.text:
            cells[key_of(row.sheet, row.number, column)] = new
        answer = sent.get(f"row-{line.key}", "")
        if answer in dict(line.answers) and answer != line.answer:
            rows[key_of(row.sheet, row.number)] = answer
    return _without_nothing({"cells": cells, "rows": rows})


def _without_nothing(later: Later) -> Later:
    return {name: given for name, given in later.items() if given}


# --- what was answered, in words


class Told(NamedTuple):
    """A decision in words, and the word by which it is taken back."""

    text: str
    key: str


TAKEN_BACK = ("cells", "everywhere", "meant", "rows", "groups")


def told_decisions(batch: Batch, decisions: Decisions, named: Callable[[int], str]) -> list[Told]:
    """Everything that was answered, in words; `named` tells what an organisation is called."""
    labels = {column["field"]: column["head"].split("/")[-1] for column in batch.columns if column["field"]}
    return [*_of_cells(decisions), *_of_texts(decisions, labels, named), *_of_rows(decisions)]


def _of_cells(decisions: Decisions) -> Iterator[Told]:
    for key, text in decisions.cells.items():
        _sheet, row, letter = json.loads(key)
        yield Told(f"第 {row} 行 {letter} 列改为“{quoted(text)}”", f"cells|{key}")


def _of_texts(decisions: Decisions, labels: Mapping[str, str], named: Callable[[int], str]) -> Iterator[Told]:
    for key, text in decisions.everywhere.items():
        name, old = json.loads(key)
        yield Told(f"{labels.get(name, '')}“{quoted(old)}”都改为“{quoted(text)}”", f"everywhere|{key}")
    for key, meant in decisions.meant.items():
        name, old = json.loads(key)
        yield Told(f"{labels.get(name, '')}“{quoted(old)}”就是“{named(meant)}”", f"meant|{key}")


def _of_rows(decisions: Decisions) -> Iterator[Told]:
    words = {SKIP: "不导入", ACCEPT: "按表中所写", EMPTY: "这一格留空", NEW: "新登记"}
    for key, answer in decisions.rows.items():
        _sheet, row = json.loads(key)
        yield Told(f"第 {row} 行：{words.get(answer, '已选定是哪一位')}", f"rows|{key}")


def taken_back(word: str, decisions: Decisions) -> Later:
    """A decision that is to be undone; nothing where it is not there."""
    name, _, key = word.partition("|")
    return {name: {key: None}} if name in TAKEN_BACK and key in getattr(decisions, name) else {}
