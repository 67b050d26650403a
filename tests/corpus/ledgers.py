"""The ledgers of activities of the corpus."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from dangwu.foundation.sheets.shapes import Cell
from tests.corpus.cases import Case
from tests.corpus.defects import says, taken
from tests.corpus.files import FILES
from tests.corpus.hands import DAYS, spelling
from tests.corpus.layouts import Heads, Layout
from tests.corpus.people import BRANCHES
from tests.corpus.shapes import Defect, Fault, Hand, Hands, Line

HEADS: Heads = {
    "organisation": "党支部",
    "activity": "活动类型",
    "topic": "主题",
    "held_on": "日期",
    "place": "地点",
    "chair": "主持人",
    "lecturer": "主讲人",
    "expected": "应到",
    "present": "实到",
    "absent": "缺席人员及原因",
    "hours": "学时",
}
OTHER_HEADS: Heads = {
    "organisation": "召开单位",
    "held_on": "召开时间",
    "activity": ("会议情况", "会议类型"),
    "topic": ("会议情况", "会议议题"),
    "place": ("会议情况", "会议地点"),
    "expected": ("出席情况", "应到人数"),
    "present": ("出席情况", "实到人数"),
    "absent": ("出席情况", "请假人员及原因"),
}
ATTRIBUTES = {"activity": "kinds"}
TITLE = (("2026年组织生活台账",), ("填报单位：某局", None, "2026年11月"))
_TOPICS = ("学习《党章》第一章", "讨论发展党员", "总结上半年工作", "学习条例，部署工作")
_NAMES = ("𠮷芳", "李强", "买买提·阿卜杜拉")
_KINDS = ("general_assembly", "committee_meeting", "party_lecture", "theme_day")
_ABSENT: tuple[tuple[tuple[str, str], ...], ...] = ((), (("张伟", "出差"),), (("张伟", "病假"), ("王磊", "病假")))


def activities(number: int, dice: Random) -> list[dict[str, Any]]:
    """Meetings of several branches, in the order of the branches, each on another day."""
    return [_activity(BRANCHES[place * len(BRANCHES) // number], place, dice) for place in range(number)]


def _activity(branch: str, place: int, dice: Random) -> dict[str, Any]:
    absent = dice.choice(_ABSENT)
    expected = dice.randint(9, 30)
    return {
        "organisation": branch,
        "activity": (dice.choice(_KINDS),),
        "topic": dice.choice(_TOPICS),
        "held_on": date(2026, 1, 5) + timedelta(days=9 * place + dice.randint(0, 8)),
        "place": "三楼会议室",
        "chair": dice.choice(_NAMES),
        "lecturer": dice.choice(_NAMES),
        "expected": expected,
        "present": expected - len(absent),
        "absent": absent,
        "hours": dice.choice([Decimal(2), Decimal("1.5")]),
    }


_PLAIN_KINDS = spelling(
    general_assembly="党员大会 支部党员大会", committee_meeting="支委会", party_lecture="党课", theme_day="主题党日"
)
_OTHER_KINDS = spelling(
    general_assembly="支部大会 三会一课-党员大会",
    committee_meeting="支部委员会会议 支委会议",
    party_lecture="专题党课 上党课",
    theme_day="主题党日活动 党日活动",
)


def _expected(number: int, dice: Random) -> Cell:
    ways: list[Cell] = [f"{number}人", f"应到{number}人", str(number), float(number)]
    return dice.choice(ways)


TIDY: Hands = {
    "activity": Hand(lambda kinds, dice: _PLAIN_KINDS.write(kinds[0], dice)),
    "held_on": Hand(DAYS["as a date"].write),
    "absent": Hand(lambda absent, _: "、".join(f"{name}（{why}）" for name, why in absent) or None),
    "hours": Hand(lambda hours, _: float(hours)),
}
UNTIDY: Hands = {
    "activity": Hand(lambda kinds, dice: _OTHER_KINDS.write(kinds[0], dice)),
    "held_on": Hand(
        lambda day, dice: dice.choice(
            [
                f"{day.year}年{day.month}月{day.day}日（周一）上午9:00",
                f"{day.month}月{day.day}日",
                f"{day:%Y.%m.%d}",
                f"{day:%Y/%m/%d} 14:30-16:00",
                f"{day.year}-{day.month}-{day.day}",
            ]
        )
    ),
    "absent": Hand(lambda absent, _: "、".join(name for name, _ in absent) + f"{absent[0][1]}" if absent else "无"),
    "expected": Hand(_expected),
    "present": Hand(lambda number, dice: dice.choice([f"{number}人", f"实到{number}人", f"{number}"])),
    "hours": Hand(lambda hours, dice: dice.choice([f"{hours}学时", f"{hours}小时", f"{hours}"])),
}


def more_than_expected(lines: list[Line], dice: Random) -> None:
    if line := taken(lines, dice, "expected", "present"):
        line.cells["present"] = line.truth["expected"] + 3
        line.truth["expected"] = line.truth["present"] = None
        line.codes.append(("present", "present.more_than_expected"))


def told_twice(lines: list[Line], dice: Random) -> None:
    if line := taken(lines, dice, "activity"):
        again = deepcopy(line)
        again.counts = False
        again.codes.append(("activity", "row.duplicate"))
        lines.insert(lines.index(line) + 1, again)


DEFECTS: dict[str, Defect] = {
    "an unknown kind": says("activity", "unknown_kind", "团建拓展", ()),
    "an error for a kind": says("activity", "error", Fault("#N/A"), ()),
    "an error for a day": says("held_on", "error", Fault("#VALUE!")),
    "on no calendar": says("held_on", "impossible", "2026年2月30日"),
    "no day": says("held_on", "unreadable", "月底"),
    "not held yet": says("held_on", "in_future", "2026年12月8日"),
    "a month alone": says("held_on", "month_only", "2026年3月", date(2026, 3, 1)),
    "no number": says("expected", "malformed", "若干"),
    "no hours": says("hours", "malformed", "半天"),
    "more than expected": more_than_expected,
    "told twice": told_twice,
}


class Ledger(Case):
    stem = "台账"
    usual_heads = HEADS
    tidy = TIDY
    every_defect = DEFECTS

    def entries(self, dice: Random) -> list[dict[str, Any]]:
        return activities(self.number, dice)


def _cases() -> Iterator[Ledger]:
    yield Ledger("tidy")
    yield Ledger("a title and numbers", Layout(titles=TITLE, serial=True, numbered_columns=True))
    yield Ledger("two levels", Layout(titles=TITLE), heads=OTHER_HEADS)
    yield Ledger("sums and notes", Layout(totals=True, serial=True, closing=("填表人：张三", "注：截至11月")))
    yield Ledger("the branch merged", Layout(titles=TITLE, branch="merged"))
    yield Ledger("the branch in its first line", Layout(titles=TITLE, branch="first"))
    yield Ledger("a sheet for each branch", Layout(titles=TITLE, branch="sheet"))
    yield Ledger("the head again", Layout(head_again=True, blank_rows=True))
    yield Ledger("columns of others", Layout(extra={"照片": "有", "填报人": "张三", "附件": 2}))
    yield Ledger("untidy", Layout(titles=TITLE), UNTIDY)
    for style in ("2009年7月1日", "2009.07.01", "20090701", "day number", "full width", "spaced", "with an hour"):
        yield Ledger(f"days as {style}", hands={"held_on": Hand(DAYS[style].write)})
    for file in FILES:
        if "1904" not in file:
            yield Ledger(
                f"with defects, saved as {file}", Layout(titles=TITLE), UNTIDY, tuple(DEFECTS), file, number=16
            )
    for name in DEFECTS:
        yield Ledger(f"a defect: {name}", defects=(name,))


CORPUS = list(_cases())
