"""Fetching a person is authorising: who is not in the scope is not there."""

from typing import Any

from django.http import Http404

from dangwu.foundation.history import Dated
from dangwu.foundation.scope import Scope
from dangwu.members.held import LINES
from dangwu.members.models import CorrectionRequest, Person
from dangwu.members.queries import person_in, rows_of

ROWS: dict[str, Any] = {str(model._meta.model_name): model for model in LINES}  # noqa: SLF001 - Django's own way
"""The dated rows of people by the word that addresses them."""


def person_or_404(scope: Scope, pk: int) -> Person:
    """Somebody of the scope. Raises Http404."""
    person = person_in(scope, pk)
    if person is None:
        raise Http404
    return person


def row_or_404(person: Person, word: str, pk: int) -> Dated:
    """A dated row of somebody. Raises Http404."""
    model = ROWS.get(word)
    row = rows_of(person, model).filter(pk=pk).first() if model else None
    if row is None:
        raise Http404
    row.person = person
    return row  # type: ignore[no-any-return] # a dated row


def request_or_404(scope: Scope, pk: int) -> CorrectionRequest:
    """A correction that somebody of the scope asked for. Raises Http404."""
    rows = CorrectionRequest.objects.within(scope).select_related("person", "asked_by", "answered_by")
    request = rows.filter(pk=pk).first()
    if request is None:
        raise Http404
    return request
