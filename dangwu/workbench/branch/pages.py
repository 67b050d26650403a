"""The page of an organisation's life: what must we do next, and is what we did in order?"""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from dangwu.access.requests import ActingRequest
from dangwu.compliance.living.duties import duties_of
from dangwu.compliance.models import Judging, Watch
from dangwu.compliance.rulebooks import every_rule
from dangwu.duties.queries import open_duties
from dangwu.foundation.pages.parts import Link
from dangwu.foundation.pages.shell import Crumb
from dangwu.foundation.scope import Scope
from dangwu.kernel.tree_path import TreePath
from dangwu.organisations.fetching import standing_or_404
from dangwu.organisations.models import Standing
from dangwu.records.policies import KEEP, SEE
from dangwu.records.queries import open_activities
from dangwu.workbench.branch.burden import burden_of
from dangwu.workbench.branch.items import summary, told
from dangwu.workbench.glance.pages import HERE
from dangwu.workbench.recording.joint import asked_of
from dangwu.workbench.years import year_asked

SHOWN = 8


@require_safe
def branch(request: ActingRequest, pk: int) -> HttpResponse:
    """Due, missing and why, planned, done. Raises Http404."""
    actor, today = request.actor, request.actor.today
    standing = standing_or_404(actor.scope(SEE, today), pk)
    keeps = actor.scope(KEEP, today).covers(standing.path)
    year = year_asked(request.GET.get("year", ""), today)
    duties = duties_of(standing.organisation, today=today, rulebook=every_rule(), year=year)
    own = Scope((TreePath(standing.path),), today)
    context = {
        "here": HERE,
        "heading": standing.called,
        "lead": summary(duties, "今年" if year == today.year else f"{year}年"),
        "crumbs": [Crumb("组织生活", reverse("overview")), Crumb(standing.called)],
        "actions": _actions(standing, keeps=keeps),
        "standing": standing,
        "missing": told(duties.missing, standing, today, keeps=keeps),
        "due": told(duties.due, standing, today, keeps=keeps),
        "done": told(duties.done, standing, today, keeps=False),
        "waiting": list(asked_of(own, SHOWN)) if keeps else [],
        "planned": open_activities(own).filter(organisation=pk)[:SHOWN],
        "asked": [duty for duty in open_duties(own, today) if duty.organisation == pk][:SHOWN],
        "burden": burden_of(standing.organisation, today),
        "judging": Judging.objects.filter(unit=standing.unit_id).first(),
        "stale": Watch.objects.of(organisation=pk).filter(stale_since__isnull=False).exists(),
    }
    return render(request, "workbench/branch/branch.html", context)


def _actions(standing: Standing, *, keeps: bool) -> list[Link]:
    key = standing.organisation_id
    links = [Link("记录活动", reverse("record-choose", args=[key]), main=True)] if keeps else []
    links.append(Link("活动记录", reverse("organisation-activities", args=[key])))
    return [*links, Link("组织信息", reverse("organisation", args=[key]))]
