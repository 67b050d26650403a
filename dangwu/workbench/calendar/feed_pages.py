"""The feed and its secret address: made, shown once, renewed, ended."""

from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dangwu.access.queries import account_behind, feed_of
from dangwu.access.requests import ActingRequest, once
from dangwu.access.scoping import AccountActor
from dangwu.access.secrecy import cipher
from dangwu.access.services.feeds import end_feed, renew_feed
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.pages.shell import Crumb, tell, warn
from dangwu.workbench.calendar.feeds import span_of, written
from dangwu.workbench.calendar.gathering import Sight
from dangwu.workbench.calendar.pages import HERE

PLACE = "calendar_feed"
PURPOSE = "calendar feeds to be shown once"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@once
def feed(request: ActingRequest) -> HttpResponseBase:
    """Whether there is a feed; after it was made its address, this once."""
    account, today = request.actor.account, request.actor.today
    if request.method == "POST":
        renew = partial(renew_feed, by=request.actor, account=account, on=today)
        try:
            request.session[PLACE] = cipher(PURPOSE).encrypt(renew().encode()).decode()
        except ObjectionError as objection:
            warn(request, objection.message)
        return redirect("calendar-feed")
    context = {
        "here": HERE,
        "heading": "订阅日历",
        "crumbs": [Crumb("日历", reverse("calendar")), Crumb("订阅")],
        "feed": feed_of(account),
        "address": _address(request),
        "refused": request.actor.needs_second_factor,
    }
    return render(request, "workbench/calendar/feed.html", context)


def _address(request: ActingRequest) -> str:
    """The address that was made just now."""
    sealed = request.session.pop(PLACE, None)
    if sealed is None:
        return ""
    secret = cipher(PURPOSE).decrypt(sealed.encode()).decode()
    return request.build_absolute_uri(reverse("calendar-ics", args=[secret]))


@require_POST
@once
def end(request: ActingRequest) -> HttpResponseBase:
    """Void the address."""
    try:
        end_feed(by=request.actor, account=request.actor.account)
    except ObjectionError as objection:
        warn(request, objection.message)
    else:
        tell(request, "已停用，原来的地址不再有内容。")
    return redirect("calendar-feed")


@login_not_required
@require_safe
def ics(request: HttpRequest, secret: str) -> HttpResponse:
    """What the account behind an address may see at this moment. Raises Http404."""
    account, now = account_behind(secret), timezone.now()
    if account is None:
        raise Http404
    actor = AccountActor(account, timezone.localdate(now))
    if actor.needs_second_factor:
        raise Http404
    entries = Sight(actor, span_of(actor.today)).entries()
    told = written(entries, site=request.build_absolute_uri("/").rstrip("/"), now=now)
    answer = HttpResponse(told, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="dangwu.ics"'
    answer["Cache-Control"] = "private, no-store"
    return answer
