"""Reading checks: for whom comes first."""

from django.db.models import QuerySet

from dangwu.compliance.models import Check
from dangwu.foundation.actors import Actor


def checks_for(actor: Actor) -> QuerySet[Check]:
    """The actor's own checks with their units, newest first."""
    return Check.objects.filter(opened_by=actor.key).select_related("unit")
