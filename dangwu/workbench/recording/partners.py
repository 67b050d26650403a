"""Finding organisations that hold something together with one's own: they may stand anywhere."""

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_safe

from dangwu.foundation.pages.finding import Found, answers, asked
from dangwu.foundation.pages.shell import AsOf
from dangwu.foundation.requests import actor_of
from dangwu.foundation.scope import Scope
from dangwu.organisations.trees import found_for
from dangwu.records.policies import KEEP

FEWEST = 2
"""Characters that must be typed: nobody pages through all organisations this way."""


def found_partners(text: str) -> list[Found]:
    """Organisations that bear such a name today, wherever they stand: their names are no secret, all else is."""
    if len(text.strip()) < FEWEST:
        return []
    today = timezone.localdate()
    found = found_for(Scope.everything(today), text, AsOf.of(QueryDict(), today=today))
    return [Found(each.title, "", each.note, each.key) for each in found]


@require_safe
def partners_found(request: HttpRequest) -> HttpResponse:
    """Answers to the box. Raises Http404 for whoever records nothing anywhere."""
    if actor_of(request).scope(KEEP, timezone.localdate()).is_nothing:
        raise Http404
    return answers(found_partners(asked(request)), request)
