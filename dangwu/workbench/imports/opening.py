"""What a workbook is, before anybody says so: of which kind, by its heads, and how long."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from dangwu.foundation.imports.kinds import Kind
from dangwu.foundation.sheets.finding import find_tables
from dangwu.foundation.sheets.opening import Workbook, open_workbook
from dangwu.foundation.sheets.shapes import UnreadableWorkbookError
from dangwu.workbench.imports.kinds import KINDS


class Looked(NamedTuple):
    """The kind whose columns a workbook has most of, None where it is of none, and how many lines its sheets have."""

    kind: Kind | None
    rows: int


def look_into(path: Path, on: date) -> Looked:
    """Open a workbook. Raises UnreadableWorkbookError."""
    workbook = open_workbook(path)
    likely = max(_likely(workbook, on), default=None)
    return Looked(KINDS[likely[1]] if likely else None, sum(len(raw.rows) for raw in workbook.sheets))


def _likely(workbook: Workbook, on: date) -> Iterator[tuple[int, str]]:
    """How many fields of each kind a workbook has."""
    for name, kind in KINDS.items():
        try:
            tables = find_tables(workbook, kind.sheet(on))
        except UnreadableWorkbookError:
            continue
        yield max(len(table.fields) for table in tables), name
