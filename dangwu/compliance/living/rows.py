"""Rows of whole units: judging is done for nobody in particular, and what comes of it is read within a scope."""

from typing import TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


def every(model: type[M]) -> QuerySet[M]:
    """All rows of a scoped model. For judging and marking alone."""
    rows: QuerySet[M] = model._default_manager.unscoped("a unit is judged as a whole, whoever changed it")  # type: ignore[attr-defined] # noqa: SLF001 - scoped ones have it
    return rows
