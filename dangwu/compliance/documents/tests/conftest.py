"""A report of three branches, small enough to be read in a test, and a report as large as a city's."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dangwu.compliance.report import Cell, Duty, FindingLine, Line, NotJudged, ProblemLine, Report, Status

ON = date(2026, 9, 20)
CODE = "中国共产党支部工作条例（试行）"
DUTIES = (
    Duty("general-assembly-each-quarter", "党员大会每季度召开一次", CODE, "11", "warning"),
    Duty("committee-meeting-each-month", "支委会每月召开一次", CODE, "11", "failure"),
    Duty("theme-day-each-month", "主题党日每月开展一次", CODE, "16", "failure"),
)
NOTHING = Cell(Status.NOT_ASKED)
LINES = (
    Line(
        "𠮷安处党支部",
        11,
        "党支部",
        Status.OVERDUE,
        (Cell(Status.WARNING, 2, 1, 1), Cell(Status.OVERDUE, 8, 6, 5), Cell(Status.GOOD, 8, 8, 8)),
    ),
    Line(
        "信息中心党支部",
        12,
        "党支部",
        Status.SOON,
        (Cell(Status.SOON, 2, 2, 2, date(2026, 9, 30)), NOTHING, Cell(Status.OPEN)),
    ),
    Line("第三党支部", 13, "联合党支部", Status.GOOD, (Cell(Status.GOOD, 2, 2, 2), NOTHING, NOTHING)),
)
FINDINGS = (
    FindingLine(
        "committee-meeting-each-month",
        "支委会每月召开一次",
        CODE,
        "11",
        "B",
        "must",
        "failure",
        "organisation",
        "𠮷安处党支部",
        "𠮷安处党支部",
        "2026-07",
        date(2026, 7, 31),
        "unmet",
        "2026年7月应召开支委会 1 次，台账中只有 0 次，缺 1 次。",
        ("支委会次数：0",),
        "尽快补开并如实记录召开日期。",
    ),
    FindingLine(
        "dues-rate",
        "按比例交纳党费",
        "关于中国共产党党费收缴、使用和管理的规定",
        "2",
        "A",
        "must",
        "failure",
        "member",
        "阿依古丽·买买提",
        "𠮷安处党支部",
        "",
        None,
        "unmet",
        "=1+1 <b>应交</b> 75.02 元，实交 50.00 元。",
        ("名册第12行", "@备注"),
        "补交差额。",
    ),
    FindingLine(
        "general-assembly-each-quarter",
        "党员大会每季度召开一次",
        CODE,
        "11",
        "B",
        "should",
        "warning",
        "organisation",
        "𠮷安处党支部",
        "𠮷安处党支部",
        "2026Q2",
        date(2026, 6, 30),
        "unmet",
        "2026年第二季度应召开党员大会 1 次，台账中只有 0 次。",
        (),
        "尽快补开。",
    ),
)
PROBLEMS = (
    ProblemLine(
        "名册.xlsx",
        "党员",
        12,
        "E",
        "identity_number",
        "identity_number.damaged",
        "error",
        "身份证号“1.10105E+17”已被表格软件损坏。",
        "请按原件重新填写。",
    ),
    ProblemLine("台账.xls", "", None, "", "", "head.missing", "doubt", "没有找到表头。", "请把列名放在同一行。"),
)
NOT_JUDGED = (NotJudged("branch-term", "党支部按期换届", ("本届选举日期", "本届届满日期"), 3),)


@pytest.fixture
def report() -> Report:
    return Report(
        unit="示例局",
        on=ON,
        since=date(2026, 1, 1),
        packs=("tianjin",),
        sentence="3 个党支部：1 个正常，1 个临期，1 个逾期",
        organisations=4,
        members=57,
        outcomes={"met": 26, "late": 1, "unmet": 3, "pending": 2},
        duties=DUTIES,
        lines=LINES,
        findings=FINDINGS,
        problems=PROBLEMS,
        not_judged=NOT_JUDGED,
    )


@pytest.fixture
def empty(report: Report) -> Report:
    nothing: dict[str, Any] = dict.fromkeys(("duties", "lines", "findings", "problems", "not_judged"), ())
    return replace(report, sentence="工作簿中没有党支部。", outcomes={}, **nothing)


@pytest.fixture
def large(report: Report) -> Callable[[int, int], Report]:
    """A report of so many branches with so many duties each; every fifth duty was missed."""

    def grown(branches: int, duties: int) -> Report:
        names = [f"第{number}党支部" for number in range(branches)]
        asked = [DUTIES[1]._replace(rule=f"rule-{number}", title=f"要求之{number}") for number in range(duties)]
        cells = tuple(
            Cell(Status.OVERDUE, 12, 9, 8) if number % 5 == 0 else Cell(Status.GOOD, 12, 12, 12)
            for number in range(duties)
        )
        findings = tuple(
            replace(FINDINGS[0], organisation=name, subject=name, rule=duty.rule, title=duty.title)
            for name in names
            for duty in asked[::5]
        )
        lines = tuple(Line(name, key, "党支部", Status.OVERDUE, cells) for key, name in enumerate(names))
        return replace(report, duties=tuple(asked), lines=lines, findings=findings)

    return grown
