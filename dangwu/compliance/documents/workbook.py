"""The report as a workbook that a clerk hands in."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from dangwu.compliance.documents import wording
from dangwu.compliance.documents.appearance import LEVEL_TINTS, TINTS
from dangwu.compliance.documents.book import A3, A4, Book, Column, bordered
from dangwu.compliance.report import Cell, FindingLine, Line, Report, Status
from dangwu.foundation.documents.typefaces import OFFICIAL, Typefaces
from dangwu.foundation.sheets.pen import Property
from dangwu.kernel.days import told_day

OVERVIEW, FINDINGS, PROBLEMS, NOT_JUDGED, MEANINGS = "总览", "问题清单", "表格问题", "未作判断", "依据说明"
MOST_LINKS = 60_000  # a sheet holds 65,530

# rows and columns of the overview, counted from 0
SPAN, SENTENCE, FIGURE_NAMES, FIGURE_VALUES, LEGEND, HEAD = 1, 2, 3, 4, 5, 6
STATUS, FIRST_DUTY = 2, 8
OVERVIEW_COLUMNS = (
    Column("党组织", 26),
    Column("类别", 11),
    Column("状况", 10),
    *(Column(name, 9) for name in wording.FIGURES),
)
DUTY_WIDTH = 12.5

FINDING_COLUMNS = (
    Column("序号", 6, "center"),
    Column("结论", 9, "center"),
    Column("党组织", 20),
    Column("对象", 20),
    Column("要求", 22),
    Column("依据", 32),
    Column("期间", 14, "center"),
    Column("期限", 12, "center"),
    Column("原因", 44),
    Column("所据记录", 38),
    Column("补救办法", 36),
)
PROBLEM_COLUMNS = (
    Column("程度", 8, "center"),
    Column("文件", 26),
    Column("工作表", 16),
    Column("行", 7, "center"),
    Column("列", 7, "center"),
    Column("问题", 56),
    Column("怎样改正", 48),
)
NOT_JUDGED_COLUMNS = (Column("要求", 40), Column("表格中缺少的内容", 56), Column("涉及数量", 12, "center"))
MEANING_COLUMNS = (Column("名称", 40), Column("含义", 90))

Links = dict[tuple[str, str], str]


def xlsx_bytes(report: Report, typefaces: Typefaces = OFFICIAL) -> bytes:
    """The report as an xlsx file; the same report gives the same bytes."""
    book = Book(typefaces, title=wording.title_of(report), day=report.on)
    _overview(book, report)
    _findings(book, report)
    _problems(book, report)
    _not_judged(book, report)
    _meanings(book, report)
    return book.bytes()


def _overview(book: Book, report: Report) -> None:
    sheet = _sheet(book, report, OVERVIEW, paper=A3)
    book.title(sheet, wording.title_of(report))
    book.text(sheet, SPAN, 0, wording.days_of(report), text_wrap=False)
    sheet.set_row(SENTENCE, 24)
    book.text(sheet, SENTENCE, 0, report.sentence, font_name=book.typefaces.heading, font_size=14, text_wrap=False)
    _figures(book, sheet, report)
    _legend(book, sheet)
    _matrix(book, sheet, report)
    sheet.freeze_panes(HEAD + 1, STATUS + 1)
    sheet.repeat_rows(HEAD)
    sheet.repeat_columns(0, STATUS)


def _figures(book: Book, sheet: Worksheet, report: Report) -> None:
    sheet.set_row(FIGURE_VALUES, 26)
    for place, (name, value) in enumerate(wording.figures_of(report).told(), STATUS + 1):
        book.text(sheet, FIGURE_NAMES, place, name, align="center", font_color="4A4A4A")
        book.text(sheet, FIGURE_VALUES, place, value, align="center", font_size=16, bold=True)


def _legend(book: Book, sheet: Worksheet) -> None:
    told = [f"{wording.mark(status)}：{meaning}" for status, meaning in wording.legend()]
    text = "图例　" + "　".join(told) + "　（3/4 表示应办 4 项，已办 3 项）"
    book.text(sheet, LEGEND, 0, text, font_size=10, font_color="4A4A4A", text_wrap=False)


def _matrix(book: Book, sheet: Worksheet, report: Report) -> None:
    columns = [*OVERVIEW_COLUMNS, *(Column(duty.title, DUTY_WIDTH) for duty in report.duties)]
    sheet.set_row(HEAD, 66)
    book.heads(sheet, HEAD, columns)
    links = _links(report)
    for row, line in enumerate(report.lines, HEAD + 1):
        _line(book, sheet, row, line)
        for place, cell in enumerate(line.cells):
            link = links.get((line.organisation, report.duties[place].rule))
            _cell(book, sheet, row, FIRST_DUTY + place, cell, link)
    last = HEAD + len(report.lines)
    sheet.autofilter(HEAD, 0, last, STATUS)
    if report.lines:
        _totals(book, sheet, last + 1, report)
    else:
        book.text(sheet, last + 1, 0, wording.NO_LINES, text_wrap=False)


def _line(book: Book, sheet: Worksheet, row: int, line: Line) -> None:
    sheet.set_row(row, 32)
    book.text(sheet, row, 0, line.organisation, **bordered())
    book.text(sheet, row, 1, line.kind, align="center", **bordered())
    book.text(sheet, row, STATUS, wording.mark(line.status), align="center", bold=True, **_tinted(line.status))
    _five(book, sheet, row, wording.Figures.of(line.cells))


def _five(book: Book, sheet: Worksheet, row: int, figures: wording.Figures, **look: Property) -> None:
    for place, number in enumerate(figures, STATUS + 1):
        book.value(sheet, row, place, number, align="center", num_format="#,##0", **look, **bordered())
    for place, rate in enumerate(figures.rates, STATUS + 4):
        shown = "—" if rate is None else rate
        book.value(sheet, row, place, shown, align="center", num_format="0.0%", **look, **bordered())


def _cell(book: Book, sheet: Worksheet, row: int, column: int, cell: Cell, link: str | None) -> None:
    look = book.look(align="center", font_size=10, **_tinted(cell.status))
    text = " ".join(wording.cell_text(cell))
    if link:
        sheet.write_url(row, column, link, look, text, "查看原因")
    else:
        sheet.write_string(row, column, text, look)


def _totals(book: Book, sheet: Worksheet, row: int, report: Report) -> None:
    look: dict[str, Property] = {"bold": True, "bg_color": "F3EDE6"}
    sheet.set_row(row, 32)
    for column, text in enumerate(("合计", "", "")):
        book.text(sheet, row, column, text, **look, **bordered())
    _five(book, sheet, row, wording.figures_of(report), **look)
    for column, (_, figures) in enumerate(wording.by_duty(report), FIRST_DUTY):
        book.text(sheet, row, column, f"{figures.done}/{figures.due}", align="center", **look, **bordered())


def _links(report: Report) -> Links:
    """Where the first finding of an organisation by a rule stands in the list of findings."""
    places: Links = {}
    for row, finding in enumerate(report.findings, 1):
        target = f"internal:'{FINDINGS}'!{xl_rowcol_to_cell(row, 0)}"
        places.setdefault((finding.organisation, finding.rule), target)
    return dict(islice(places.items(), MOST_LINKS))


def _findings(book: Book, report: Report) -> None:
    sheet = _sheet(book, report, FINDINGS, paper=A3)
    lines = [_finding(number, finding) for number, finding in enumerate(report.findings, 1)]
    _list(book, sheet, FINDING_COLUMNS, lines, wording.NOTHING_FOUND)
    for row, finding in enumerate(report.findings, 1):
        tint = LEVEL_TINTS[finding.level]
        look: dict[str, Property] = {
            "font_color": tint.ink,
            "bg_color": tint.ground,
            "align": "center",
            "valign": "top",
            "bold": True,
        }
        book.text(sheet, row, 1, wording.LEVELS[finding.level], **look, **bordered())


def _finding(number: int, finding: FindingLine) -> Sequence[Any]:
    return (
        number,
        wording.LEVELS[finding.level],
        finding.organisation,
        finding.subject,
        finding.title,
        wording.basis(finding),
        wording.period(finding.period),
        finding.deadline,
        finding.text,
        "\n".join(finding.evidence),
        finding.remedy,
    )


def _problems(book: Book, report: Report) -> None:
    lines = [
        (wording.SEVERITIES[p.severity], p.file, p.sheet, p.row, p.column, p.message, p.remedy) for p in report.problems
    ]
    _list(book, _sheet(book, report, PROBLEMS, paper=A4), PROBLEM_COLUMNS, lines, wording.NO_PROBLEMS)


def _not_judged(book: Book, report: Report) -> None:
    lines = [(entry.title, "、".join(entry.facts), entry.subjects) for entry in report.not_judged]
    _list(book, _sheet(book, report, NOT_JUDGED, paper=A4), NOT_JUDGED_COLUMNS, lines, wording.ALL_JUDGED)


def _meanings(book: Book, report: Report) -> None:
    sheet = _sheet(book, report, MEANINGS, paper=A4)
    book.heads(sheet, 0, MEANING_COLUMNS)
    for row, (name, meaning) in enumerate(_explanations(report), 1):
        book.text(sheet, row, 0, name, valign="top", **bordered())
        book.text(sheet, row, 1, meaning, valign="top", **bordered())
    sheet.repeat_rows(0)


def _explanations(report: Report) -> Iterator[tuple[str, str]]:
    yield from ((f"结论“{wording.LEVELS[level]}”", meaning) for level, meaning in wording.LEVEL_MEANINGS.items())
    yield from ((f"依据等级 {grade}", meaning) for grade, meaning in wording.GRADES.items())
    severities = wording.SEVERITY_MEANINGS.items()
    yield from ((f"表格问题“{wording.SEVERITIES[severity]}”", meaning) for severity, meaning in severities)
    yield from (("说明", sentence) for sentence in wording.HOW_JUDGED)
    if report.checkpoint:
        yield "审计", report.checkpoint
    for duty in report.duties:
        yield duty.title, f"{wording.clause(duty.document, duty.article)}　没有做到时：{wording.LEVELS[duty.level]}"


def _sheet(book: Book, report: Report, name: str, *, paper: int) -> Worksheet:
    return book.sheet(name, paper=paper, header=f"{wording.title_of(report)}　{told_day(report.on)}")


def _list(
    book: Book, sheet: Worksheet, columns: Sequence[Column], lines: Sequence[Sequence[Any]], nothing: str
) -> None:
    book.table(sheet, 0, columns, lines)
    if not lines:
        book.text(sheet, 1, 0, nothing, text_wrap=False)


def _tinted(status: Status) -> dict[str, Property]:
    tint = TINTS[status]
    return {"font_color": tint.ink, "bg_color": tint.ground, **bordered()}
