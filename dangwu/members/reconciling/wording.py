"""What a comparison found, in a sentence."""

from dangwu.members.reconciling.comparing import Gap, Reconciled, Sort
from dangwu.members.reconciling.items import Items

SHORT = {
    Sort.DIFFERS: "不一致",
    Sort.ONLY_THERE: "全国系统有、本系统没有",
    Sort.ONLY_HERE: "本系统有、全国系统没有",
    Sort.UNSURE: "不能确定是谁",
    Sort.UNREAD: "读不出",
}
GRADES = {
    "A": "采集项目已对照下发的表样。",
    "B": "采集项目有可查的出处。",
    "C": "采集项目为转引，未见下发的表样，名称和次序以当地所用的为准；可请管理员改正项目清单。",
    "M": "采集项目凭记忆列出，待核实。",
}


def sentence(found: Reconciled) -> str:
    """“与‘机关党委’2026-06-30 的情况核对：党员 3 人、党组织 0 个，一致 1 条；不一致 2 处”."""
    compared = f"党员 {found.members} 人、党组织 {found.organisations} 个，一致 {found.same} 条"
    counts = found.counts
    told = "，".join(f"{title} {counts[sort]} 处" for sort, title in SHORT.items() if counts[sort])
    return f"与“{found.called}”{found.on} 的情况核对：{compared}；{told or '没有差异'}。"


def item_line(gap: Gap) -> str:
    """Under what a difference is counted."""
    return f"{gap.item}不一致" if gap.sort is Sort.DIFFERS else SHORT[gap.sort]


def how_sure(asked: Items) -> str:
    """How sure the list of items is, as people are told."""
    return GRADES[asked.grade]
