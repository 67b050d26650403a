"""What is done in two steps: what will happen is told in sentences first, after a rehearsal; then it is done."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from dangwu.foundation.pages.shell import Crumb, tell
from dangwu.foundation.undo.keeping import way_back
from dangwu.members.reorganising_forms import TwoStepForm
from dangwu.organisations.models import Standing
from dangwu.organisations.views import HERE, day_of

LASTING = "登记后不能撤回；调整之前各天的名册和组织树保持原样。"
Sentences = list[str]
Landing = tuple[str, str]
"""What is said when it is done, and the address of the page on which it is said."""


class Plan(NamedTuple):
    """What is to happen: what it is called, who does it, what is told before, and where it leads in the end."""

    heading: str
    service: Callable[..., Any]
    told: Callable[..., Sentences]
    landing: Callable[..., Landing] | None = None
    lasting: str = LASTING


def two_steps(request: HttpRequest, form: TwoStepForm, standing: Standing, plan: Plan) -> HttpResponseBase:
    """Show the form; then, after a rehearsal, what will happen; then do it, and go on to where it led."""
    if form.is_confirmed and form.carried_out(plan.service):
        back = page_of(standing.organisation_id)
        said, url = plan.landing(**form.given) if plan.landing else ("已登记。", back)
        tell(request, said, undo=way_back())
        return redirect(url)
    if not form.errors and form.is_bound and _would_succeed(form, plan.service):
        sentences = [*plan.told(**form.given), plan.lasting]
        form.hide()
        context = _context(standing, form, plan.heading) | {"consequences": sentences, "submit": "确认办理"}
        return render(request, "foundation/confirm.html", context)
    context = _context(standing, form, plan.heading) | {"submit": "下一步：看看会有什么变化"}
    return render(request, "foundation/form_page.html", context, status=form.status)


def _would_succeed(form: TwoStepForm, service: Callable[..., Any]) -> bool:
    """Do it and take it back: whatever stands against it is then said before anybody confirms."""
    with transaction.atomic():
        done = form.carried_out(service)
        transaction.set_rollback(True)
    return done


def _context(standing: Standing, form: TwoStepForm, heading: str) -> dict[str, Any]:
    back = page_of(standing.organisation_id)
    crumbs = [Crumb("党组织", reverse("organisations")), Crumb(standing.called, back), Crumb(heading)]
    context = {"here": HERE, "heading": heading, "crumbs": crumbs, "form": form, "cancel": back}
    return context | {"lead": standing.name}


def page_of(organisation: int) -> str:
    """The address of an organisation's page."""
    return reverse("organisation", args=[organisation])


def from_today(request: HttpRequest) -> dict[str, Any]:
    """What a form begins with: today is the day."""
    return {"on": day_of(request).today}


def some_of(names: Sequence[str]) -> str:
    """As many names as one reads, and how many they all are."""
    return "、".join(names[:8]) + (f"等 {len(names)} 个" if len(names) > 8 else "")  # noqa: PLR2004 - as many as one reads
