"""The page of an organisation as of any day: where it stands, who leads it, what is below it, and how it came to be."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from dangwu.foundation.actors import Actor
from dangwu.foundation.history import as_of as on_day
from dangwu.foundation.pages.parts import Datum, DefinitionList, Link, StatTile, StatTiles, Timeline
from dangwu.foundation.pages.shell import AsOf, Crumb, warn
from dangwu.foundation.requests import actor_of
from dangwu.foundation.scope import Scope
from dangwu.kernel.span import FAR
from dangwu.kernel.tree_path import TreePath
from dangwu.members.models import Membership, Post
from dangwu.members.queries import members_by_kind
from dangwu.organisations.fetching import standing_or_404
from dangwu.organisations.models import Standing
from dangwu.organisations.policies import KEEP, REORGANISE, SEE
from dangwu.organisations.queries import ancestors, children, groups_of, last_standing, terms_of
from dangwu.organisations.trees import address_of
from dangwu.organisations.views import HERE, day_of
from dangwu.records.policies import KEEP as KEEP_RECORDS
from dangwu.records.policies import SEE as SEE_RECORDS
from dangwu.workbench.organisation_chronicle import chronicle

AT_HAND = "the organisation is at hand already"
VERBS = (
    ("更名", "organisation-rename"),
    ("改设", "organisation-kind"),
    ("调整隶属", "organisation-move"),
    ("合并", "organisation-merge"),
    ("分设", "organisation-split"),
    ("撤销", "organisation-dissolve"),
)
LEADERS = (
    Post.Kind.SECRETARY,
    Post.Kind.DEPUTY_SECRETARY,
    Post.Kind.DISCIPLINE_SECRETARY,
    Post.Kind.ORGANISATION_MEMBER,
    Post.Kind.PUBLICITY_MEMBER,
    Post.Kind.DISCIPLINE_MEMBER,
    Post.Kind.COMMITTEE_MEMBER,
    Post.Kind.PARTY_AFFAIRS_STAFF,
    Post.Kind.GROUP_LEADER,
)


@require_safe
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    as_of = day_of(request)
    try:
        standing = standing_or_404(actor_of(request).scope(SEE, as_of.on), pk)
    except Http404:
        return _when_it_was_there(request, pk, as_of)
    terms = terms_of(standing.organisation)
    below = children(Scope((TreePath(standing.path),), as_of.on), [pk]).get(pk, [])
    return render(
        request,
        "workbench/organisation.html",
        {
            "here": HERE,
            "heading": standing.name,
            "standing": standing,
            "as_of": as_of,
            "crumbs": _crumbs(standing, as_of),
            "actions": _actions(request, standing, as_of),
            "tiles": StatTiles(_tiles(standing, below, as_of)),
            "leaders": _leaders(pk, as_of.on),
            "groups": groups_of(standing.organisation, as_of.on),
            "terms": terms,
            "may_keep": actor_of(request).scope(KEEP, as_of.today).covers(standing.path),
            "below": [(child, address_of(child.organisation_id, as_of)) for child in below],
            "data": DefinitionList(_data(standing), title="基本情况"),
            "timeline": Timeline(chronicle(standing.organisation, terms, today=as_of.today)),
        },
    )


def _when_it_was_there(request: HttpRequest, pk: int, as_of: AsOf) -> HttpResponse:
    """An organisation that has ended, or that is yet to begin, is shown as of its nearest day. Raises Http404."""
    last = last_standing(pk, as_of.on) or last_standing(pk, FAR)
    if last is None:
        raise Http404
    day = min(last.valid_until - timedelta(days=1), FAR) if last.valid_from <= as_of.on else last.valid_from
    standing_or_404(actor_of(request).scope(SEE, day), pk)
    warn(request, f"这个党组织在 {as_of.on} 不存在，以下是 {day} 的情况。")
    return redirect(f"{reverse('organisation', args=[pk])}?on={day}")


def _crumbs(standing: Standing, as_of: AsOf) -> list[Crumb]:
    above = [Crumb(s.called, address_of(s.organisation_id, as_of)) for s in ancestors(standing, as_of.on)]
    return [Crumb("党组织", reverse("organisations") + as_of.parameter), *above, Crumb(standing.called)]


def _actions(request: HttpRequest, standing: Standing, as_of: AsOf) -> list[Link]:
    """What may be done with it today; nothing on a page of another day."""
    by, key = actor_of(request), standing.organisation_id
    if as_of.on != as_of.today:
        return []
    scope = by.scope(REORGANISE, as_of.today)
    path = TreePath(standing.path)
    records = _records(by, standing, as_of.today)
    may_decide = by.holds("system") if path.parent is None else scope.covers(path.parent)
    links = [Link("建立下级组织", f"{reverse('organisation-new')}?under={key}")] if scope.covers(path) else []
    return records + links + [Link(title, reverse(name, args=[key])) for title, name in VERBS if may_decide]


def _records(by: Actor, standing: Standing, today: date) -> list[Link]:
    """The ways to what it holds."""
    key = standing.organisation_id
    ways = (
        (KEEP_RECORDS, "记录活动", "record-choose"),
        (SEE_RECORDS, "组织生活", "organisation-activities"),
        (SEE_RECORDS, "台账和手册", "organisation-ledgers"),
    )
    may = [(title, name) for right, title, name in ways if by.scope(right, today).covers(standing.path)]
    return [Link(title, reverse(name, args=[key]), main=name == "record-choose") for title, name in may]


def _tiles(standing: Standing, below: Sequence[Standing], as_of: AsOf) -> list[StatTile]:
    scope = Scope((TreePath(standing.path),), as_of.on)
    members = members_by_kind(scope)
    roster = f"{reverse('members')}?organisation={standing.organisation_id}"
    if as_of.parameter:
        roster += f"&on={as_of.on}"
    tiles = [
        StatTile("党员", sum(members.values()), roster),
        StatTile("预备党员", members.get(Membership.Kind.PROBATIONARY, 0), f"{roster}&kind=probationary"),
    ]
    if below:
        url = reverse("organisations-below", args=[standing.organisation_id]) + as_of.parameter
        tiles.append(StatTile("直接下级", len(below), url))
    return tiles


def _leaders(pk: int, on: date) -> list[Post]:
    rows = Post.objects.unscoped(AT_HAND).filter(on_day(on), organisation=pk).select_related("person", "group")
    return sorted(rows, key=lambda post: (LEADERS.index(Post.Kind(post.kind)), post.person.pinyin))


def _data(standing: Standing) -> list[Datum]:
    o = standing.organisation
    return [
        Datum("全称", standing.name),
        Datum("简称", standing.short_name),
        Datum("组织类别", standing.get_kind_display()),
        Datum("管理单位", str(o.unit)),
        Datum("所在单位", str(o.stands_in) if o.stands_in else ""),
        Datum("建立日期", o.founded_on),
        *([Datum("撤销日期", o.dissolved_on)] if o.dissolved_on else []),
        Datum("是否设支部委员会", _yes_no(value=o.has_committee)),
        Datum("工作人员总数", o.staff_total),
        Datum("专职党务工作人员数", o.full_time_staff),
        Datum("书记是否由本单位党员负责人担任", _yes_no(value=o.secretary_is_head)),
    ]


def _yes_no(*, value: bool | None) -> str:
    return "" if value is None else "是" if value else "否"
