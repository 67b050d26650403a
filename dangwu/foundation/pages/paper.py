"""A list as a PDF: what its print shows, in a file."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from dangwu.foundation.documents import pdf
from dangwu.foundation.documents.paper import Layout

if TYPE_CHECKING:
    from dangwu.foundation.pages.columns import Cell
    from dangwu.foundation.pages.listing import Listing

UPRIGHT_LETTERS = 95  # widths of columns that fit on an upright A4
WIDER = {"a4": 1, "a3": 1.4}


def pdf_answer(listing: "Listing", *, by: str) -> HttpResponse:
    """The list as a download, in the name of whoever takes it away."""
    name = listing.sheet(by=by).named(".pdf")
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or ""}
    return HttpResponse(pdf_bytes(listing, by=by), content_type="application/pdf", headers=headers)


def pdf_bytes(listing: "Listing", *, by: str) -> bytes:
    """The rows of the print, under a line that says of what and of how many they are."""
    columns = listing.shown_columns
    widths = [column.width for column in columns]
    data = {
        "head_line": listing.sheet(by=by).head_line,
        "heads": [column.title for column in columns],
        "widths": widths,
        "lines": [[_told(cell) for cell in line] for line in listing.lines()],
        "numbers": [place for place, column in enumerate(columns) if column.number],
        "rest": _rest(listing),
    }
    layout = Layout(listing.paper_size, landscape=_lies(listing.paper_size, widths), tagged=False)
    form, day = pdf.FORMS / "listing.typ", timezone.localdate()
    return pdf.compile(form, data, title=listing.title, day=day, checkpoint=listing.checkpoint, layout=layout)


def _told(cell: "Cell") -> str:
    return "\n".join(_lines(cell))


def _lines(cell: "Cell") -> Iterator[str]:
    mark = cell.tag.mark if cell.tag else ""
    yield f"{mark} {cell.text}" if mark else cell.text
    if cell.note:
        yield cell.note


def _rest(listing: "Listing") -> str:
    page = listing.page()
    end, noun = page.end_index(), listing.noun
    return f"纸面列出前 {end} {noun}，其余请导出 Excel 或者缩小范围。" if page.has_next() else ""


def _lies(size: str, widths: Sequence[int]) -> bool:
    return sum(widths) > UPRIGHT_LETTERS * WIDER[size]
