"""The figures as a workbook."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.http import FileResponse

from dangwu.foundation.audit.checkpoints import audit_footer
from dangwu.foundation.pages.columns import Column
from dangwu.foundation.pages.workbook import Sheet, workbook_answer
from dangwu.insights.telling import Heading, Told
from dangwu.insights.wording import NOTHING, drawn, worded
from dangwu.workbench.figures.choosing import Chosen


class Row(NamedTuple):
    """A line of the workbook."""

    heading: str
    told: Told

    def number(self, *, before: bool) -> object:
        """The number as a number; in words where it is rough or a share."""
        figure, value = self.told.figure, self.told.before if before else self.told.value
        if figure.confidential or value.of is not None:
            words = worded(figure, value)
            return None if words == NOTHING else words
        return drawn(value)


def sheet_of(headings: Sequence[Heading], chosen: Chosen, *, by: str, on: date) -> FileResponse:
    """All figures, a row each, with those of a year before."""
    rows = [Row(heading.title, told) for heading in headings for told in heading.figures]
    return workbook_answer(
        Sheet(
            title=f"数读：{chosen.standing.called}，{chosen.days.called}",
            noun="项数字",
            chosen=[],
            columns=[
                Column("heading", "类别"),
                Column("title", "项目", value=lambda row: row.told.figure.title, width=28),
                Column("number", chosen.days.name, value=lambda row: row.number(before=False), width=24),
                Column("unit", "单位", value=lambda row: row.told.figure.unit),
                Column("before", chosen.days.before_name, value=lambda row: row.number(before=True)),
                Column("sentence", "表述", value=lambda row: row.told.sentence, width=60),
            ],
            rows=rows,
            total=len(rows),
            by=by,
            on=on,
            checkpoint=audit_footer(),
        )
    )
