"""The year in numbers as a sheet for the wall: A3, upright."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from dangwu.foundation.documents import pdf
from dangwu.foundation.documents.paper import Layout
from dangwu.insights.spans import Days
from dangwu.insights.telling import Heading, Told
from dangwu.insights.wording import NOTHING
from dangwu.organisations.models import Standing

FORM = Path(__file__).parent / "poster.typ"


def poster(headings: Sequence[Heading], standing: Standing, days: Days, *, today: date, checkpoint: str) -> bytes:
    """The figures that came to anything, those that are headlines large."""
    shown = [told for heading in headings for told in heading.figures if _is_something(told)]
    groups = [
        {
            "title": heading.title,
            "figures": [_cell(told) for told in heading.figures if told in shown and not told.figure.headline],
        }
        for heading in headings
    ]
    data = {
        "organisation": standing.name,
        "year": str(days.span.start.year),
        "days": days.called,
        "before": days.before_name,
        "headlines": [_cell(told) for told in shown if told.figure.headline],
        "groups": [group for group in groups if group["figures"]],
    }
    title = f"{standing.name}数读，{days.called}"
    return pdf.compile(FORM, data, title=title, day=today, checkpoint=checkpoint, layout=Layout("a3"))


def _is_something(told: Told) -> bool:
    return bool(told.value.number)


def _cell(told: Told) -> dict[str, str]:
    before = told.number_before
    return {
        "title": told.figure.title,
        "number": told.number,
        "unit": told.unit,
        "before": "" if before == NOTHING else before,
    }
