"""What of the index lies in a scope: entries whose place is an organisation that stands there on its day."""

from django.db.models import Q

from dangwu.foundation.scope import Scope
from dangwu.foundation.search.sources import Reach
from dangwu.organisations.models import standing_in

FEW = 100
"""Up to so many organisations, entries are looked up by where they lie; those of more are walked through."""


def reach_of(scope: Scope) -> Reach:
    """The entries of the organisations in a scope."""
    if scope.is_nothing:
        return Reach(Q(pk__in=()))
    places = standing_in(scope)
    few = () if scope.everywhere else tuple(places[: FEW + 1])
    return Reach(Q(anchor__in=few), few) if 0 < len(few) <= FEW else Reach(Q(anchor__in=places))
