"""What a blank form for organisations tells of each column, and how an export writes what is more than text."""

from collections.abc import Callable, Mapping
from typing import Any

from dangwu.foundation.sheets.shapes import Content, Guide, shown
from dangwu.organisations.cells import CommitteeTold, TermTold
from dangwu.organisations.models import OrganisationKind

_TO_THE_DAY = "写到日；只知道年月的，写到月"
_YES_OR_NO = ("是", "否")


def _count(how: str, example: str) -> Guide:
    return Guide(how, example, content=Content.AMOUNT)


def _date(how: str, example: str) -> Guide:
    return Guide(f"{how}。{_TO_THE_DAY}", example, content=Content.DATE)


GUIDES: Mapping[str, Guide] = {
    "name": Guide("写全称，与批复一致", "中共某市财政局办公室支部委员会", required=True),
    "short_name": Guide("平时怎么称呼", "办公室党支部"),
    "kind": Guide("从名称看得出的可以不写", "党支部", choices=tuple(map(str, OrganisationKind.labels))),
    "parent": Guide("写上级党组织的名称；最上一级的不写", "中共某市财政局机关委员会"),
    "secretary": Guide("写姓名", "王芳"),
    "deputy_secretary": Guide("有几人的，用顿号隔开", "李强、赵敏"),
    "discipline_secretary": Guide("机关纪委书记，或者支部的纪检委员", "孙丽"),
    "has_committee": Guide("不设支委会的党支部写“否”", "是", choices=_YES_OR_NO),
    "committee_members": Guide("写人数，或者写出全部姓名", "5"),
    "units_covered": _count("联合党支部涵盖几个单位", "3"),
    "staff_total": _count("单位的编制数或者在职人数", "86"),
    "full_time_staff": _count("专门从事党务工作的人数", "2"),
    "groups": _count("下设几个党小组；没有的写 0", "2"),
    "secretary_is_head": Guide("书记是不是本单位的党员负责人", "是", choices=_YES_OR_NO),
    "founded_on": _date("批准成立的日期", "2019-05-20"),
    "dissolved_on": _date("批准撤销的日期；没有撤销的不写", "2025-11-30"),
    "term_started_on": _date("本届委员会选举的日期", "2024-06-18"),
    "term_until": _date("本届任期届满的日期", "2027-06-17"),
    "term_postponed_until": _date("经批准延期换届的，写延到哪一天", "2027-12-17"),
    "term": Guide("已写选举日期、届满日期的不必再写", "2024-06至2027-06"),
}


def _kind(kind: str) -> str:
    return str(OrganisationKind(kind).label)


def _committee(told: CommitteeTold) -> str:
    return shown(told.names) if told.names else str(told.members)


def _term(told: TermTold) -> str:
    if told.years is not None:
        return f"{told.years}年"
    return "至".join(str(day) for day in (told.started_on, told.until) if day)


SHOWS: Mapping[str, Callable[[Any], str]] = {"kind": _kind, "committee_members": _committee, "term": _term}
