"""Fetching an organisation is authorising: what is not in the scope is not there."""

from django.http import Http404

from dangwu.foundation.scope import Scope
from dangwu.organisations.models import Group, Organisation, Standing
from dangwu.organisations.queries import standings


def standing_or_404(scope: Scope, organisation: int) -> Standing:
    """How an organisation of the scope stood on its day. Raises Http404."""
    standing = standings(scope).filter(organisation=organisation).select_related("parent", "organisation__unit").first()
    if standing is None:
        raise Http404
    return standing


def organisation_or_404(scope: Scope, pk: int) -> Organisation:
    """An organisation that stands in the scope on its day. Raises Http404."""
    return standing_or_404(scope, pk).organisation


def group_or_404(scope: Scope, organisation: int, pk: int) -> Group:
    """A group of an organisation of the scope whose end nobody knows. Raises Http404."""
    row = Group.objects.within(scope).filter(organisation=organisation, pk=pk).first()
    if row is None or not row.is_open:
        raise Http404
    return row
