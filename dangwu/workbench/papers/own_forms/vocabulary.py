"""The words that may stand between {{ and }} in a form, and what each becomes."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from dangwu.members.models import Membership, Person, Post
from dangwu.records.branch_years import BranchYear, on_day
from dangwu.records.documents import words
from dangwu.records.documents.hours import HoursLine, hours_of
from dangwu.records.models import Part
from dangwu.records.queries import Record
from dangwu.workbench.papers.handbook import term_told

PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
Value = str | int


def _members(year: BranchYear, kind: str = "") -> int:
    people = year.belonging(year.on)
    kinds = [year.lines[person.pk].membership_on(year.on) for person in people]
    return sum(not kind or (row is not None and row.kind == kind) for row in kinds)


def _holding(year: BranchYear, *kinds: str) -> str:
    posts = [post for post in year.committee(year.on) if not kinds or post.kind in kinds]
    return words.listed(dict.fromkeys(post.person.name for post in posts))


ONCE: Mapping[str, Callable[[BranchYear], Value]] = {
    "党组织名称": lambda year: year.standing.name,
    "支部名称": lambda year: year.standing.name,
    "党组织简称": lambda year: year.standing.called,
    "组织类别": lambda year: year.standing.get_kind_display(),
    "上级党组织": lambda year: year.above,
    "年度": lambda year: year.year,
    "截至日期": lambda year: words.plain_day(year.on),
    "书记": lambda year: _holding(year, Post.Kind.SECRETARY),
    "副书记": lambda year: _holding(year, Post.Kind.DEPUTY_SECRETARY),
    "支委会成员": _holding,
    "本届任期": term_told,
    "党小组名单": lambda year: words.listed(group.name for group in year.groups if group.party_group),
    "党员人数": _members,
    "预备党员人数": lambda year: _members(year, Membership.Kind.PROBATIONARY),
    "活动次数": lambda year: len(year.records),
    "谈话次数": lambda year: sum(year.confidential.values()),
}

OfActivity = Callable[[int, Record, BranchYear], Value]
ACTIVITY: Mapping[str, OfActivity] = {
    "活动序号": lambda number, _record, _year: number,
    "活动日期": lambda _number, record, _year: words.plain_day(record.activity.held_on),
    "活动时间": lambda _number, record, _year: words.when_told(record.activity),
    "活动类型": lambda _number, record, year: words.served(record.activity, year.kinds),
    "活动主题": lambda _number, record, _year: record.activity.topic,
    "活动地点": lambda _number, record, _year: record.activity.place,
    "主持人": lambda _number, record, _year: words.one(record, Part.Role.CHAIR, record.activity.chair),
    "记录人": lambda _number, record, _year: words.one(record, Part.Role.RECORDER, record.activity.recorder),
    "主讲人": lambda _number, record, _year: words.one(record, Part.Role.LECTURER, record.activity.lecturer),
    "应到人数": lambda _number, record, _year: _told(record.activity.expected),
    "实到人数": lambda _number, record, _year: _told(record.activity.present),
    "缺席人员": lambda _number, record, _year: words.absent_told(record),
    "列席人员": lambda _number, record, _year: words.named(record, Part.Role.NON_VOTING),
    "参加人员": lambda _number, record, _year: words.listed(row.name for row in record.participations),
    "议题": lambda _number, record, _year: "\n".join(item.text for item in record.agenda),
    "议题结果": lambda _number, record, _year: "\n".join(item.outcome for item in record.agenda if item.outcome),
    "决议": lambda _number, record, _year: "\n".join(
        f"{row.text}（{words.votes_told(row)}）" for row in record.resolutions
    ),
    "会议记录": lambda _number, record, _year: record.activity.minutes,
    "学时": lambda _number, record, _year: words.number_told(record.activity.hours or ""),
    "天数": lambda _number, record, _year: words.number_told(record.activity.days or ""),
}

OfMember = Callable[[int, HoursLine, BranchYear], Value]
MEMBER: Mapping[str, OfMember] = {
    "党员序号": lambda number, _line, _year: number,
    "党员姓名": lambda _number, line, _year: line.person.name,
    "党员性别": lambda _number, line, _year: line.person.gender,
    "党员民族": lambda _number, line, _year: line.person.ethnicity,
    "党员学历": lambda _number, line, _year: line.person.education,
    "党员类别": lambda _number, line, year: _kind(line.person, year),
    "入党日期": lambda _number, line, year: _joined(line.person, year),
    "所在党小组": lambda _number, line, _year: line.group,
    "党内职务": lambda _number, line, year: _post(line.person, year),
    "党员学时": lambda _number, line, _year: words.number_told(line.total.hours),
    "轮值天数": lambda _number, line, _year: words.number_told(line.total.days),
    "轮值次数": lambda _number, line, _year: line.total.rotations,
}
GROUPS: Mapping[str, Mapping[str, object]] = {"活动": ACTIVITY, "党员": MEMBER}
EVERY = frozenset({*ONCE, *ACTIVITY, *MEMBER})


def _told(number: int | None) -> Value:
    return "" if number is None else number


def _kind(person: Person, year: BranchYear) -> str:
    row = year.lines[person.pk].membership_on(year.on)
    return row.get_kind_display() if row and row.kind else ""


def _joined(person: Person, year: BranchYear) -> str:
    row = on_day(year.lines[person.pk].memberships, year.on)
    return words.plain_day(row.joined_on) if row else ""


def _post(person: Person, year: BranchYear) -> str:
    kind = year.post_on(person.pk, year.on)
    return Post.Kind(kind).label if kind else ""


class Filling(NamedTuple):
    """The values of one organisation's year: what stands once, and the lines for activities and for members."""

    once: Mapping[str, Value]
    lines: Mapping[str, Sequence[Mapping[str, Value]]]


def filling_of(year: BranchYear) -> Filling:
    """Everything that a form may ask of a year."""
    activities = [
        {name: tell(number, record, year) for name, tell in ACTIVITY.items()}
        for number, record in enumerate(year.records, 1)
    ]
    lines = enumerate(hours_of(year), 1)
    members = [{name: tell(number, line, year) for name, tell in MEMBER.items()} for number, line in lines]
    return Filling({name: tell(year) for name, tell in ONCE.items()}, {"活动": activities, "党员": members})


def group_of(text: str) -> str:
    """Whose lines a text belongs to: 活动, 党员, or nobody's."""
    names = {found.strip() for found in PLACEHOLDER.findall(text)}
    return next((group for group, words_ in GROUPS.items() if names & words_.keys()), "")


def filled(text: str, values: Mapping[str, Value]) -> Value:
    """The text with its placeholders replaced; a number stays one where nothing else stands there."""
    whole = PLACEHOLDER.fullmatch(text.strip())
    if whole and isinstance(values.get(whole[1]), int):
        return values[whole[1]]
    return PLACEHOLDER.sub(lambda found: str(values.get(found[1], "")), text)
