"""Ending a group: who was in it, to which group they go, and who leads it no longer is told before it is done."""

from datetime import date
from functools import partial

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from dangwu.foundation.history import as_of
from dangwu.foundation.requests import actor_of
from dangwu.foundation.submissions import once
from dangwu.kernel.days import told_day
from dangwu.kernel.span import FAR
from dangwu.members.changing import editing
from dangwu.members.models import Affiliation, GroupPlace, Post
from dangwu.members.queries import rows_in
from dangwu.members.reorganising_forms import DisbandForm
from dangwu.members.services.groups import disband_group
from dangwu.members.two_steps import Landing, Plan, Sentences, from_today, page_of, some_of, two_steps
from dangwu.organisations.fetching import group_or_404, standing_or_404
from dangwu.organisations.models import Group
from dangwu.organisations.policies import KEEP
from dangwu.organisations.views import day_of

PAST = "撤销之前各天的名册和小组保持原样。"


@editing
@once
def disband(request: HttpRequest, pk: int, group: int) -> HttpResponseBase:
    """End a group of an organisation; another takes those in it, or none."""
    today = day_of(request).today
    scope = actor_of(request).scope(KEEP, today)
    standing, row = standing_or_404(scope, pk), group_or_404(scope, pk, group)
    heirs = Group.objects.within(scope).filter(organisation=pk, valid_until=FAR).exclude(name=row.name)
    form = DisbandForm(request.POST or None, initial=from_today(request), of=row, heirs=heirs.order_by("name"))

    def service(**given: object) -> Group:
        return disband_group(by=actor_of(request), row=row, version=row.version, **given)  # type: ignore[arg-type] # what the form gives

    plan = Plan(f"撤销“{row.name}”", service, partial(_told, row), partial(_landing, row, today), PAST)
    return two_steps(request, form, standing, plan)


def _told(row: Group, heir: Group | None, on: date, reason: str) -> Sentences:  # noqa: ARG001 - what the form gives
    told = [f"{told_day(on)}起，“{row.name}”撤销。"]
    people = _names(row, Affiliation, on) + _names(row, GroupPlace, on)
    if not people:
        told.append("这一天没有人在这个小组，没有人受影响。")
    elif heir:
        told.append(f"{len(people)} 人编入“{heir.name}”：{some_of(people)}。")
    else:
        told.append(f"{len(people)} 人留在本党组织，不再编入这个小组：{some_of(people)}。")
    if leaders := _names(row, Post, on, kind=Post.Kind.GROUP_LEADER):
        told.append(f"{some_of(leaders)}担任的党小组组长同时结束。")
    return told


def _names(row: Group, model: type[Affiliation | GroupPlace | Post], on: date, **only: str) -> list[str]:
    """The names of those in a group on a day."""
    rows = rows_in(row, model).filter(as_of(on), **only)
    return list(rows.order_by("person__pinyin", "person").values_list("person__name", flat=True))


def _landing(row: Group, today: date, heir: Group | None, on: date, reason: str) -> Landing:  # noqa: ARG001 - what the form gives
    said = f"已登记，“{row.name}”自{told_day(on)}起撤销。" if on > today else f"“{row.name}”已撤销。"
    return said, page_of(row.organisation_id)
