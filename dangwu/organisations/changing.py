"""The pages on which an organisation is set up and changed. A service says who may; here who may not sees a 404."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from dangwu.foundation.pages.forms import SafeForm
from dangwu.foundation.pages.shell import Crumb, tell
from dangwu.foundation.requests import actor_of
from dangwu.foundation.scope import Scope
from dangwu.foundation.submissions import once
from dangwu.foundation.undo.keeping import way_back
from dangwu.organisations.fetching import group_or_404, standing_or_404
from dangwu.organisations.forms import (
    DescribeForm,
    FoundForm,
    GroupChangeForm,
    GroupForm,
    KindForm,
    MoveForm,
    RenameForm,
    TermCorrectionForm,
    TermForm,
)
from dangwu.organisations.models import Group, Organisation, Standing, Term
from dangwu.organisations.policies import KEEP, REORGANISE, SEE, may_reorganise
from dangwu.organisations.services.keeping import (
    change_group,
    correct_term,
    describe_organisation,
    form_group,
    open_term,
)
from dangwu.organisations.services.reorganising import (
    change_kind,
    found_organisation,
    move_organisation,
    rename_organisation,
)
from dangwu.organisations.views import HERE, day_of

Service = Callable[..., Any]
editing = require_http_methods(["GET", "HEAD", "POST"])


@editing
@once
def new(request: HttpRequest) -> HttpResponseBase:
    """Set up an organisation, below the one named by `under`."""
    by, today = actor_of(request), day_of(request).today
    under = request.GET.get("under", "")
    parent = standing_or_404(by.scope(REORGANISE, today), int(under)) if under.isdecimal() else None
    if parent is None and not by.holds("system"):
        raise Http404
    form = FoundForm(request.POST or None, initial={"on": today}, parent=parent.organisation if parent else None)
    service = partial(found_organisation, by=by, parent=parent.organisation if parent else None)
    if parent:
        service = partial(service, unit=parent.organisation.unit)
    if form.carried_out(service):
        tell(request, f"已建立“{form.result.name}”。")
        # the system administrator sets up the highest, and sees none
        is_seen = by.scope(SEE, today).covers(form.result.path)
        return redirect("organisation", form.result.organisation_id) if is_seen else redirect("organisations")
    return _page(request, form, "建立党组织", "建立", parent)


@editing
@once
def rename(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give it another name."""
    standing = _to_reorganise(request, pk)
    initial = {"name": standing.name, "short_name": standing.short_name, "on": day_of(request).today}
    form = RenameForm(request.POST or None, initial=initial, of=standing)
    return _reorganise(request, form, standing, rename_organisation, "更名")


@editing
@once
def kind(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Make it one of another kind."""
    standing = _to_reorganise(request, pk)
    initial = {"name": standing.name, "short_name": standing.short_name, "kind": standing.kind}
    form = KindForm(request.POST or None, initial=initial | {"on": day_of(request).today}, of=standing)
    return _reorganise(request, form, standing, change_kind, "改设")


@editing
@once
def move(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Put it elsewhere in the tree."""
    standing = _to_reorganise(request, pk)
    as_of, by = day_of(request), actor_of(request)
    url = reverse("organisations-found")
    form = MoveForm(request.POST or None, initial={"on": as_of.today}, of=standing, by=by, as_of=as_of, url=url)
    return _reorganise(request, form, standing, move_organisation, "调整隶属关系")


@editing
@once
def describe(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Keep what is told of it."""
    standing = _to_keep(request, pk)
    organisation = standing.organisation
    initial = {name: getattr(organisation, name) for name in DescribeForm.base_fields if hasattr(organisation, name)}
    form = DescribeForm(request.POST or None, initial=initial, of=organisation)

    def service(**told: Any) -> Organisation:  # noqa: ANN401 - what the form gives
        version, on = organisation.version, day_of(request).today
        return describe_organisation(by=actor_of(request), organisation=organisation, version=version, on=on, told=told)

    return _carry(request, form, standing, service, "登记基本情况")


@editing
@once
def new_term(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Tell of an election."""
    standing = _to_keep(request, pk)
    form = TermForm(request.POST or None)
    return _carry(request, form, standing, _on_today(request, open_term, standing), "登记换届")


@editing
@once
def edit_term(request: HttpRequest, pk: int, term: int) -> HttpResponseBase:
    """Mend a term."""
    standing = _to_keep(request, pk)
    row = Term.objects.within(_keeps(request)).filter(organisation=pk, pk=term).first()
    if row is None:
        raise Http404
    names = ("started_on", "until", "postponed_until")
    form = TermCorrectionForm(request.POST or None, initial={name: getattr(row, name) for name in names}, of=row)

    def service(**told: Any) -> Term:  # noqa: ANN401 - what the form gives
        return correct_term(by=actor_of(request), row=row, version=row.version, on=day_of(request).today, **told)

    return _carry(request, form, standing, service, "更正届期")


@editing
@once
def new_group(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Form a group."""
    standing = _to_keep(request, pk)
    form = GroupForm(request.POST or None, initial={"on": day_of(request).today})
    service = partial(form_group, by=actor_of(request), organisation=standing.organisation)
    return _carry(request, form, standing, service, "设立小组")


@editing
@once
def edit_group(request: HttpRequest, pk: int, group: int) -> HttpResponseBase:
    """Let a group be of other kinds."""
    standing = _to_keep(request, pk)
    row = group_or_404(_keeps(request), pk, group)
    names = ("party_group", "mutual_help_group", "duty_group")
    initial = {name: getattr(row, name) for name in names} | {"on": day_of(request).today}
    form = GroupChangeForm(request.POST or None, initial=initial, of=row)

    def service(on: Any, **kinds: bool) -> Group:  # noqa: ANN401 - what the form gives
        return change_group(by=actor_of(request), row=row, version=row.version, on=on, kinds=kinds)

    return _carry(request, form, standing, service, f"调整“{row.name}”")


def _keeps(request: HttpRequest) -> Scope:
    return actor_of(request).scope(KEEP, day_of(request).today)


def _to_keep(request: HttpRequest, pk: int) -> Standing:
    return standing_or_404(_keeps(request), pk)


def _to_reorganise(request: HttpRequest, pk: int) -> Standing:
    by = actor_of(request)
    today = day_of(request).today
    standing = standing_or_404(by.scope(REORGANISE, today), pk)
    if not may_reorganise(by=by, organisation=standing.organisation, on=today):
        raise Http404
    return standing


def _on_today(request: HttpRequest, service: Service, standing: Standing) -> Service:
    today = day_of(request).today
    return partial(service, by=actor_of(request), organisation=standing.organisation, on=today)


def _reorganise(
    request: HttpRequest, form: SafeForm, standing: Standing, service: Service, what: str
) -> HttpResponseBase:
    def carried(**given: Any) -> Any:  # noqa: ANN401 - what the form gives
        by, version = actor_of(request), standing.version
        return service(by=by, organisation=standing.organisation, version=version, **given)

    return _carry(request, form, standing, carried, what)


def _carry(request: HttpRequest, form: SafeForm, standing: Standing, service: Service, what: str) -> HttpResponseBase:
    """Do what a form asks and go back to the organisation, or show the form."""
    if form.carried_out(service):
        tell(request, f"{what}已登记。", undo=way_back())
        return redirect("organisation", standing.organisation_id)
    return _page(request, form, what, "保存", standing)


def _page(
    request: HttpRequest, form: SafeForm, heading: str, submit: str, standing: Standing | None
) -> HttpResponseBase:
    back = reverse("organisation", args=[standing.organisation_id]) if standing else reverse("organisations")
    crumbs = [Crumb("党组织", reverse("organisations")), *([Crumb(standing.called, back)] if standing else [])]
    context = {"here": HERE, "heading": heading, "crumbs": [*crumbs, Crumb(heading)], "form": form}
    context |= {"submit": submit, "cancel": back, "lead": standing.name if standing else ""}
    return render(request, "foundation/form_page.html", context, status=form.status)
