"""Bringing workbooks in as the clinic does, without a browser: staged, written, taken back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from dangwu.foundation.actors import Actor, CommandLine
from dangwu.foundation.imports.decisions import Decisions
from dangwu.foundation.imports.kinds import Into, Kind, Task
from dangwu.foundation.imports.models import Batch
from dangwu.foundation.imports.services.batches import keep_staging, open_batch, undo_batch, write_batch
from dangwu.foundation.imports.staging import Staging, stage
from dangwu.foundation.undo.journals import TakenBack

NOW = datetime(2026, 6, 30, 8, tzinfo=UTC)
BY = CommandLine("test")


def workbook(path: Path, rows: Sequence[dict[str, Any]], title: str = "") -> Path:
    """A workbook with a head and rows; what a row does not tell is empty."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    heads = list(dict.fromkeys(head for row in rows for head in row))
    if title:
        sheet.append([title])
    for line in (heads, *([row.get(head) for head in heads] for row in rows)):
        sheet.append(line)
    book.save(path)
    return path


@dataclass
class Clinic:
    """One kind of workbook, brought in by somebody into a part of the tree."""

    kind: Kind
    on: date
    under: int | None = None
    place: str = ""
    by: Actor = BY
    decisions: Decisions = field(default_factory=Decisions)

    def stage(self, path: Path) -> Staging:
        """What the file would do."""
        return stage(self.kind, Task(self.by, self.on, self.under, self.decisions), path)

    def write(self, path: Path, staging: Staging | None = None) -> Batch:
        """Bring the file in, as it was staged now or earlier."""
        return self.written(self.open(path, staging or self.stage(path)))

    def open(self, path: Path, staging: Staging) -> Batch:
        """A batch that waits to be written."""
        into = Into(self.under, self.place, self.on)
        batch = open_batch(by=self.by, kind=self.kind, path=path, file=path.name, into=into, now=NOW, on=self.on)
        keep_staging(batch, self.kind, staging)
        return batch

    def written(self, batch: Batch) -> Batch:
        """Bring in what was staged."""
        return write_batch(by=self.by, batch=batch, kind=self.kind, now=NOW, on=self.on)

    def undo(self, batch: Batch, *, leaving: bool = False) -> TakenBack:
        """Take it back, leaving what was built on."""
        return undo_batch(by=self.by, batch=batch, kind=self.kind, now=NOW, on=self.on, leaving=leaving)


def states(staging: Staging) -> list[str]:
    """What becomes of each row."""
    return [row.state.value for row in staging.rows]


def codes(staging: Staging) -> list[str]:
    """What is wrong with the rows."""
    return [problem["code"] for row in staging.rows for problem in row.content["problems"]]
