"""The report as an official paper: as Word, and as PDF."""

from collections.abc import Iterator
from itertools import chain

from dangwu.compliance.documents import wording
from dangwu.compliance.documents.appearance import LEVEL_TINTS
from dangwu.compliance.report import FindingLine, Report
from dangwu.foundation.documents import pdf, word
from dangwu.foundation.documents.paper import Block, Heading, Item, Note, Paper, Sentence, Table
from dangwu.kernel.days import told_day

# 156 mm of text
WIDTHS = (9, 38, 19, 18, 12, 12, 12, 18, 18)
HEADS = ("序号", "党组织", "类别", "状况", *wording.FIGURES)
ELSEWHERE = "其他"  # findings that belong to no organisation


def docx_bytes(report: Report) -> bytes:
    """The report as a docx file."""
    return word.written(paper_of(report))


def pdf_bytes(report: Report) -> bytes:
    """The report as a PDF."""
    return pdf.written(paper_of(report))


def paper_of(report: Report) -> Paper:
    """What stands in the report."""
    return Paper(wording.title_of(report), report.on, tuple(_blocks(report)), report.checkpoint)


def _blocks(report: Report) -> Iterator[Block]:
    yield Heading("一、总体情况")
    yield from _whole(report)
    yield Heading("二、各党组织情况")
    yield _organisations(report)
    yield Heading("三、问题和补救办法")
    yield from _findings(report)
    yield Heading("四、表格问题")
    yield from _problems(report)
    yield Heading("五、未作判断的要求")
    yield from _not_judged(report)
    yield Heading("六、依据说明")
    yield from _meanings()


def _whole(report: Report) -> Iterator[Block]:
    yield Sentence(wording.days_of(report))
    yield Sentence(f"{report.sentence.removesuffix('。')}。")
    figures = "，".join(f"{name} {value}" for name, value in wording.figures_of(report).told())
    yield Sentence(f"{figures}。")


def _organisations(report: Report) -> Block:
    lines = [
        (
            str(number),
            line.organisation,
            line.kind,
            wording.mark(line.status),
            *(value for _, value in wording.Figures.of(line.cells).told()),
        )
        for number, line in enumerate(report.lines, 1)
    ]
    return Table(HEADS, WIDTHS, lines) if lines else Sentence(wording.NO_LINES)


def _findings(report: Report) -> Iterator[Block]:
    if not report.findings:
        yield Sentence(wording.NOTHING_FOUND)
    for number, (organisation, findings) in enumerate(_by_organisation(report).items(), 1):
        yield Heading(f"（{wording.chinese_number(number)}）{organisation or ELSEWHERE}", 2)
        for place, finding in enumerate(findings, 1):
            yield from _finding(place, finding)


def _by_organisation(report: Report) -> dict[str, list[FindingLine]]:
    """Organisations as the matrix has them, worst first; then what belongs to none."""
    order = dict.fromkeys(
        chain((line.organisation for line in report.lines), (f.organisation for f in report.findings))
    )
    findings: dict[str, list[FindingLine]] = {name: [] for name in order}
    for finding in report.findings:
        findings[finding.organisation].append(finding)
    return {name: found for name, found in findings.items() if found}


def _finding(number: int, finding: FindingLine) -> Iterator[Block]:
    about = f"{finding.subject}：" if finding.subject != finding.organisation else ""
    level = f"{number}.〔{wording.LEVELS[finding.level]}〕"
    yield Item(level, LEVEL_TINTS[finding.level].ink, f"{about}{finding.title}。{finding.text}")
    yield from map(Note, _notes(finding))


def _notes(finding: FindingLine) -> Iterator[str]:
    deadline = f"期限：{told_day(finding.deadline)}。" if finding.deadline else ""
    yield f"依据：{wording.basis(finding)}。{deadline}"
    if finding.evidence:
        yield f"所据记录：{'；'.join(finding.evidence)}。"
    yield f"补救办法：{finding.remedy}"


def _problems(report: Report) -> Iterator[Block]:
    if not report.problems:
        yield Sentence(wording.NO_PROBLEMS)
    for number, problem in enumerate(report.problems, 1):
        severity = wording.SEVERITIES[problem.severity]
        yield Note(f"{number}.〔{severity}〕{wording.place(problem)}：{problem.message}{problem.remedy}")


def _not_judged(report: Report) -> Iterator[Block]:
    if not report.not_judged:
        yield Sentence(wording.ALL_JUDGED)
    for entry in report.not_judged:
        yield Note(f"{entry.title}：表格中没有“{'、'.join(entry.facts)}”，涉及 {entry.subjects} 个对象。")


def _meanings() -> Iterator[Block]:
    for level, meaning in wording.LEVEL_MEANINGS.items():
        yield Note(f"{wording.LEVELS[level]}：{meaning}")
    yield Note(f"依据等级：{'；'.join(f'{grade}级，{meaning}' for grade, meaning in wording.GRADES.items())}。")
    yield from map(Note, wording.HOW_JUDGED)
