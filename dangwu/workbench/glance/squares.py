"""The cells of a matrix as HTML. There are thousands of them and few different ones, so each is written once."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from dangwu.compliance.documents.wording import cell_text
from dangwu.compliance.report import Cell, Duty, Status

Address = Callable[[int], str]
NONE = '<td class="square standing-not_asked" role="cell"><span class="shape">—</span></td>'


def squares(cells: Sequence[Cell], duties: Sequence[Duty], address: str, firsts: Sequence[bool]) -> SafeString:
    """The cells of a line. `address` leads to the reasons; of each duty they stand under its own name there."""
    told = zip(cells, duties, firsts, strict=True)
    parts = (_square(cell, duty.rule, duty.title, first).replace("@", address, 1) for cell, duty, first in told)
    return mark_safe("".join(parts))  # noqa: S308 - every text in it was escaped


@lru_cache(maxsize=20_000)
def _square(cell: Cell, rule: str, title: str, first: bool) -> str:  # noqa: FBT001 - the key of a cache
    if cell.status == Status.NOT_ASKED:
        return NONE.replace('role="cell"', 'role="cell" data-first', 1) if first else NONE
    mark = " data-first" if first else ""
    return (
        f'<td class="square standing-{cell.status}" role="cell"{mark}>'
        f'<a href="@#{escape(rule)}"><span class="shape" aria-hidden="true">{cell.status.mark}</span> '
        f'<span class="word">{cell.status.label}</span> <span class="square-duty">{escape(title)}</span> '
        f'<span class="amount">{escape("，".join(cell_text(cell)[1:]))}</span></a></td>'
    )


def firsts(duties: Sequence[Duty]) -> list[bool]:
    """Where the duties of another document begin."""
    before = ["", *[duty.document for duty in duties]]
    return [duty.document != earlier for duty, earlier in zip(duties, before, strict=False)]


def duties_address(organisation: int, year: int, today_year: int) -> str:
    """Where the reasons stand for an organisation."""
    url = reverse("branch", args=[organisation])
    return url if year == today_year else f"{url}?year={year}"
