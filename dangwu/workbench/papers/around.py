"""What the pages of ledgers have in common."""

from datetime import date

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header

from dangwu.workbench.papers.offered import CONTENT_TYPES

HERE = "ledgers"
TITLE = "台账和手册"
FIRST_YEAR = 2000
YEARS_OFFERED = 6


def address_of(organisation: int) -> str:
    """The page of an organisation's ledgers."""
    return reverse("organisation-ledgers", args=[organisation])


def years_offered(today: date) -> range:
    """The years to choose from, the latest first."""
    return range(today.year, today.year - YEARS_OFFERED, -1)


def download(content: bytes, name: str, suffix: str) -> HttpResponse:
    """A file under its name."""
    disposition = content_disposition_header(as_attachment=True, filename=name) or ""
    return HttpResponse(
        content,
        content_type=CONTENT_TYPES[suffix],
        headers={"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"},
    )
