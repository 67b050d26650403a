"""The lists of organisations of the corpus."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from random import Random
from typing import Any

from tests.corpus.cases import Case
from tests.corpus.defects import says, taken
from tests.corpus.files import FILES
from tests.corpus.hands import DAYS, spelling
from tests.corpus.layouts import Heads, Layout
from tests.corpus.shapes import Defect, Fault, Hand, Hands, Line

HEADS: Heads = {
    "name": "组织名称",
    "short_name": "简称",
    "kind": "组织类别",
    "parent": "上级组织",
    "secretary": "书记",
    "deputy_secretary": "副书记",
    "discipline_secretary": "纪检委员",
    "has_committee": "是否设支委会",
    "groups": "党小组数",
    "staff_total": "编制人数",
    "full_time_staff": "专职党务干部数",
    "founded_on": "建立日期",
    "term_started_on": "本届选举日期",
    "term_until": "届满日期",
}
OTHER_HEADS: Heads = {
    "name": "党组织全称",
    "kind": ("基本情况", "党组织类型"),
    "parent": ("基本情况", "上级党组织"),
    "founded_on": ("基本情况", "批准成立时间"),
    "secretary": ("班子", "书记姓名"),
    "deputy_secretary": ("班子", "副书记姓名"),
    "term_started_on": ("换届", "换届时间"),
    "term_until": ("换届", "应换届时间"),
    "staff_total": "在编人数",
}
ATTRIBUTES = {"deputy_secretary": "deputies"}
TITLE = (("党组织基本情况统计表",), ("填报单位：某局", None, "2026年11月"))
_UNITS = [
    "办公室",
    "业务一处",
    "业务二处",
    "人事处",
    "法规处",
    "信息中心",
    "离退休干部处",
    "后勤中心",
    "综合处",
    "监督处",
    "研究室",
    "档案馆",
    "培训中心",
]
_KIND = spelling(
    branch="党支部 支部 03_党支部",
    joint_branch="联合党支部 联合支部",
    general_branch="党总支 总支",
    committee="机关党委 党委",
)


def organisations(number: int, dice: Random) -> list[dict[str, Any]]:
    """A committee, and the branches beneath it."""
    top = "某市某局机关委员会"
    entries = [_organisation(top, "committee", None, dice)]
    for unit in _UNITS[: number - 1]:
        kind = dice.choice(["branch", "branch", "joint_branch", "general_branch"])
        ending = {"branch": "党支部", "joint_branch": "联合党支部", "general_branch": "党总支"}[kind]
        entries.append(_organisation(f"某局{unit}{ending}", kind, top, dice))
    return entries


def _organisation(name: str, kind: str, parent: str | None, dice: Random) -> dict[str, Any]:
    started = date(2024, dice.randint(1, 12), dice.randint(1, 28))
    return {
        "name": name,
        "short_name": name.removeprefix("某市").removeprefix("某局"),
        "kind": kind,
        "parent": parent,
        "secretary": dice.choice(["𠮷芳", "买买提·阿卜杜拉", "李强"]),
        "deputy_secretary": dice.choice([(), ("赵敏",), ("赵敏", "孙丽")]),
        "discipline_secretary": dice.choice(["周建国", None]),
        "has_committee": dice.choice([True, False]),
        "groups": dice.randint(0, 4),
        "staff_total": dice.randint(20, 90),
        "full_time_staff": dice.randint(1, 5),
        "founded_on": date(dice.randint(1990, 2019), dice.randint(1, 12), dice.randint(1, 28)),
        "term_started_on": started,
        "term_until": date(started.year + 3, started.month, started.day),
    }


def _day(style: str) -> Hand:
    return Hand(DAYS[style].write)


TIDY: Hands = {
    "kind": spelling(branch="党支部", joint_branch="联合党支部", general_branch="党总支", committee="机关党委"),
    "has_committee": Hand(lambda told, _: "是" if told else "否"),
    "deputy_secretary": Hand(lambda names, _: "、".join(names) or None),
}
UNTIDY: Hands = {
    "kind": _KIND,
    "secretary": Hand(lambda name, dice: dice.choice([name, f"{name}（兼）", f"{name}同志", f" {name} "])),
    "deputy_secretary": Hand(lambda names, dice: dice.choice(["、", "，", " ", "/", "\n"]).join(names) or None),
    "has_committee": Hand(lambda told, dice: dice.choice(["是 有 已设 √", "否 无 未设 ×"][not told].split())),
    "groups": Hand(lambda number, dice: dice.choice([number, f"{number}个", float(number), f"{number}"])),
    "staff_total": Hand(lambda number, dice: dice.choice([number, f"{number}人", f"共{number}名"])),
}


def no_name(lines: list[Line], dice: Random) -> None:
    if line := taken(lines, dice, "name"):
        line.cells["name"], line.counts = None, False
        line.codes.append(("name", "name.missing"))


def named_twice(lines: list[Line], dice: Random) -> None:
    if line := taken(lines, dice, "name"):
        again = deepcopy(line)
        again.counts = False
        again.codes.append(("name", "name.duplicate"))
        lines.append(again)


def ends_before_it_starts(lines: list[Line], dice: Random) -> None:
    if line := taken(lines, dice, "term_started_on", "term_until"):
        line.cells["term_until"], line.truth["term_until"] = "2020-01-31", date(2020, 1, 31)
        line.codes.append(("term_until", "term_until.before_started"))


def more_than_all(lines: list[Line], dice: Random) -> None:
    if line := taken(lines, dice, "full_time_staff", "staff_total"):
        line.cells["full_time_staff"] = line.truth["full_time_staff"] = 100
        line.codes.append(("full_time_staff", "full_time_staff.more_than_total"))


def kind_unknown(lines: list[Line], dice: Random) -> None:
    """The name still says it."""
    if line := taken(lines, dice, "kind"):
        line.cells["kind"] = "工会"
        line.codes.append(("kind", "kind.unknown"))


DEFECTS: dict[str, Defect] = {
    "no name": no_name,
    "a name twice": named_twice,
    "an unknown kind": kind_unknown,
    "an error for a number": says("staff_total", "error", Fault("#DIV/0!")),
    "an error for a name": says("secretary", "error", Fault("#NAME?")),
    "no number": says("groups", "malformed", "若干"),
    "neither yes nor no": says("has_committee", "malformed", "待定"),
    "no day": says("founded_on", "unreadable", "建局时"),
    "a year alone": says("term_started_on", "unreadable", "2024年"),
    "on no calendar": says("founded_on", "impossible", "2019-02-30"),
    "founded tomorrow": says("founded_on", "in_future", "2027-05-01", date(2027, 5, 1)),
    "ends before it starts": ends_before_it_starts,
    "more full-time staff than staff": more_than_all,
}


class Organisations(Case):
    stem = "党组织"
    usual_heads = HEADS
    tidy = TIDY
    every_defect = DEFECTS

    def entries(self, dice: Random) -> list[dict[str, Any]]:
        return organisations(self.number, dice)


def _cases() -> Iterator[Organisations]:
    yield Organisations("tidy")
    yield Organisations("a title and numbers", Layout(titles=TITLE, serial=True, numbered_columns=True))
    yield Organisations("two levels", Layout(titles=TITLE), heads=OTHER_HEADS)
    yield Organisations("sums and notes", Layout(totals=True, serial=True, closing=("填表人：张三", "注：截至11月")))
    yield Organisations("in blocks with the head again", Layout(head_again=True, blank_rows=True))
    yield Organisations("columns of others", Layout(extra={"联系电话": "010-88880000", "党员人数": 23, "备注": "无"}))
    yield Organisations("in another order", Layout(order=tuple(reversed(HEADS))))
    yield Organisations("untidy", hands=UNTIDY)
    for style in ("2009年7月1日", "2009.07.01", "20090701", "day number", "full width", "numerals", "spaced"):
        hands = dict.fromkeys(("founded_on", "term_started_on", "term_until"), _day(style))
        yield Organisations(f"days as {style}", hands=hands)
    for file in FILES:
        if "1904" not in file:
            defects = tuple(name for name in DEFECTS if file != "xls" or name != "neither yes nor no")
            yield Organisations(
                f"with defects, saved as {file}", Layout(titles=TITLE), UNTIDY, defects, file, number=14
            )
    for name in DEFECTS:
        yield Organisations(f"a defect: {name}", defects=(name,))


CORPUS = list(_cases())
