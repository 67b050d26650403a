"""The pages of units."""

from functools import partial

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from dangwu.foundation.pages.parts import Link
from dangwu.foundation.pages.shell import Crumb, tell
from dangwu.foundation.requests import actor_of
from dangwu.foundation.submissions import once
from dangwu.organisations.forms import UnitForm
from dangwu.organisations.listings import UnitListing
from dangwu.organisations.models import Unit
from dangwu.organisations.policies import may_keep_units
from dangwu.organisations.queries import units
from dangwu.organisations.services.units import edit_unit, register_unit
from dangwu.organisations.views import HERE, day_of


@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """All units."""
    _let_in(request)
    actions = [Link("登记单位", reverse("unit-new"), main=True)]
    crumbs = [Crumb("党组织", reverse("organisations")), Crumb("单位")]
    context = {"here": HERE, "actions": actions, "crumbs": crumbs}
    return UnitListing(units(), request.GET).answer(request, context=context)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def new(request: HttpRequest) -> HttpResponseBase:
    """Register one."""
    _let_in(request)
    form = UnitForm(request.POST or None)
    return _page(request, form, "登记单位", partial(register_unit, by=actor_of(request), on=day_of(request).today))


@require_http_methods(["GET", "HEAD", "POST"])
@once
def edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Change what is registered of one."""
    _let_in(request)
    unit = get_object_or_404(units(), pk=pk)
    initial = {"name": unit.name, "short_name": unit.short_name, "kind": unit.kind, "parent": unit.parent}
    form = UnitForm(request.POST or None, initial=initial, of=unit)

    def service(**given: object) -> Unit:
        by, on = actor_of(request), day_of(request).today
        return edit_unit(by=by, unit=unit, version=unit.version, on=on, **given)  # type: ignore[arg-type] # cleaned

    return _page(request, form, "单位信息", service)


def _let_in(request: HttpRequest) -> None:
    if not may_keep_units(by=actor_of(request), on=day_of(request).today):
        raise Http404


def _page(request: HttpRequest, form: UnitForm, heading: str, service: object) -> HttpResponseBase:
    assert callable(service)
    if form.carried_out(service):
        tell(request, f"单位“{form.result.name}”已保存。")
        return redirect("units")
    crumbs = [Crumb("党组织", reverse("organisations")), Crumb("单位", reverse("units")), Crumb(heading)]
    context = {"here": HERE, "heading": heading, "crumbs": crumbs, "form": form, "submit": "保存"}
    return render(request, "foundation/form_page.html", context | {"cancel": reverse("units")}, status=form.status)
