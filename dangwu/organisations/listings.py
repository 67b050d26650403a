"""Lists of organisations and of units."""

from django.urls import reverse

from dangwu.foundation.pages.columns import Column
from dangwu.foundation.pages.filters import Choice, Text
from dangwu.foundation.pages.listing import Listing
from dangwu.foundation.pages.parts import EmptyState, Link
from dangwu.organisations.models import OrganisationKind, Standing, Unit
from dangwu.organisations.queries import Standings, matching

KINDS = [(kind.value, str(kind.label)) for kind in OrganisationKind if kind != OrganisationKind.GROUP]


def _page_of(organisation: int) -> str:
    return reverse("organisation", args=[organisation])


def _narrow(rows: Standings, text: str) -> Standings:
    return matching(rows, text)


class OrganisationListing(Listing):
    """The organisations of a scope."""

    title, noun = "党组织名录", "个党组织"
    columns = (
        Column(
            "name", "名称", sort=("pinyin",), link=lambda s: reverse("organisation", args=[s.organisation_id]), width=36
        ),
        Column("short_name", "简称", only_exported=True, width=20),
        Column("kind", "类别", value=Standing.get_kind_display, sort=("kind",)),
        Column("above", "上级组织", value=lambda s: s.above, width=30),
        Column("founded_on", "建立日期", value=lambda s: s.organisation.founded_on, sort=("organisation__founded_on",)),
        Column("stands_in", "所在单位", value=lambda s: s.organisation.stands_in, only_exported=True, width=30),
    )
    filters = (
        Text("q", "搜索", by=_narrow, help="名称、简称或者拼音首字母"),
        Choice(
            "kind",
            "类别",
            by="kind",
            offered=[(str(kind), str(kind.label)) for kind in OrganisationKind if kind != "group"],
        ),
    )
    empty = EmptyState("这里没有党组织", "换一个条件，或者换一天看看。")


class UnitListing(Listing):
    """The units of a site."""

    title, noun = "单位名录", "个单位"
    columns = (
        Column("name", "单位", sort=("name",), link=lambda unit: reverse("unit-edit", args=[unit.pk]), width=36),
        Column("short_name", "简称", width=20),
        Column("kind", "类别", value=Unit.get_kind_display, sort=("kind",)),
        Column("parent", "主管单位", width=30),
    )
    filters = (
        Text("q", "搜索", by="name__icontains", help="单位名称"),
        Choice("kind", "类别", by="kind", offered=[(str(kind), str(kind.label)) for kind in Unit.Kind]),
    )
    default_sort = "name"
    empty = EmptyState("还没有单位", "先登记单位，再在单位里建立党组织。", Link("登记单位", "/units/new/", main=True))
