"""The file of a batch on its way back to its owner, with what is wrong at its cells."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from dangwu.foundation.imports import keeping
from dangwu.foundation.imports.models import Batch, StagedRow
from dangwu.foundation.imports.queries import content_of, rows_of
from dangwu.foundation.imports.services.batches import task_of
from dangwu.foundation.sheets.handing_back import hand_back
from dangwu.foundation.sheets.shapes import Problem, Reading, Severity
from dangwu.workbench.imports.kinds import KINDS
from dangwu.workbench.imports.tasks import opener_of


def marked_file(batch: Batch, *, only_rows: bool) -> bytes:
    """The workbook as .xlsx, its problems marked; with `only_rows` without the lines that have none."""
    with keeping.opened_file(batch) as path:
        readings = _readings(batch, path) if only_rows else []
        return hand_back(path, problems_of(batch, only_waiting=only_rows), readings=readings, only_rows=only_rows)


def _readings(batch: Batch, path: Path) -> list[Reading]:
    kind, task = KINDS[batch.kind], task_of(opener_of(batch), batch, KINDS[batch.kind])
    amended = replace(task.decisions.amendments, recall=task.recall)
    return [table.reading for table in kind.read(path, on=batch.on, amended=amended, progress=None)]


def problems_of(batch: Batch, *, only_waiting: bool) -> Iterator[Problem]:
    """What is wrong, row by row; of rows that were not written only, where that is wanted."""
    not_written = {StagedRow.State.ERROR, StagedRow.State.DOUBTFUL, StagedRow.State.SKIPPED}
    for row in rows_of(batch).iterator():
        if only_waiting and row.state not in not_written:
            continue
        for problem in content_of(row)["problems"]:
            yield Problem(
                file=batch.file,
                sheet=row.sheet,
                row=row.number,
                column=problem["column"] or None,
                field=problem["field"] or None,
                code=problem["code"],
                severity=Severity(problem["severity"]),
                message=problem["message"],
                remedy=problem["remedy"],
            )
