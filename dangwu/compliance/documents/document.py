"""The report as a Word document in the form of an official paper."""

from collections.abc import Iterator
from itertools import chain

from dangwu.compliance.documents import wording
from dangwu.compliance.documents.appearance import LEVEL_TINTS, OFFICIAL, Typefaces
from dangwu.compliance.documents.paper import Paper
from dangwu.compliance.report import FindingLine, Report

# 156 mm of text
WIDTHS = (9, 38, 19, 18, 12, 12, 12, 18, 18)
HEADS = ("序号", "党组织", "类别", "状况", *wording.FIGURES)
ELSEWHERE = "其他"  # findings that belong to no organisation


def docx_bytes(report: Report, typefaces: Typefaces = OFFICIAL) -> bytes:
    """The report as a docx file."""
    paper = Paper(typefaces, title=wording.title_of(report), day=report.on)
    paper.heading("一、总体情况")
    _whole(paper, report)
    paper.heading("二、各党组织情况")
    _organisations(paper, report)
    paper.heading("三、问题和补救办法")
    _findings(paper, report)
    paper.heading("四、表格问题")
    _problems(paper, report)
    paper.heading("五、未作判断的要求")
    _not_judged(paper, report)
    paper.heading("六、依据说明")
    _meanings(paper)
    if report.checkpoint:
        paper.note(report.checkpoint)
    return paper.bytes()


def _whole(paper: Paper, report: Report) -> None:
    paper.sentence(wording.days_of(report))
    paper.sentence(f"{report.sentence.removesuffix('。')}。")
    figures = "，".join(f"{name} {value}" for name, value in wording.figures_of(report).told())
    paper.sentence(f"{figures}。")


def _organisations(paper: Paper, report: Report) -> None:
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
    if lines:
        paper.table(HEADS, WIDTHS, lines)
    else:
        paper.sentence(wording.NO_LINES)


def _findings(paper: Paper, report: Report) -> None:
    if not report.findings:
        paper.sentence(wording.NOTHING_FOUND)
    for number, (organisation, findings) in enumerate(_by_organisation(report).items(), 1):
        paper.subheading(f"（{wording.chinese_number(number)}）{organisation or ELSEWHERE}")
        for place, finding in enumerate(findings, 1):
            _finding(paper, place, finding)


def _by_organisation(report: Report) -> dict[str, list[FindingLine]]:
    """Organisations as the matrix has them, worst first; then what belongs to none."""
    order = dict.fromkeys(
        chain((line.organisation for line in report.lines), (f.organisation for f in report.findings))
    )
    findings: dict[str, list[FindingLine]] = {name: [] for name in order}
    for finding in report.findings:
        findings[finding.organisation].append(finding)
    return {name: found for name, found in findings.items() if found}


def _finding(paper: Paper, number: int, finding: FindingLine) -> None:
    about = f"{finding.subject}：" if finding.subject != finding.organisation else ""
    level = f"{number}.〔{wording.LEVELS[finding.level]}〕"
    paper.item(level, LEVEL_TINTS[finding.level], f"{about}{finding.title}。{finding.text}")
    for line in _notes(finding):
        paper.note(line)


def _notes(finding: FindingLine) -> Iterator[str]:
    deadline = f"期限：{wording.day(finding.deadline)}。" if finding.deadline else ""
    yield f"依据：{wording.basis(finding)}。{deadline}"
    if finding.evidence:
        yield f"所据记录：{'；'.join(finding.evidence)}。"
    yield f"补救办法：{finding.remedy}"


def _problems(paper: Paper, report: Report) -> None:
    if not report.problems:
        paper.sentence(wording.NO_PROBLEMS)
    for number, problem in enumerate(report.problems, 1):
        severity = wording.SEVERITIES[problem.severity]
        paper.note(f"{number}.〔{severity}〕{wording.place(problem)}：{problem.message}{problem.remedy}")


def _not_judged(paper: Paper, report: Report) -> None:
    if not report.not_judged:
        paper.sentence(wording.ALL_JUDGED)
    for entry in report.not_judged:
        paper.note(f"{entry.title}：表格中没有“{'、'.join(entry.facts)}”，涉及 {entry.subjects} 个对象。")


def _meanings(paper: Paper) -> None:
    for level, meaning in wording.LEVEL_MEANINGS.items():
        paper.note(f"{wording.LEVELS[level]}：{meaning}")
    paper.note(f"依据等级：{'；'.join(f'{grade}级，{meaning}' for grade, meaning in wording.GRADES.items())}。")
    for sentence in wording.HOW_JUDGED:
        paper.note(sentence)
