"""Flaws that show only when a whole row is looked at, put at their place in the user's file."""

from collections.abc import Mapping
from dataclasses import replace

from dangwu.foundation.sheets.shapes import Flaw, Problem, Reading, Row, Severity


class Placed:
    """What was read from a workbook, and the problems found in it: those of single cells and those added later."""

    def __init__(self, reading: Reading) -> None:
        """Begin with the problems of the cells."""
        self.reading = reading
        self.problems = list(reading.problems)
        self._letters = {column.field: column.letter for column in reading.columns if column.field}
        self._faulty = {(problem.row, problem.field) for problem in reading.problems}

    def has_column(self, field: str) -> bool:
        """Whether the workbook has a column for the field."""
        return field in self._letters

    def is_faulty(self, row: Row, field: str) -> bool:
        """Whether the cell had a flaw, so that its value is missing for a reason already told."""
        return (row.number, field) in self._faulty

    def add(self, row: Row | None, field: str, flaw: Flaw) -> None:
        """Note a flaw of a field in a row, or of the whole workbook."""
        self.problems.append(
            Problem(
                file=self.reading.file,
                sheet=self.reading.sheet,
                row=row.number if row else None,
                column=self._letters.get(field),
                field=field,
                code=flaw.code,
                severity=flaw.severity,
                message=flaw.message,
                remedy=flaw.remedy,
            )
        )

    def complete_rows(self, needed: Mapping[str, str]) -> list[Row]:
        """The rows that say what they must, by field and label; of the others it is told what is missing."""
        complete = []
        for row in self.reading.rows:
            missing = [name for name in needed if not row.values.get(name)]
            for name in missing:
                if not self.is_faulty(row, name):
                    remedy = "请补上，或者不导入这一行"
                    self.add(row, name, Flaw(f"{name}.missing", Severity.ERROR, f"没有填写{needed[name]}", remedy))
            if not missing:
                complete.append(row)
        return complete

    def complete(self) -> Reading:
        """The reading with all problems, from top to bottom; those of the whole workbook first."""
        in_order = sorted(self.problems, key=lambda problem: (problem.row or 0, len(problem.column or "")))
        return replace(self.reading, problems=in_order)
