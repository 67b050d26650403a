"""Giving a workbook back to its owner with every problem at its cell, so that it can be corrected and read again.

A workbook comes back as it was: its own looks, formulas, merged and hidden parts, with coloured cells and comments and
a list of problems behind its sheets. Text tables and workbooks of before 2007 come back as a new workbook with the same
lines, and so do very big ones, as the library that keeps all looks takes minutes for them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from dangwu.foundation.sheets.cells import index_of
from dangwu.foundation.sheets.marking import mark
from dangwu.foundation.sheets.marks import LIST_OF_PROBLEMS, Listed, Mark
from dangwu.foundation.sheets.opening import RawSheet, Workbook, open_workbook
from dangwu.foundation.sheets.rebuilding import Page, page_of, page_with, rebuild
from dangwu.foundation.sheets.shapes import Problem, Reading, Severity

Covered = Mapping[tuple[str, int, int], tuple[int, int]]

MOST_CELLS_KEPT = 400_000  # the library that keeps all looks takes 14 seconds and half a gibibyte for so many
_LONGEST_COMMENT = 1_500
_WORDS = {Severity.ERROR: "错误", Severity.DOUBT: "存疑", Severity.WARNING: "提醒"}
_GRAVITY = tuple(_WORDS)


def hand_back(
    path: Path, problems: Iterable[Problem], *, readings: Sequence[Reading] = (), only_rows: bool = False
) -> bytes:
    """The workbook as .xlsx with its problems shown: red errors, amber doubts, yellow warnings, each with a comment.

    `readings` tell the heads of columns. With `only_rows` the lines of their tables that have no problem are left out,
    and so is every sheet without a table; titles and heads stay, so that what is left can be read again.
    Raises UnreadableWorkbookError where the file cannot be read.
    """
    workbook = open_workbook(path)
    placed = _placed(workbook, problems)
    if only_rows:
        pages, moved = _pages_with_problems(workbook, readings, placed)
        return rebuild(workbook, pages, _marks(moved, {}), _listed(moved, readings))
    marks, listed = _marks(placed, _covered(workbook)), _listed(placed, readings)
    if _keeps_its_looks(path, workbook) and (marked := mark(path, workbook, marks, listed)) is not None:
        return marked
    return rebuild(workbook, [page_of(raw) for raw in workbook.sheets if raw.name != LIST_OF_PROBLEMS], marks, listed)


def _keeps_its_looks(path: Path, workbook: Workbook) -> bool:
    cells = sum(len(row) for raw in workbook.sheets for row in raw.rows)
    return path.read_bytes()[:2] == b"PK" and cells <= MOST_CELLS_KEPT


def _placed(workbook: Workbook, problems: Iterable[Problem]) -> list[Problem]:
    """The problems on sheets that there are; a file with one sheet may have borne another name when it was read."""
    names = [raw.name for raw in workbook.sheets]
    return [problem if problem.sheet in names else replace(problem, sheet=names[0]) for problem in problems]


def _covered(workbook: Workbook) -> Covered:
    """For the cells that are merged into one, counted from 1: which of them is seen."""
    return {
        (raw.name, row + 1, column + 1): (block.top + 1, block.left + 1)
        for raw in workbook.sheets
        for block in raw.blocks
        for row in range(block.top, block.bottom + 1)
        for column in range(block.left, block.right + 1)
    }


def _marks(problems: Iterable[Problem], covered: Covered) -> dict[str, dict[tuple[int, int], Mark]]:
    """By sheet and cell (counted from 1) what is wrong there; of a line without a column its first cell tells."""
    at: dict[str, dict[tuple[int, int], list[Problem]]] = defaultdict(lambda: defaultdict(list))
    for problem in problems:
        if problem.row is not None:
            place = (problem.row, index_of(problem.column or "A") + 1)
            at[problem.sheet][covered.get((problem.sheet, *place), place)].append(problem)
    return {sheet: {place: _mark(there) for place, there in cells.items()} for sheet, cells in at.items()}


def _mark(problems: Sequence[Problem]) -> Mark:
    told = dict.fromkeys(f"{_WORDS[problem.severity]}：{problem.message}。\n{problem.remedy}。" for problem in problems)
    return Mark(min((problem.severity for problem in problems), key=_GRAVITY.index), "\n".join(told)[:_LONGEST_COMMENT])


def _listed(problems: Iterable[Problem], readings: Sequence[Reading]) -> list[Listed]:
    heads = {(reading.sheet, column.letter): column.head for reading in readings for column in reading.columns}
    return [
        Listed(
            sheet=problem.sheet,
            row=problem.row,
            column=problem.column,
            head=heads.get((problem.sheet, problem.column or ""), ""),
            severity=problem.severity,
            word=_WORDS[problem.severity],
            message=problem.message,
            remedy=problem.remedy,
        )
        for problem in problems
    ]


def _pages_with_problems(
    workbook: Workbook, readings: Sequence[Reading], problems: Iterable[Problem]
) -> tuple[list[Page], list[Problem]]:
    """The tables with only the lines that have a problem, and the problems with the lines to which they moved."""
    if not readings:
        raise ValueError("which lines are a table's is known from its reading only")
    of_sheet: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        of_sheet[problem.sheet].append(problem)
    sheets: Mapping[str, RawSheet] = {raw.name: raw for raw in workbook.sheets}
    pages, moved = [], []
    for reading in readings:
        raw = sheets.get(reading.sheet, workbook.sheets[0])
        there = of_sheet[raw.name]
        page = page_with(raw, reading, {problem.row for problem in there if problem.row is not None})
        pages.append(page)
        lines = {line: number for number, line in enumerate(page.lines, start=1)}
        moved += [replace(p, row=None if p.row is None else lines[p.row]) for p in there]
    return pages, moved
