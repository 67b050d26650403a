"""Hours of study and days of rotation of every member over a year, as a workbook."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from io import BytesIO
from typing import NamedTuple

from xlsxwriter import Workbook

from dangwu.foundation.sheets.pen import Pen
from dangwu.foundation.sheets.writing import HEAD, TITLE
from dangwu.members.models import Person
from dangwu.records.branch_years import BranchYear
from dangwu.records.documents.attending import Mark, cells_of
from dangwu.records.documents.yearly import OPTIONS
from dangwu.records.queries import Record

ROTATION = "community_rotation"
HEADS = ("序号", "党组织", "姓名", "党小组", "学时", "计学时的活动", "下沉轮值天数", "轮值次数")
WIDTHS = (6, 24, 12, 14, 9, 14, 14, 10)
NOTE = "学时按记录中写明的学时计：出席的人每人计入；记录里没有写明谁缺席的，不计到个人。"


class Total(NamedTuple):
    """What somebody came to over a year."""

    hours: Decimal = Decimal()
    studied: int = 0
    days: Decimal = Decimal()
    rotations: int = 0


class HoursLine(NamedTuple):
    """Somebody with his total."""

    person: Person
    group: str
    total: Total


def hours_of(year: BranchYear) -> list[HoursLine]:
    """Those who belonged at the end of the year, by name as the roster has them."""
    totals = _totals(year)
    lines = []
    for person in year.belonging(year.on):
        stay = next(s for s in year.lines[person.pk].stays if s.in_force(year.on))
        lines.append(HoursLine(person, stay.group.name if stay.group else "", totals.get(person.pk, Total())))
    return lines


def _totals(year: BranchYear) -> Mapping[int, Total]:
    totals: dict[int, Total] = defaultdict(Total)
    for record in year.records:
        for person in _who_came(record, year):
            totals[person] = _with(totals[person], record)
    return totals


def _who_came(record: Record, year: BranchYear) -> list[int]:
    if not (record.activity.hours or record.activity.days):
        return []
    return [person for person, cell in cells_of(record, year).items() if cell == Mark.PRESENT]


def _with(total: Total, record: Record) -> Total:
    activity = record.activity
    hours, days = activity.hours or Decimal(), activity.days or Decimal()
    rotation = ROTATION in activity.kinds
    return Total(
        total.hours + hours,
        total.studied + bool(hours),
        total.days + (days if rotation else Decimal()),
        total.rotations + rotation,
    )


def hours_bytes(years: Sequence[BranchYear]) -> bytes:
    """The hours of one organisation, or of several of the same year, one after the other."""
    stream = BytesIO()
    with Workbook(stream, OPTIONS) as book:
        page, pen = book.add_worksheet("学时统计"), Pen(book)
        for place, (head, width) in enumerate(zip(HEADS, WIDTHS, strict=True)):
            page.set_column(place, place, width)
            pen.put(page, 1, place, head, **HEAD, border=1)
        pen.put(page, 0, 0, f"{years[0].year}年党员学时和下沉轮值统计（截至{years[0].on}）", **TITLE)
        page.set_row(0, 26)
        row = 2
        for row, cells in enumerate(_rows(years), 2):
            for place, cell in enumerate(cells):
                pen.put(page, row, place, cell, border=1)
        pen.put(page, row + 1, 0, NOTE)
        page.freeze_panes(2, 3)
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.repeat_rows(0, 1)
    return stream.getvalue()


def _rows(years: Sequence[BranchYear]) -> list[tuple[str | int | float, ...]]:
    lines = [(year.standing.name, line) for year in years for line in hours_of(year)]
    return [
        (
            number,
            name,
            line.person.name,
            line.group,
            float(line.total.hours),
            line.total.studied,
            float(line.total.days),
            line.total.rotations,
        )
        for number, (name, line) in enumerate(lines, 1)
    ]
