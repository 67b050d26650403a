"""Workbooks as clerks write them, and what a check says of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from openpyxl import Workbook as Book

from dangwu.compliance.intake import HandedIn
from dangwu.compliance.models import Check, Workbook
from dangwu.compliance.report import FindingLine, Report
from dangwu.compliance.reporting import report_of
from dangwu.compliance.rulebooks import rulebook_of
from dangwu.compliance.services.checking import open_check, perform_check
from dangwu.foundation.actors import CommandLine
from dangwu.foundation.sheets.shapes import Cell

Line = Mapping[str, Cell]
OFFICE, PERSONNEL = "办公室党支部", "人事处党支部"
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "安邦昌达恩方高海"


def people(branch: str, number: int, **more: Cell) -> list[dict[str, Cell]]:
    """So many full members of a branch, with different names in every branch."""
    names = [f"{SURNAMES[i % 16]}{branch[0]}{GIVEN[i // 16]}" for i in range(number)]
    return [{"姓名": name, "人员类别": "正式党员", "所在党支部": branch, **more} for name in names]


def held(branch: str, kind: str, day: Cell, **more: Cell) -> dict[str, Cell]:
    """One line of a ledger."""
    return {"党支部": branch, "活动类型": kind, "时间": day, **more}


def in_order(branch: str, year: int = 2026, months: int = 9) -> list[dict[str, Cell]]:
    """What keeps a branch without a committee in order from January to the end of a month."""
    theme_days = [held(branch, "主题党日", f"{year}-{month:02}-10") for month in range(1, months + 1)]
    assemblies = [held(branch, "党员大会", f"{year}-{month:02}-15") for month in range(2, months + 1, 3)]
    yearly = [held(branch, "组织生活会暨民主评议党员", f"{year}-12-20"), held(branch, "谈心谈话", f"{year}-12-01")]
    return theme_days + assemblies + (yearly if months == 12 else [])


@dataclass
class Clerk:
    """Somebody with a folder; hands workbooks in and reads what comes back."""

    folder: Path
    _handed_in: list[HandedIn] = field(default_factory=list)

    def roster(self, *lines: Line, **sheets: Iterable[Line]) -> "Clerk":
        return self.hand_in(Workbook.Role.ROSTER, "名册", lines, sheets)

    def ledger(self, *lines: Line, **sheets: Iterable[Line]) -> "Clerk":
        return self.hand_in(Workbook.Role.LEDGER, f"台账{len(self._handed_in)}", lines, sheets)

    def organisations(self, *lines: Line, **sheets: Iterable[Line]) -> "Clerk":
        return self.hand_in(Workbook.Role.ORGANISATIONS, "党组织", lines, sheets)

    def hand_in(
        self, role: Workbook.Role, name: str, lines: Sequence[Line], sheets: Mapping[str, Iterable[Line]]
    ) -> "Clerk":
        """Write a workbook with the lines on one sheet, or with lines on each of several."""
        path = self.folder / f"{name}.xlsx"
        book = Book()
        book.remove(book.worksheets[0])
        for title, its in {**sheets, **({"表": lines} if lines else {})}.items():
            _fill(book, title, list(its))
        book.save(path)
        self._handed_in.append(HandedIn(role, path, path.name))
        return self

    def told(self, on: str = "2026-10-15", since: str = "2026-01-01", packs: Sequence[str] = ()) -> Report:
        """The report of the check."""
        by, day = CommandLine("test"), date.fromisoformat(on)
        opened = open_check(
            by=by, workbooks=self._handed_in, on=day, since=date.fromisoformat(since), packs=list(packs), today=day
        )
        check = perform_check(by=by, check=opened)
        assert check.state == Check.State.DONE, check.message
        return report_of(check, rulebook_of(packs))

    def told_of_2025(self, packs: Sequence[str] = ()) -> Report:
        """The report on the whole of a year that is over."""
        return self.told("2026-01-01", "2025-01-01", packs)


def _fill(book: Book, title: str, lines: Sequence[Line]) -> None:
    sheet = book.create_sheet(title)
    heads = list(dict.fromkeys(head for line in lines for head in line))
    for row in (heads, *([line.get(head) for head in heads] for line in lines)):
        sheet.append(row)


def levels(report: Report, rule: str) -> dict[tuple[str, str], str]:
    """The findings by one rule: whose, in which period, and how grave."""
    return {(f.subject, f.period): f.level for f in report.findings if f.rule == rule}


def failures(report: Report) -> set[tuple[str, str]]:
    """What fails: the rule and whom it accuses."""
    return {(finding.rule, finding.subject) for finding in report.failures()}


def accused(report: Report, rule: str) -> set[str]:
    """Whom a rule finds wanting."""
    return {subject for subject, _ in levels(report, rule)}


def found(report: Report) -> list[FindingLine]:
    """Everything that was found."""
    return list(report.findings)


def codes(report: Report) -> list[str]:
    """The problems of the workbooks."""
    return [problem.code for problem in report.problems]
