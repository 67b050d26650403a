"""The attendance of a year: members by activities, as a workbook and as a paper that lies."""

from collections.abc import Iterator, Sequence
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from dangwu.foundation.documents.paper import Block, Heading, Layout, Note, Paper, Sentence, Table
from dangwu.foundation.sheets.pen import Pen
from dangwu.foundation.sheets.safe import sheet_name
from dangwu.foundation.sheets.writing import HEAD, TITLE
from dangwu.records.branch_years import BranchYear
from dangwu.records.documents.attending import LEGEND, Line, Mark, attended
from dangwu.records.documents.words import plain_day
from dangwu.records.documents.yearly import OPTIONS
from dangwu.records.queries import Record

TOTALS = ("应到", "实到", "缺席")
MOST_COLUMNS = 12
"""Activities side by side on a paper: more would leave no room for a reason."""
NOTHING = "这一年还没有记录到人的活动。"
LYING = Layout(landscape=True)


def attendance_bytes(years: Sequence[BranchYear]) -> bytes:
    """A sheet for each organisation."""
    stream = BytesIO()
    with Workbook(stream, OPTIONS) as book:
        pen, taken = Pen(book), set[str]()
        for year in years:
            _write(book.add_worksheet(_name(year, taken)), pen, year)
    return stream.getvalue()


def _name(year: BranchYear, taken: set[str]) -> str:
    """The name of a sheet, told apart from those that are alike in what of them fits."""
    name = told = sheet_name(year.standing.called)
    while told.lower() in taken:
        told = f"{name[:26]}（{len(taken) + 1}）"
    taken.add(told.lower())
    return told


def _write(page: Worksheet, pen: Pen, year: BranchYear) -> None:
    records, lines = attended(year)
    heads = ["姓名", *(_head(record, year) for record in records), *TOTALS]
    for place, head in enumerate(heads):
        page.set_column(place, place, 10 if place in {0, len(heads) - 1} else 9)
        pen.put(page, 1, place, head, **HEAD, border=1, align="center")
    page.set_row(0, 26)
    page.set_row(1, 48)
    pen.put(page, 0, 0, title_of(year), **TITLE)
    row = 1
    for row, line in enumerate(lines, 2):
        for place, cell in enumerate((line.person.name, *line.cells)):
            pen.put(page, row, place, cell, border=1, align="center" if place else "left", text_wrap=True)
        for place, number in enumerate((line.expected, line.present, line.absent), len(heads) - len(TOTALS)):
            pen.put(page, row, place, number, border=1, align="center")
    pen.put(page, row + 1, 0, LEGEND if lines else NOTHING)
    page.freeze_panes(2, 1)
    page.set_landscape()
    page.set_paper(8)  # A3
    page.fit_to_pages(1, 0)
    page.repeat_rows(0, 1)


def _head(record: Record, year: BranchYear) -> str:
    activity = record.activity
    return f"{activity.held_on.month}月{activity.held_on.day}日\n{year.name_of(activity.kind)}"


def title_of(year: BranchYear) -> str:
    """“办公室党支部2026年考勤表”."""
    return f"{year.standing.name}{year.year}年考勤表"


def attendance_paper(year: BranchYear) -> Paper:
    """The same, so many activities side by side."""
    return Paper(title_of(year), year.on, tuple(attendance_blocks(year, MOST_COLUMNS)), layout=LYING)


def attendance_blocks(year: BranchYear, most: int) -> Iterator[Block]:
    """Tables of so many activities side by side, and then the sums of the year."""
    records, lines = attended(year)
    if not lines:
        yield Sentence(NOTHING)
        return
    yield Note(LEGEND)
    for start in range(0, len(records), most):
        yield _table(year, records, lines, range(len(records))[start : start + most])
    yield Heading("全年合计", 2)
    yield Table(("姓名", *TOTALS), (30, 20, 20, 20), [_sums(line) for line in lines])
    yield Note(f"截至{plain_day(year.on)}，按姓名的拼音排列。")


def _table(year: BranchYear, records: Sequence[Record], lines: Sequence[Line], places: Sequence[int]) -> Table:
    heads = ("姓名", *(_head(records[place], year) for place in places))
    shown = [line for line in lines if any(line.cells[place] != Mark.NOT_EXPECTED for place in places)]
    cells = [(line.person.name, *(line.cells[place] for place in places)) for line in shown]
    return Table(heads, (22, *[20] * len(places)), cells)


def _sums(line: Line) -> tuple[str, ...]:
    return (line.person.name, str(line.expected), str(line.present), str(line.absent))
