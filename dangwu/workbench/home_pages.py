"""The first page, by what one does here, and the lists behind its figures."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from dangwu.access.requests import ActingRequest, for_duty
from dangwu.access.services.exporting import export_appointments
from dangwu.foundation.pages.columns import Column
from dangwu.foundation.pages.listing import Listing
from dangwu.foundation.pages.parts import EmptyState, Tag
from dangwu.foundation.pages.shell import Crumb
from dangwu.foundation.requests import actor_of
from dangwu.foundation.ticking import TickRun, every_job
from dangwu.members.policies import SEE as SEE_MEMBERS
from dangwu.members.services.telling import export_roster
from dangwu.organisations.policies import SEE as SEE_ORGANISATIONS
from dangwu.organisations.views import day_of
from dangwu.workbench.home_panels import panels
from dangwu.workbench.unprovided import PostsWithoutAccount, posts_without_account
from dangwu.workbench.upcoming import EndingProbations, EndingTerms, ending_probations, ending_terms

HERE = "home"


@require_safe
def home(request: ActingRequest) -> HttpResponse:
    """What waits for whoever is signed in."""
    lead = date_format(request.actor.today, "Y年n月j日 l")
    context = {"here": HERE, "heading": "首页", "lead": lead, "panels": panels(request.actor)}
    return render(request, "workbench/front.html", context)


@require_safe
def terms_ending(request: HttpRequest) -> HttpResponseBase:
    """The terms that end soon where one sees organisations."""
    today = day_of(request).today
    rows = ending_terms(actor_of(request).scope(SEE_ORGANISATIONS, today))
    return EndingTerms(rows, request.GET).answer(request, context=_around("届期将满"))


@require_safe
def probations_ending(request: HttpRequest) -> HttpResponseBase:
    """The probations that end soon where one sees members."""
    actor, today = actor_of(request), day_of(request).today
    rows = ending_probations(actor.scope(SEE_MEMBERS, today))
    exported = partial(export_roster, by=actor, chosen="预备期将满", on=today)
    listing = EndingProbations(rows, request.GET)
    return listing.answer(request, context=_around("预备期将满"), exported=lambda number: exported(rows=number))


@for_duty("security")
@require_safe
def without_account(request: ActingRequest) -> HttpResponseBase:
    """Posts whose holders cannot sign in."""
    rows = posts_without_account(request.actor.today)
    exported = partial(export_appointments, by=request.actor)
    listing = PostsWithoutAccount(rows, request.GET)
    return listing.answer(request, context=_around("任职没有账号"), exported=lambda number: exported(rows=number))


class JobListing(Listing):
    """What the site does by itself."""

    title, noun = "系统", "项"
    columns = (
        Column("title", "任务", value=lambda pair: pair[0].title, sort=("title",), width=30),
        Column("state", "情况", value=lambda pair: _state(pair[1])),
        Column("done_at", "上次完成", value=lambda pair: pair[1] and pair[1].done_at, width=18),
        Column("said", "结果", value=lambda pair: pair[1] and pair[1].said.partition("\n")[0], width=40),
    )
    empty = EmptyState("没有定时任务")


def _state(run: TickRun | None) -> Tag:
    if run is None:
        return Tag("还没有运行", "soon")
    return Tag("没有完成", "warning") if run.is_unfinished else Tag("正常", "good")


@for_duty("system")
@require_safe
def system(request: ActingRequest) -> HttpResponseBase:
    """What the site does by itself, and how that went."""
    kept = {run.job: run for run in TickRun.objects.all()}
    rows = [(each, kept.get(each.name)) for each in every_job()]
    examined = kept.get("doctor")
    context = {"here": "system", "examined": examined, "findings": examined.said.splitlines() if examined else []}
    return JobListing(rows, request.GET).answer(request, "workbench/system.html", context)


def _around(title: str) -> dict[str, object]:
    return {"here": HERE, "crumbs": [Crumb("首页", reverse("home")), Crumb(title)]}
