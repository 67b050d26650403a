"""What views read of a request."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from dangwu.foundation.actors import Actor


def actor_of(request: HttpRequest) -> Actor:
    """Who is asking. Raises PermissionDenied for somebody unknown: such a page is for those who have signed in."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        raise PermissionDenied
    return actor
