"""What of the index lies in a scope: entries whose place is an organisation that stands there on its day."""

from dangwu.foundation.scope import Scope
from dangwu.foundation.search.queries import Reach
from dangwu.organisations.models import Organisation, standing_in


def reach_of(scope: Scope) -> Reach:
    """The entries of the organisations in a scope. Where that is everything, it is told who is left out."""
    if not scope.everywhere:
        return Reach(frozenset(standing_in(scope)))
    every = Organisation.objects.unscoped("whoever does not stand there is left out").filter(unit__is_trial=False)
    return Reach(gone=frozenset(every.exclude(pk__in=standing_in(scope)).values_list("pk", flat=True)))
