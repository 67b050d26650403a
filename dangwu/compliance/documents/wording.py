"""The words in which every format tells the same report."""

from collections.abc import Iterable
from typing import NamedTuple, Self

from dangwu.compliance.report import Cell, Duty, FindingLine, ProblemLine, Report, Status
from dangwu.kernel.days import told_day
from dangwu.kernel.periods import Period

NOTHING_FOUND = "没有发现问题。"
NO_PROBLEMS = "表格内容没有发现问题。"
ALL_JUDGED = "各项要求都已作出判断。"
NO_LINES = "没有需要逐项核对的党组织。"

LEVELS = {"failure": "不符合", "warning": "提醒", "hint": "提示"}
LEVEL_MEANINGS = {
    "failure": "规定“应当”做的事没有做到，且条款原文可查，需要整改。",
    "warning": "规定“一般”“原则上”要做的事没有做到，请说明情况或者补上。",
    "hint": "条款尚未见到原文，或者属于工作惯例，只供参考，不作为问题。",
}
GRADES = {
    "A": "已对照全文核对",
    "B": "所引条文可查",
    "C": "转引，未见原文",
    "M": "凭记忆记录，待核实",
}
SEVERITIES = {"error": "错误", "doubt": "存疑", "warning": "提醒"}
SEVERITY_MEANINGS = {
    "error": "该格内容未被采用，请改正后重新核对。",
    "doubt": "无法自动判定，请人工确认。",
    "warning": "已采用，请留意是否有误。",
}
STANDING_MEANINGS = {
    Status.OVERDUE: "到期没有做到",
    Status.WARNING: "“一般”要做的没有做到",
    Status.SOON: "快到期，还没有做",
    Status.HINT: "仅供参考的要求没有做到",
    Status.OPEN: "期限还早",
    Status.GOOD: "已做到",
    Status.NOT_ASKED: "没有这项要求",
}
HOW_JUDGED = (
    "本报告由程序对照党内法规逐项核对表格得出，每个问题都注明条款，最终以党组织的判断为准。",
    "应办：截至核对日应当完成的事项，以及已经提前完成的；尚未到期的不计入。",
    "按期：在期限内完成的；逾期补办的计入已办，不计入按期。",
)


class Figures(NamedTuple):
    """Of how many obligations how many were done, and how many on time."""

    due: int
    done: int
    on_time: int

    @classmethod
    def of(cls, cells: Iterable[Cell]) -> Self:
        """The figures of these cells together."""
        due = done = on_time = 0
        for cell in cells:
            due, done, on_time = due + cell.due, done + cell.done, on_time + cell.on_time
        return cls(due, done, on_time)

    @property
    def rates(self) -> tuple[float | None, float | None]:
        """The shares done and on time, rounded down so that 100% means all; None where nothing was due."""
        if not self.due:
            return None, None
        return self.done * 1000 // self.due / 1000, self.on_time * 1000 // self.due / 1000

    def told(self) -> list[tuple[str, str]]:
        """The five figures with their names."""
        done, on_time = ("—" if rate is None else f"{rate:.1%}" for rate in self.rates)
        values = f"{self.due:,}", f"{self.done:,}", f"{self.on_time:,}", done, on_time
        return list(zip(FIGURES, values, strict=True))


FIGURES = ("应办", "已办", "按期", "完成率", "按期率")


def figures_of(report: Report) -> Figures:
    """The figures of the whole report."""
    return Figures.of(cell for line in report.lines for cell in line.cells)


def by_duty(report: Report) -> list[tuple[Duty, Figures]]:
    """The figures of every duty over all organisations."""
    return [(duty, Figures.of(line.cells[place] for line in report.lines)) for place, duty in enumerate(report.duties)]


def title_of(report: Report) -> str:
    """The report's title."""
    return f"{report.unit}党组织生活核对报告"


def days_of(report: Report) -> str:
    """The day of the check and the span it covers."""
    span = f"核对期间：{told_day(report.since)}至{told_day(report.on)}"
    return f"{span}，共 {report.organisations:,} 个党组织、{report.members:,} 名党员。"


def period(code: str) -> str:
    """“2026年第三季度” for “2026Q3”; nothing for nothing."""
    return Period.parse(code).name if code else ""


def clause(document: str, article: str) -> str:
    """“《…》第11条”; the number of an article may not have been found out yet."""
    return f"《{document}》" + (f"第{article}条" if article[:1].isdigit() else "（条款待核）")


def basis(finding: FindingLine) -> str:
    """The clause with the grade of its source in words."""
    return f"{clause(finding.document, finding.article)}（{finding.grade}级：{GRADES[finding.grade]}）"


def cell_text(cell: Cell) -> list[str]:
    """The parts of a cell of the matrix: the status, how much is done, when the next is due."""
    parts = [mark(cell.status)]
    if cell.due:
        parts.append(f"{cell.done}/{cell.due}")
    if cell.status is Status.SOON and cell.next_deadline:
        parts.append(f"{cell.next_deadline.month}月{cell.next_deadline.day}日前")
    return parts


def legend() -> list[tuple[Status, str]]:
    """Every status with what it means."""
    return list(STANDING_MEANINGS.items())


def mark(status: Status) -> str:
    """The shape and the characters of a status."""
    return f"{status.mark} {status.label}"


def place(problem: ProblemLine) -> str:
    """Where a problem stands: “名册.xlsx，工作表“党员”，第12行，C列”."""
    parts = [problem.file]
    if problem.sheet:
        parts.append(f"工作表“{problem.sheet}”")
    if problem.row:
        parts.append(f"第{problem.row}行")
    if problem.column:
        parts.append(f"{problem.column}列")
    return "，".join(parts)


DIGITS = "零一二三四五六七八九"
PLACES = ((1000, "千"), (100, "百"), (10, "十"))


def chinese_number(number: int) -> str:
    """A number from 1 to 9999 as headings count: 十二, 一百零五."""
    text, gap = "", False
    for size, place in PLACES:
        digit, number = divmod(number, size)
        if digit:
            text += (DIGITS[0] if gap else "") + DIGITS[digit] + place
        gap = bool(text) and not digit
    if number:
        text += (DIGITS[0] if gap else "") + DIGITS[number]
    return text.removeprefix("一") if text.startswith("一十") else text
