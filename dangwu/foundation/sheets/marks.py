"""How a problem is shown in a workbook that is handed back, whatever writes it."""

from dataclasses import dataclass

from dangwu.foundation.sheets.shapes import Severity

LIST_OF_PROBLEMS = "问题清单"
AUTHOR = "表格核对"
HEADS = ("所在工作表", "行", "列", "栏目", "程度", "问题", "处理办法")
WIDTHS = (16, 7, 6, 20, 8, 52, 52)
COLOURS = {Severity.ERROR: "FF9E9E", Severity.DOUBT: "FFC966", Severity.WARNING: "FFF7BF"}
MOST_LINKS = 60_000  # a sheet takes 65,530


@dataclass(frozen=True, slots=True)
class Mark:
    """The colour of a cell, by the gravest of its problems, and the comment that tells all of them."""

    severity: Severity
    text: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list of problems."""

    sheet: str
    row: int | None
    column: str | None
    head: str
    severity: Severity
    word: str
    message: str
    remedy: str

    @property
    def target(self) -> str | None:
        """The cell that the line leads to, as links within a workbook name it."""
        if self.row is None:
            return None
        name = self.sheet.replace("'", "''")
        return f"'{name}'!{self.column or 'A'}{self.row}"

    @property
    def cells(self) -> tuple[str | int | None, ...]:
        """What stands under the heads."""
        return (self.sheet, self.row, self.column, self.head, self.word, self.message, self.remedy)
