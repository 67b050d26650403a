"""One row for a page: what is outside somebody's scope is not there."""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404

M = TypeVar("M", bound=Model)


def fetch_or_404(rows: QuerySet[M], pk: int) -> M:
    """The row with this key among those that whoever asks may see, usually `Model.objects.within(scope)`."""
    return get_object_or_404(rows, pk=pk)
