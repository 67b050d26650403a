"""The querysets of the house: what a model's rows are decides which of them it has."""

from datetime import date
from typing import Self, TypeVar

from django.db import models

from dangwu.foundation.history import as_of, during
from dangwu.foundation.scope import ScopedQuerySet
from dangwu.foundation.tracking import TrackedQuerySet
from dangwu.kernel.span import Span

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class TrackedRows(TrackedQuerySet[M_co]):
    """Rows whose changes are told."""


class ScopedRows(ScopedQuerySet[M_co], TrackedQuerySet[M_co]):
    """Rows that belong to organisations, and whose changes are told."""


class _Dated(models.QuerySet[M_co]):
    def as_of(self, day: date) -> Self:
        """Those that hold on a day."""
        return self.filter(as_of(day))

    def during(self, span: Span) -> Self:
        """Those that hold on some day of a span."""
        return self.filter(during(span))


class DatedRows(_Dated[M_co], TrackedQuerySet[M_co]):
    """Rows that hold over spans of days."""


class ScopedDatedRows(_Dated[M_co], ScopedQuerySet[M_co], TrackedQuerySet[M_co]):
    """Rows that belong to organisations, and hold over spans of days."""
