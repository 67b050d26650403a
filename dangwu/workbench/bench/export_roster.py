"""Exporting a large roster, against writing the very same cells with nothing in between."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from dangwu.foundation.sheets.reading import read_table
from dangwu.foundation.sheets.shapes import Cell, Sheet
from dangwu.foundation.sheets.writing import OPTIONS, cell_of, chosen, write_table
from dangwu.members.columns import roster_sheet
from dangwu.workbench.bench.measuring import Measured, Tell, apart, require_same, timed
from dangwu.workbench.bench.read_roster import MEMBERS, ROUNDS, write_roster
from dangwu.workbench.demo.world import TODAY

MOST_TIMES, MOST_MEMORY = 3, 150
DIFFERENT, BRANCHES = 500, 20  # people, who come again and again
# with the 21 columns of the roster these make 25
AGAIN = ("name", "organisation", "identity_number", "joined_on")

Row = Mapping[str, Any]


def measure(tell: Tell) -> list[Measured]:
    """The time, as a multiple of the bare writing, and the memory at its peak."""
    with TemporaryDirectory(prefix="dangwu-bench-") as folder:
        path = Path(folder) / "roster.xlsx"
        write_roster(path, members=DIFFERENT, branches=BRANCHES)
        tell(f"正在导出 {MEMBERS:,} 行、25 列的名册")
        runs = [
            (apart("export_roster", "bare", path, MEMBERS), apart("export_roster", "whole", path, MEMBERS))
            for _ in range(ROUNDS)
        ]
    for bare_run, whole_run in runs:
        require_same("写出的单元格", whole_run["cells"], bare_run["cells"])
    bare = min(run["seconds"] for run, _ in runs)
    whole = min(run["seconds"] for _, run in runs)
    peak = max(run["peak"] for _, run in runs)
    return [
        Measured("按名册的栏目导出", whole, "秒", MOST_TIMES, bare),
        Measured("导出名册的内存峰值", peak, "MiB", MOST_MEMORY),
    ]


def _names(sheet: Sheet) -> list[str]:
    return [*(field.name for field in sheet.fields), *AGAIN]


def _whole(sheet: Sheet, rows: Iterable[Row], file: Path) -> None:
    write_table(sheet, rows, file, names=_names(sheet))


def _bare(sheet: Sheet, rows: Iterable[Row], file: Path) -> None:
    """No titles, looks or filters; the cells are made beforehand, once for each different row."""
    fields = chosen(sheet, _names(sheet))
    made: dict[int, list[tuple[int, Cell]]] = {}
    with Workbook(file, OPTIONS) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, [field.label for field in fields])
        for number, row in enumerate(rows, start=1):
            if id(row) not in made:
                cells = [cell_of(field, row[field.name]) for field in fields]
                made[id(row)] = [(place, cell) for place, cell in enumerate(cells) if cell is not None]
            for place, cell in made[id(row)]:
                if isinstance(cell, str):
                    page.write_string(number, place, cell)
                elif isinstance(cell, date):
                    page.write_datetime(number, place, cell)
                else:
                    page.write_number(number, place, cell)


WAYS: dict[str, Callable[[Sheet, Iterable[Row], Path], None]] = {"bare": _bare, "whole": _whole}


def measure_here(way: str, path: str, members: str) -> dict[str, Any]:
    """Seconds, MiB at the peak of this process, and the number of cells that were written."""
    import resource  # noqa: PLC0415, only POSIX has it

    sheet, file = roster_sheet(TODAY), Path(path).with_name(f"{way}.xlsx")
    rows = islice(cycle([row.values for row in read_table(Path(path), sheet).rows]), int(members))
    seconds, _ = timed(lambda: WAYS[way](sheet, rows, file))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    return {"seconds": seconds, "peak": peak, "cells": sum(cell != "" for line in lines for cell in line)}
