"""Who looks at a page."""

from django.http import HttpRequest

from dangwu.foundation.actors import Actor, CommandLine

NOBODY_KNOWN = CommandLine("site")
"""In whose name visitors check who have not signed in. It goes as soon as every page asks for the sign-in."""


def actor_of(request: HttpRequest) -> Actor:
    """Whoever has signed in, else the one that stands in for everybody."""
    return getattr(request, "actor", None) or NOBODY_KNOWN
