"""The differences as a list: on the page, on paper, as a workbook."""

from collections import Counter
from collections.abc import Iterable

from django.http import QueryDict
from django.urls import reverse

from dangwu.foundation.pages.columns import Column
from dangwu.foundation.pages.filters import Choice, Text
from dangwu.foundation.pages.listing import Listing
from dangwu.foundation.pages.parts import EmptyState, Tag
from dangwu.members.reconciling.comparing import Gap, Reconciled, Sort
from dangwu.members.reconciling.items import PARTS

SORTS = {
    Sort.DIFFERS: ("内容不一致", "warning"),
    Sort.ONLY_THERE: ("全国系统有，本系统没有", "overdue"),
    Sort.ONLY_HERE: ("本系统有，全国系统没有", "overdue"),
    Sort.UNSURE: ("不能确定是谁", "soon"),
    Sort.UNREAD: ("读不出", "soon"),
}


def _sort(gap: Gap) -> Tag:
    return Tag(*SORTS[gap.sort])


def _page(gap: Gap) -> str:
    return reverse("member" if gap.part == "member" else "organisation", args=[gap.key]) if gap.key else ""


class Differences(Listing):
    """What differs, by organisation and item; nothing in it says which side is right."""

    title, noun = "与全国系统核对的差异", "处差异"
    columns = (
        Column("name", "姓名或者名称", value=lambda gap: gap.name or "—", link=_page, sort=("name",), width=22),
        Column("where", "本系统所在党组织", sort=("where",), width=26),
        Column("sort", "情况", value=_sort, width=20),
        Column("item", "采集项目", sort=("item",), width=18),
        Column("theirs", "全国系统", width=28),
        Column("ours", "本系统", width=28),
        Column("at", "在文件里的位置", width=24),
        Column("part", "对象", value=lambda gap: PARTS[gap.part], only_exported=True),
    )
    filters = (
        Text("q", "姓名或者名称", "name", help="其中的字"),
        Choice("item", "采集项目", "item"),
        Choice("kind", "情况", "sort", tuple((sort.value, title) for sort, (title, _) in SORTS.items())),
        Choice("where", "党组织", "where"),
        Choice("part", "对象", "part", tuple(PARTS.items())),
    )
    paper = "a3"
    empty = EmptyState("没有差异", "文件里的每一项都与本系统一致。")


def differences(found: Reconciled, asked: QueryDict) -> Differences:
    """The list as an address asks for it, by organisation and name where it asks for no order."""
    gaps = sorted(found.gaps, key=lambda gap: (gap.where, gap.name, gap.item))
    return Differences(gaps, asked, item=_counted(gap.item for gap in gaps), where=_counted(gap.where for gap in gaps))


def _counted(values: Iterable[str]) -> list[tuple[str, str]]:
    """What may be chosen, the most frequent first, with how often it is there."""
    counted = Counter(value for value in values if value)
    return [(value, f"{value}（{number}）") for value, number in counted.most_common()]
