"""Rows of whole units: judging is done for nobody in particular, and what comes of it is read within a scope."""

from datetime import date
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)


def every(model: type[M]) -> QuerySet[M]:
    """All rows of a scoped model. For judging and marking alone."""
    rows: QuerySet[M] = model._default_manager.unscoped("a unit is judged as a whole, whoever changed it")  # type: ignore[attr-defined] # noqa: SLF001 - scoped ones have it
    return rows


def in_year(year: int, day: date) -> Q:
    """What of states belongs to a year: what begins in it, and what always holds to that of the day."""
    begun = Q(begins__gte=date(year, 1, 1), begins__lte=date(year, 12, 31))
    return begun | Q(period="") if year == day.year else begun
