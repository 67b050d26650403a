"""Rosters for tests: a file out of a few rows, staged and written as whoever is at the machine would."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dangwu.foundation.imports.kinds import Kind
from dangwu.foundation.imports.models import Batch
from dangwu.foundation.imports.staging import Staging
from dangwu.foundation.sheets.identity import check_digit
from dangwu.foundation.sheets.shapes import Cell
from dangwu.members.imports.roster import Roster
from tests import importing

DAY = date(2026, 11, 2)
OFFICE = "办公室党支部"
Told = Mapping[str, Cell]


def number(birth: str = "19800101", sequence: str = "123") -> str:
    """A valid identity number of nobody."""
    seventeen = f"990101{birth}{sequence}"
    return seventeen + check_digit(seventeen)


def person(name: str, branch: str = OFFICE, **more: Cell) -> dict[str, Cell]:
    """A row of a roster."""
    return {"姓名": name, "党支部": branch, "人员类别": "正式党员", **more}


@dataclass
class Clinic(importing.Clinic):
    """Rosters, told row by row."""

    kind: Kind = Roster()  # noqa: RUF009 - it has no state
    on: date = DAY
    folder: Path = Path()

    def stages(self, *rows: Told) -> Staging:
        """What these rows would do."""
        return self.stage(self._file(rows))

    def states(self, *rows: Told) -> list[str]:
        """What becomes of each row."""
        return [row.state.value for row in self.stages(*rows).rows]

    def codes(self, *rows: Told) -> list[str]:
        """What is doubted or wrong, row by row."""
        problems = [problem for row in self.stages(*rows).rows for problem in row.problems]
        return [problem["code"] for problem in problems if problem["severity"] != "warning"]

    def opens(self, *rows: Told) -> Batch:
        """A batch that waits to be written."""
        path = self._file(rows)
        return self.open(path, self.stage(path))

    def writes(self, *rows: Told) -> Batch:
        """Bring these rows in."""
        return self.written(self.opens(*rows))

    def _file(self, rows: Sequence[Told]) -> Path:
        return importing.workbook(self.folder / "名册.xlsx", [dict(row) for row in rows])


def differences(staging: Staging) -> Sequence[Sequence[str]]:
    """What the first row would change."""
    told: Sequence[Sequence[str]] = staging.rows[0].content["differences"]
    return told
