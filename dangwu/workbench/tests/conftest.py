"""A stored check of as many branches as a test wants, and a small report that was never stored."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from dangwu.access.models import Account
from dangwu.compliance.models import Check, Finding, Tally, Workbook, WorkbookProblem
from dangwu.compliance.report import Cell, Duty, FindingLine, Line, ProblemLine, Report, Status
from dangwu.foundation.actors import CommandLine
from dangwu.foundation.deeds import Deed, doing
from dangwu.organisations.models import Standing, Unit
from dangwu.organisations.services.establishing import Draft, establish
from tests.accounts import appointed, sign_in
from tests.cast import COMMITTEE, bureau

ON, SINCE = date(2026, 9, 30), date(2026, 1, 1)
CODE, CHARTER = "支部工作条例", "党章"
THEME_DAY, ASSEMBLY = "theme-day-each-month", "general-assembly-each-quarter"
DUTIES = (
    Duty("calm", "从不缺的要求", CHARTER, "1", "failure"),
    Duty(ASSEMBLY, "党员大会每季度一次", CODE, "11", "warning"),
    Duty(THEME_DAY, "主题党日每月一次", CODE, "16", "failure"),
)
GOOD, NOTHING = Cell(Status.GOOD, 3, 3, 3), Cell(Status.NOT_ASKED)


def finding(organisation: str, duty: Duty, **more: str) -> FindingLine:
    told = {"grade": "B", "strength": "must", "subject_kind": "organisation", "subject": organisation, **more}
    return FindingLine(
        **told,
        rule=duty.rule,
        title=duty.title,
        document=duty.document,
        article=duty.article,
        level=duty.level,
        organisation=organisation,
        period="2026-05",
        deadline=date(2026, 5, 31),
        outcome="unmet",
        text=f"{organisation}：{duty.title}，缺 1 次。",
        evidence=("主题党日次数：0",),
        remedy="尽快补开。",
    )


def problem(severity: str, remedy: str, *, file: str = "名册.xlsx", row: int = 3) -> ProblemLine:
    return ProblemLine(file, "党员", row, "E", "birth_date", "birth_date.unreadable", severity, "看不懂的日期", remedy)


@pytest.fixture
def report() -> Report:
    late, soon = Cell(Status.OVERDUE, 9, 8, 8), Cell(Status.SOON, 2, 2, 2, date(2026, 10, 10))
    missed = Cell(Status.WARNING, 3, 2, 2, date(2026, 12, 31))
    return Report(
        unit="示例局",
        on=ON,
        since=SINCE,
        packs=(),
        sentence="3 个党支部：1 个正常，1 个临期，1 个逾期",
        organisations=3,
        members=30,
        outcomes={},
        duties=DUTIES,
        lines=(
            Line("示例局人事处党支部", 1, "党支部", Status.OVERDUE, (GOOD, missed, late)),
            Line("示例局办公室党支部", 2, "党支部", Status.SOON, (GOOD, soon, GOOD)),
            Line("示例局联合党支部", 3, "联合党支部", Status.GOOD, (GOOD, GOOD, NOTHING)),
        ),
        findings=(
            finding("示例局人事处党支部", DUTIES[2]),
            finding("示例局联合党支部", DUTIES[1]),
            finding("示例局人事处党支部", DUTIES[1], subject="白露", subject_kind="member"),
        ),
        problems=(
            problem("warning", "请核对号码。"),
            problem("error", "请写成 1998-07-06。", row=4),
            problem("warning", "请核对号码。", file="台账.csv"),
            problem("error", "请写成 1998-07-06。", row=9),
        ),
        not_judged=(),
    )


@pytest.fixture
def clerk_account(db: None) -> Account:  # noqa: ARG001, the tables are wanted
    return appointed(bureau().standings[COMMITTEE].organisation)


@pytest.fixture
def clerk(clerk_account: Account) -> Client:
    """The clerk of the committee, who may check workbooks."""
    return sign_in(Client(), clerk_account)


@pytest.fixture
def done_check(clerk_account: Account) -> Callable[[int], Check]:
    """Makes finished checks of the clerk's, with so many branches."""
    return lambda branches: store_check(branches, opened_by=f"account:{clerk_account.pk}")


def store_check(branches: int, opened_by: str = "command:test") -> Check:
    """A finished check: every branch has a finding, a met duty and a problem."""
    told = f"{branches} 个党支部：{branches} 个逾期"
    with doing(Deed("store", CommandLine("test"), trial=True)):
        unit = Unit.objects.create(name="示例局")
        check = Check.objects.create(
            unit=unit, opened_by=opened_by, on=ON, since=SINCE, state=Check.State.DONE, sentence=told
        )
        drafts = [Draft(f"第{number}党支部", "branch") for number in range(branches)]
        standings = establish(unit=unit, drafts=drafts, under=check.root)
    for standing in standings.values():
        _store_branch(check, standing)
    Workbook.objects.create(check_run=check, role="roster", file="名册.xlsx", rows=9, columns=COLUMNS)
    return check


COLUMNS = [
    {"letter": "A", "head": "姓 名", "field": "name", "confidence": 1.0},
    {"letter": "B", "head": "身高", "field": None, "confidence": 0.0},
    {"letter": "E", "head": "出生年月", "field": "birth_date", "confidence": 0.7},
]


def _store_branch(check: Check, standing: Standing) -> None:
    organisation = standing.organisation
    Tally.objects.bulk_create(
        [
            Tally(check_run=check, organisation=organisation, rule=THEME_DAY, level="failure", met=8, unmet=1),
            Tally(check_run=check, organisation=organisation, rule=ASSEMBLY, level="warning", met=3),
        ]
    )
    Finding.objects.create(
        check_run=check,
        organisation=organisation,
        rule=THEME_DAY,
        title="主题党日每月开展一次",
        document="支部工作条例",
        article="16",
        grade="M",
        strength="must",
        level="failure",
        subject_kind="organisation",
        subject=standing.name,
        period="2026-05",
        deadline=date(2026, 5, 31),
        outcome="unmet",
        text=f"{standing.name}缺 1 次主题党日。",
        evidence=["主题党日次数：0"],
        remedy="尽快补开。",
    )
    WorkbookProblem.objects.create(
        check_run=check,
        file="名册.xlsx",
        row=7,
        column="E",
        code="birth_date.unreadable",
        severity="error",
        message="“六月”不是日期",
        remedy="请写成 1998-07-06。",
    )
