"""Requests of whoever is signed in, and views for some of them only."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from allauth.account.decorators import reauthentication_required
from django.http import Http404, HttpRequest, HttpResponseBase

from dangwu.access.models import Account
from dangwu.access.scoping import AccountActor
from dangwu.foundation import submissions

P = ParamSpec("P")
V = TypeVar("V", bound=Callable[..., HttpResponseBase])


class ActingRequest(HttpRequest):
    """A request behind the sign-in: every view but those of the entrance gets one."""

    actor: AccountActor
    user: Account


View = Callable[Concatenate[ActingRequest, P], HttpResponseBase]


def for_duty(*duties: str) -> Callable[[View[P]], View[P]]:
    """Make a view one of these administrators': for anybody else there is no such page."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def answer(request: ActingRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not any(request.actor.holds(duty) for duty in duties):
                raise Http404
            return view(request, *args, **kwargs)

        return answer

    return decorate


def confirmed(view: V) -> V:
    """Make a view ask for the password again where that was long ago."""
    return reauthentication_required(view, app="dangwu.access")  # type: ignore[no-any-return] # allauth has no types


def once(view: View[P]) -> View[P]:
    """Make a view do what a form asks at most once, however often it is sent."""
    return submissions.once(view)  # type: ignore[arg-type] # it is written for any request
