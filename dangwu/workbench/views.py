"""Handing workbooks in, and what is done with a check as a whole."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from dangwu.compliance.intake import HandedIn
from dangwu.compliance.policies import may_open
from dangwu.compliance.queries import checks_for
from dangwu.compliance.services.checking import discard_check, open_check
from dangwu.compliance.services.packs import packs
from dangwu.compliance.tasks import perform
from dangwu.foundation.pages.forms import ConfirmForm
from dangwu.foundation.requests import actor_of
from dangwu.foundation.submissions import once
from dangwu.workbench.demo_set import LAST_DAY, demo_workbooks
from dangwu.workbench.forms import HandInForm
from dangwu.workbench.queries import headline, recent_checks
from dangwu.workbench.uploads import put_aside

YEAR = 365 * 24 * 3600  # seconds


@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: HttpRequest) -> HttpResponseBase:
    if not may_open(by=actor_of(request), today=timezone.localdate()):
        raise Http404
    form = HandInForm(
        request.POST or None, request.FILES or None, packs=list(packs().items()), today=timezone.localdate()
    )
    if request.method == "POST" and form.is_valid():
        with put_aside(form.sent()) as workbooks:
            return _start(request, workbooks, form.cleaned_data)
    context = {"here": "checks", "form": form, "demonstration": ConfirmForm()}
    return render(request, "workbench/hand_in.html", context | {"recent": recent_checks(actor_of(request))})


@once
def _start(request: HttpRequest, workbooks: list[HandedIn], given: Mapping[str, Any]) -> HttpResponseBase:
    """Open a check, once the files are at hand: nobody waits for them to come."""
    check = open_check(
        by=actor_of(request),
        workbooks=workbooks,
        on=given["on"],
        since=given["since"],
        packs=given["packs"],
        today=timezone.localdate(),
    )
    perform.enqueue(check.pk)
    return redirect("check", check.pk)


@require_POST
def try_demo(request: HttpRequest) -> HttpResponseBase:
    given = {"on": LAST_DAY, "since": LAST_DAY.replace(month=1, day=1), "packs": list(packs())}
    return _start(request, demo_workbooks(), given)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def delete(request: HttpRequest, pk: int) -> HttpResponseBase:
    check = get_object_or_404(checks_for(actor_of(request)), pk=pk)
    if request.method == "POST":
        discard_check(by=actor_of(request), check=check)
        return redirect("checks")
    context = {"here": "checks", "check": check, "sentence": headline(check), "form": ConfirmForm()}
    return render(request, "workbench/delete.html", context)


@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Keep light or dark in a cookie, so that the page comes as wished without a script."""
    back = request.POST.get("next", "")
    response = HttpResponseRedirect(back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "/")
    chosen = request.POST.get("appearance")
    if chosen in {"light", "dark"}:
        response.set_cookie(
            "appearance", chosen, YEAR, secure=settings.CSRF_COOKIE_SECURE, httponly=True, samesite="Lax"
        )
    else:
        response.delete_cookie("appearance")
    return response
