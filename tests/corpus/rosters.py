"""The rosters of the corpus: a layout × a hand × defects × a program that saved them."""

from collections.abc import Iterator
from random import Random
from typing import Any

from tests.corpus import defects
from tests.corpus.cases import Case
from tests.corpus.files import FILES
from tests.corpus.hands import CODES, DAYS, TIDY, UNTIDY
from tests.corpus.layouts import Heads, Layout
from tests.corpus.people import people
from tests.corpus.shapes import Hands

DATES = ("birth_date", "joined_on", "confirmed_on")
HEADS: Heads = {
    "name": "姓名",
    "gender": "性别",
    "ethnicity": "民族",
    "birth_date": "出生日期",
    "identity_number": "身份证号码",
    "phone": "联系电话",
    "education": "学历",
    "member_kind": "人员类别",
    "organisation": "所在党支部",
    "post": "党内职务",
    "joined_on": "入党日期",
    "confirmed_on": "转正日期",
    "employment_kind": "在职情况",
    "unit_post": "行政职务",
    "remarks": "备注",
}
OTHER_HEADS: Heads = {
    "name": "姓　名",
    "gender": "性 别",
    "birth_date": "出生\n年月",
    "identity_number": "公民身份号码（18位）",
    "phone": "手机号码*",
    "education": "文化程度",
    "member_kind": "党员类别（正式/预备）",
    "organisation": "组织关系所在党支部",
    "joined_on": "加入中国共产党时间",
    "confirmed_on": "何时转正",
    "unit_post": "工作单位及职务",
}
TWO_LEVELS: Heads = {
    "name": "姓名",
    "gender": ("基本情况", "性别"),
    "ethnicity": ("基本情况", "民族"),
    "birth_date": ("基本情况", "出生年月"),
    "identity_number": ("基本情况", "身份证号"),
    "organisation": ("党内情况", "所在党支部"),
    "member_kind": ("党内情况", "人员类别"),
    "joined_on": ("党内情况", "入党时间"),
    "confirmed_on": ("党内情况", "转正时间"),
    "remarks": "备注",
}
THREE_LEVELS: Heads = {
    "name": "姓名",
    "gender": ("基本情况", "个人", "性别"),
    "birth_date": ("基本情况", "个人", "出生年月"),
    "phone": ("基本情况", "联系", "手机"),
    "unit_post": ("基本情况", "联系", "单位及职务"),
    "organisation": ("党内情况", "组织关系", "所在支部"),
    "group": ("党内情况", "组织关系", "党小组"),
    "joined_on": ("党内情况", "时间", "入党时间"),
    "confirmed_on": ("党内情况", "时间", "转正时间"),
}
BY_CONTENT: Heads = {
    "name": "姓名",
    "gender": "甲",
    "ethnicity": "乙",
    "identity_number": "丙",
    "phone": "丁",
    "member_kind": "戊",
    "organisation": "己",
}
NOTHING = (None, "无", "/", "—", "  ")


class Roster(Case):
    stem = "名册"
    usual_heads = HEADS
    tidy = TIDY
    every_defect = defects.ALL

    def entries(self, dice: Random) -> list[dict[str, Any]]:
        return people(self.number, dice)


def dated(style: str) -> Hands:
    return dict.fromkeys(DATES, DAYS[style])


TITLE = (("某市某局党员花名册",),)
NOTES = ("备注：以上为在册党员。", "填表人：张三　　审核人：李四　　填表日期：2026年11月20日")
COVER = ("填表说明", (("填表说明",), ("一、姓名填写全名。",), ("二、性别填写男或女。",)), False)
OLD = ("旧表（作废）", (("姓名", "性别", "所在党支部"), ("某某", "男", "一支部")), False)
HIDDEN = ("底稿", (tuple(HEADS.values()), ("某某", "男")), True)
EXTRA = {
    "年龄": 45,
    "配偶姓名": "赵六",
    "入党介绍人": "孙七、周八",
    "申请入党时间": "2001.05",
    "毕业院校及专业": "某大学",
}


def _layouts() -> Iterator[Roster]:
    yield Roster("as tidy as can be")
    yield Roster("a title", Layout(titles=TITLE))
    yield Roster("a title, who reports and when", Layout(titles=(*TITLE, ("填报单位：某局", None, "2026年11月"))))
    yield Roster("a title that is not merged", Layout(titles=TITLE, title_merged=False))
    yield Roster("an empty line beneath the title", Layout(titles=(*TITLE, ())))
    yield Roster("other heads", heads=OTHER_HEADS)
    yield Roster("two levels", Layout(titles=TITLE), heads=TWO_LEVELS, hands=dated("2009.07"))
    yield Roster("two levels, not merged", Layout(head_merged=False), heads=TWO_LEVELS)
    yield Roster("three levels", Layout(titles=TITLE, serial=True), heads=THREE_LEVELS, hands=dated("2009年7月"))
    yield Roster("heads known by what stands below", heads=BY_CONTENT)
    yield Roster("columns in another order", Layout(order=tuple(reversed(HEADS))))
    yield Roster("numbered columns and lines", Layout(serial=True, numbered_columns=True))
    yield Roster("columns that are none of ours", Layout(extra=EXTRA))
    yield Roster("not in the corner", Layout(indent=2, titles=TITLE))
    yield Roster("an empty column", Layout(blank_column=4))
    yield Roster("empty lines", Layout(blank_rows=True))
    yield Roster("sums", Layout(totals=True, serial=True))
    yield Roster("sums without numbers of lines", Layout(totals=True))
    yield Roster("the head on every printed page", Layout(head_again=True))
    yield Roster("the two-level head again", Layout(head_again=True), heads=TWO_LEVELS)
    yield Roster("notes at the end", Layout(closing=NOTES))
    yield Roster("remarks beside the table", Layout(beside=("已核对",)))
    yield Roster("the branch merged over its members", Layout(branch="merged"))
    yield Roster("the branch in the first line of its block", Layout(branch="first"))
    yield Roster("the branch on a line of its own", Layout(branch="banner", serial=True))
    yield Roster("branches on lines, with sums", Layout(branch="banner", serial=True, totals=True, blank_rows=True))
    yield Roster("the branch on a line of its own, not merged", Layout(branch="banner", title_merged=False))
    yield Roster("the branch on a line of its own, as text", Layout(branch="banner"), file="csv in GB 18030")
    yield Roster("a sheet for each branch", Layout(branch="sheet", titles=TITLE))
    yield Roster(
        "the branch in the title", Layout(branch="title", titles=(("中共某局第三支部委员会党员名册",),)),
        told={"organisation": "某局第三支部委员会"},
    )  # fmt: skip
    yield Roster("two tables side by side", Layout(twice=True))
    yield Roster("hidden lines and columns, filtered", Layout(hidden=True, filtered=True))
    yield Roster("a cover, an old table and a hidden draft", Layout(others=(COVER, OLD, HIDDEN)))
    yield Roster(
        "everything at once",
        Layout(
            titles=(*TITLE, ("填报单位：某局", None, "2026年11月")),
            serial=True,
            numbered_columns=True,
            extra=EXTRA,
            totals=True,
            blank_rows=True,
            head_again=True,
            closing=NOTES,
            hidden=True,
            others=(COVER,),
        ),
        {**UNTIDY, **CODES, **dated("2009.07")},
        tuple(defects.ALL),
        number=23,
        nothing=NOTHING,
    )


def _hands() -> Iterator[Roster]:
    for style in DAYS:
        if style not in {"day number since 1904", "remarked"}:
            yield Roster(f"days as {style}", hands=dated(style))
    yield Roster("days with a remark", hands={**dated("2009.07"), "joined_on": DAYS["remarked"]})
    yield Roster("days counted from 1904", hands=dated("day number since 1904"), file="xlsx since 1904")
    yield Roster("dates in a file that counts from 1904", hands=dated("as a date"), file="xlsx since 1904")
    yield Roster("names, numbers and telephones untidy", hands=UNTIDY, number=23)
    yield Roster("codes", hands=CODES, number=23)
    yield Roster("many words for nothing", nothing=NOTHING)
    yield Roster("a very long remark", told={"remarks": "长" * 32_000})
    yield Roster("a remark of many lines", told={"remarks": "第一行\n第二行，“引号”\t制表"})
    yield Roster("remarks like formulas", told={"remarks": "=1+1", "unit_post": "+科长"})


def _files() -> Iterator[Roster]:
    for file in FILES:
        if "1904" not in file:
            yield Roster(f"saved as {file}", Layout(titles=TITLE), UNTIDY, file=file, number=20)
            yield Roster(f"with defects, saved as {file}", Layout(serial=True), {}, _ELSEWHERE, file, number=20)
    yield Roster("merged and in blocks, by WPS", Layout(TITLE, branch="merged"), file="xlsx by WPS", heads=TWO_LEVELS)
    yield Roster("two levels, by WPS", Layout(TITLE, serial=True), file="xlsx by WPS", heads=TWO_LEVELS)
    yield Roster("merged, in an old workbook", Layout(TITLE, branch="merged"), file="xls", heads=TWO_LEVELS)
    yield Roster("two levels, as text", Layout(TITLE, branch="first"), file="csv in GB 18030", heads=TWO_LEVELS)


def _defects() -> Iterator[Roster]:
    for name in defects.ALL:
        yield Roster(f"a defect: {name}", Layout(titles=TITLE), defects=(name,))
    for branch in ("merged", "first", "banner", "sheet"):
        yield Roster(f"defects where branches are {branch}", Layout(branch=branch), defects=defects.ALONE, number=20)


# those that are the same whatever wrote the file: a text table knows neither truth values nor fractions
_ELSEWHERE = tuple(name for name in defects.ALL if name not in {"true", "a percentage"})
CORPUS = [*_layouts(), *_hands(), *_files(), *_defects()]
