"""One duty of one organisation in one period: the clause, the figures, the records counted, what people said to it."""

from collections.abc import Iterator

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from dangwu.access.requests import ActingRequest
from dangwu.access.scoping import AccountActor
from dangwu.compliance.living.explanations import Explanation, explanation
from dangwu.compliance.policies import may_answer, may_decide
from dangwu.compliance.rulebooks import every_rule
from dangwu.foundation.pages.parts import Link
from dangwu.foundation.pages.shell import Crumb
from dangwu.members.queries import people
from dangwu.organisations.fetching import standing_or_404
from dangwu.organisations.models import Standing
from dangwu.records.policies import KEEP, SEE
from dangwu.workbench.branch.items import ALWAYS, told
from dangwu.workbench.glance.pages import HERE

MOST_NAMED = 200


@require_safe
def duty(request: ActingRequest, pk: int, rule_id: str, period: str) -> HttpResponse:
    """Why it stands so, and what can be done. Raises Http404."""
    actor, today = request.actor, request.actor.today
    standing = standing_or_404(actor.scope(SEE, today), pk)
    why = explained(standing, rule_id, period)
    keeps = actor.scope(KEEP, today).covers(standing.path)
    context = {
        "here": HERE,
        "heading": why.item.title,
        "lead": f"{standing.called}　{why.item.period_name}".strip(),
        "crumbs": crumbs(standing, why),
        "standing": standing,
        "why": why,
        "told": told([why.item], standing, today, keeps=keeps)[0],
        "failing": _failing(request, why),
        "ways": [*_of_oneself(actor, standing, why), *_of_the_level_above(actor, standing, why)],
    }
    return render(request, "workbench/branch/duty.html", context)


def explained(standing: Standing, rule_id: str, period: str) -> Explanation:
    """Why it stands so. Raises Http404 where nothing was asked."""
    code = "" if period == ALWAYS else period
    today = timezone.localdate()
    try:
        why = explanation(standing.organisation, rule_id, code, today=today, rulebook=every_rule())
    except ValueError as no_period:
        raise Http404 from no_period
    if why is None:
        raise Http404
    return why


def crumbs(standing: Standing, why: Explanation) -> list[Crumb]:
    """The way to the duty."""
    here = reverse("branch", args=[standing.organisation_id])
    return [Crumb("组织生活", reverse("overview")), Crumb(standing.called, here), Crumb(why.item.title)]


def _failing(request: ActingRequest, why: Explanation) -> list[tuple[str, str]]:
    """Those who fail, where the duty falls on people or activities."""
    keys = why.failing[:MOST_NAMED]
    if why.subject == "member":
        found = people(request.actor.scope(SEE, request.actor.today)).filter(pk__in=keys).order_by("pinyin")
        return [(name, reverse("member", args=[pk])) for pk, name in found.values_list("pk", "name")]
    return [(f"第 {place} 次", reverse("activity", args=[key])) for place, key in enumerate(keys, 1)]


def _key(standing: Standing, why: Explanation) -> list[object]:
    return [standing.organisation_id, why.item.rule, why.item.period or ALWAYS]


def _of_oneself(actor: AccountActor, standing: Standing, why: Explanation) -> Iterator[Link]:
    if why.by_rule.unmet and may_answer(by=actor, organisation=standing.organisation, today=actor.today):
        yield Link("修改说明" if why.answer else "说明情况", reverse("branch-answer", args=_key(standing, why)))


def _of_the_level_above(actor: AccountActor, standing: Standing, why: Explanation) -> Iterator[Link]:
    if may_decide(by=actor, organisation=standing.organisation, today=actor.today):
        yield Link("作出认定", reverse("branch-overrule", args=_key(standing, why)))
        yield Link("免除这项要求", reverse("branch-exempt", args=_key(standing, why)))
        if why.overruling:
            yield Link("撤回认定", reverse("branch-withdraw", args=_key(standing, why)))
