"""The matrix as a workbook."""

from collections.abc import Callable, Sequence
from datetime import date

from django.http import FileResponse

from dangwu.compliance.documents import wording
from dangwu.compliance.living.matrix import Figures, Line, Matrix
from dangwu.foundation.audit.checkpoints import audit_footer
from dangwu.foundation.pages.columns import Column
from dangwu.foundation.pages.workbook import Sheet, workbook_answer


def five(figures: Figures) -> list[tuple[str, str]]:
    """The five figures with their names, as a report tells them."""
    return wording.Figures(*figures).told()


def answer(found: Matrix, *, chosen: Sequence[str], by: str, on: date) -> FileResponse:
    """All branches of the matrix, a row each."""
    sheet = Sheet(
        title=f"{found.year}年组织生活完成情况",
        noun="个党支部",
        chosen=[found.sentence, *chosen],
        columns=[*_leading(), *_duties(found)],
        rows=found.lines,
        total=len(found.lines),
        by=by,
        on=on,
        checkpoint=audit_footer(),
    )
    return workbook_answer(sheet)


def _leading() -> list[Column]:
    return [
        Column("place", "党组织", value=lambda line: line.place.name, width=28),
        Column("kind", "类别", value=lambda line: line.place.kind_name),
        Column("status", "情况", value=lambda line: line.status.label),
        *(Column(f"figure{place}", name, value=_figure(place)) for place, (name, _) in enumerate(five(Figures()))),
    ]


def _figure(place: int) -> Callable[[Line], str]:
    return lambda line: five(line.figures)[place][1]


def _duties(found: Matrix) -> list[Column]:
    return [Column(duty.rule, duty.title, value=_cell(place), width=14) for place, duty in enumerate(found.duties)]


def _cell(place: int) -> Callable[[Line], str]:
    def told(line: Line) -> str:
        return " ".join(wording.cell_text(line.cells[place]))

    return told
