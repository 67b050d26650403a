"""Merging, splitting and dissolving organisations: what will happen is told in sentences before it is done for good."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from dangwu.foundation.requests import actor_of
from dangwu.foundation.scope import Scope
from dangwu.foundation.submissions import once
from dangwu.kernel.days import told_day
from dangwu.kernel.tree_path import TreePath
from dangwu.members.changing import editing
from dangwu.members.queries import affiliations, posts
from dangwu.members.reorganising_forms import DissolveForm, MergeForm, SplitForm
from dangwu.members.services.reorganising import Part, dissolve_organisation, merge_organisations, split_organisation
from dangwu.members.two_steps import Landing, Plan, Sentences, from_today, page_of, some_of, two_steps
from dangwu.organisations.fetching import standing_or_404
from dangwu.organisations.forms import OrganisationField
from dangwu.organisations.models import Organisation, OrganisationKind, Standing
from dangwu.organisations.policies import REORGANISE, may_reorganise
from dangwu.organisations.queries import children, standings
from dangwu.organisations.views import day_of

WITHOUT_MEMBERS = frozenset({OrganisationKind.DISCIPLINE_COMMITTEE, OrganisationKind.PARTY_LEADERSHIP_GROUP})
"""Bodies to which nobody belongs: they are never merged with what has members."""


@editing
@once
def merge(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Let organisations beside this one go into it."""
    standing = _to_reorganise(request, pk)
    scope = actor_of(request).scope(REORGANISE, day_of(request).today)
    beside = children(scope, [standing.parent_id]) if standing.parent_id else {}
    its_like = [s for s in beside.get(standing.parent_id or 0, []) if s.kind not in WITHOUT_MEMBERS]
    siblings = [s for s in its_like if s.organisation_id != pk]
    form = MergeForm(request.POST or None, initial=from_today(request), siblings=siblings)

    def service(organisations: list[int], on: date) -> Standing:
        chosen = [s.organisation for s in siblings if s.organisation_id in organisations]
        return merge_organisations(by=actor_of(request), organisations=chosen, into=standing.organisation, on=on)

    def told(organisations: list[int], on: date) -> Sentences:
        going = [s for s in siblings if s.organisation_id in organisations]
        return [*(_merged(s, standing, on) for s in going)]

    return two_steps(request, form, standing, Plan(f"把其他党组织并入“{standing.called}”", service, told))


@editing
@once
def split(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Make a part of it an organisation of its own."""
    standing = _to_reorganise(request, pk)
    today = day_of(request).today
    here = affiliations(_all_of(standing, today)).filter(organisation=pk).select_related("person", "group")
    people = {
        row.person_id: f"{row.person.name}（{row.group.name}）" if row.group else row.person.name
        for row in here.order_by("group__name", "person__pinyin", "pk")
    }
    scope = actor_of(request).scope(REORGANISE, today)
    below = {s.organisation_id: s.name for s in children(scope, [pk]).get(pk, [])}
    initial = from_today(request) | {"kind": standing.kind}
    form = SplitForm(request.POST or None, initial=initial, members=list(people.items()), children=list(below.items()))

    def service(on: date, **given: Any) -> list[Standing]:  # noqa: ANN401 - what the form gives
        by = actor_of(request)
        return split_organisation(by=by, organisation=standing.organisation, parts=[Part(**given)], on=on)

    def told(on: date, **given: Any) -> Sentences:  # noqa: ANN401 - what the form gives
        names = [people[key] for key in given.get("members", [])]
        branches = [below[key] for key in given.get("children", [])]
        return _parted(standing, given["name"], names, branches, on, len(people))

    return two_steps(request, form, standing, Plan(f"从“{standing.called}”分设", service, told))


@editing
@once
def dissolve(request: HttpRequest, pk: int) -> HttpResponseBase:
    """End it; somebody takes its members and what stood below."""
    standing = _to_reorganise(request, pk)
    form = DissolveForm(request.POST or None, initial=from_today(request))
    field = form.fields["heir"]
    assert isinstance(field, OrganisationField)
    field.within(actor_of(request), REORGANISE, day_of(request), reverse("organisations-found"))
    service = partial(dissolve_organisation, by=actor_of(request), organisation=standing.organisation)

    def told(heir: Organisation | None, on: date) -> Sentences:
        taking = standing_or_404(actor_of(request).scope(REORGANISE, on), heir.pk) if heir else None
        return [_dissolved(standing, taking, on)]

    landing = partial(_after_its_end, standing, day_of(request).today)
    return two_steps(request, form, standing, Plan(f"撤销“{standing.called}”", service, told, landing))


def _after_its_end(standing: Standing, today: date, heir: Organisation | None, on: date) -> Landing:
    """What has ended has no page of today: one goes on to whoever took over, else to its last day."""
    if on > today:
        return f"已登记，“{standing.called}”自{told_day(on)}起撤销。", page_of(standing.organisation_id)
    if heir:
        return f"“{standing.called}”已撤销。这里是接收它的党组织。", page_of(heir.pk)
    last = on - timedelta(days=1)
    return f"“{standing.called}”已撤销。以下是它最后一天的情况。", f"{page_of(standing.organisation_id)}?on={last}"


def _to_reorganise(request: HttpRequest, pk: int) -> Standing:
    by, today = actor_of(request), day_of(request).today
    standing = standing_or_404(by.scope(REORGANISE, today), pk)
    if not may_reorganise(by=by, organisation=standing.organisation, on=today):
        raise Http404
    return standing


def _all_of(standing: Standing, on: date) -> Scope:
    """An organisation and everything below it."""
    return Scope((TreePath(standing.path),), on)


# --- sentences


def _merged(going: Standing, into: Standing, on: date) -> str:
    return f"{told_day(on)}起，“{going.name}”并入“{into.name}”并撤销{_carried(going, into, on)}。"


def _dissolved(going: Standing, heir: Standing | None, on: date) -> str:
    return f"{told_day(on)}起，“{going.name}”撤销{_carried(going, heir, on)}。"


def _carried(going: Standing, to: Standing | None, on: date) -> str:
    """Who goes where, and what ends."""
    key = going.organisation_id
    people = affiliations(_all_of(going, on)).filter(organisation=key).count()
    below = standings(_all_of(going, on)).filter(parent=key).count()
    ended = posts(_all_of(going, on)).filter(organisation=key, valid_from__lt=on).count()
    told = []
    if to and people:
        told.append(f"{people} 名党员的组织关系转入“{to.name}”")
    if to and below:
        told.append(f"{below} 个下级党组织改由“{to.name}”管理")
    if ended:
        told.append(f"在其中担任的 {ended} 项党内职务和随之取得的办理权限结束")
    return "，" + "，".join(told) if told else "，没有党员和下级受影响"


def _parted(
    standing: Standing, name: str, people: Sequence[str], branches: Sequence[str], on: date, total: int
) -> Sentences:
    told = [f"{told_day(on)}起，新设“{name}”，与“{standing.name}”同属一个上级。"]
    if people:
        told.append(f"{len(people)} 名党员转入新党组织：{some_of(people)}。其余 {total - len(people)} 名留在原处。")
    else:
        told.append(f"没有党员转入新党组织，{total} 名都留在原处。")
    if branches:
        told.append(f"{len(branches)} 个下级党组织改由新党组织管理：{some_of(branches)}。")
    return [*told, "转走的党员在原党组织担任的党内职务同时结束。"] if people else told
