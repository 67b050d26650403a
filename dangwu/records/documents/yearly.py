"""The ledger of a year as a workbook: a sheet for each kind of activity. `records.sheets` reads the same back."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from dangwu.foundation.sheets.pen import Pen
from dangwu.foundation.sheets.safe import sheet_name
from dangwu.foundation.sheets.shapes import Field
from dangwu.foundation.sheets.writing import HEAD, TITLE, cell_of
from dangwu.records.branch_years import BranchYear
from dangwu.records.columns import LEDGER
from dangwu.records.documents import words
from dangwu.records.models import Part
from dangwu.records.queries import Record

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
ALWAYS = frozenset({"organisation", "activity", "held_on", "topic"})
COLUMNS: Mapping[str, float] = {
    "organisation": 22,
    "activity": 20,
    "topic": 36,
    "held_on": 13,
    "place": 18,
    "chair": 10,
    "recorder": 10,
    "lecturer": 10,
    "expected": 7,
    "present": 7,
    "absent": 28,
    "participants": 36,
    "in_favour": 7,
    "against": 7,
    "abstained": 7,
    "hours": 7,
    "days": 7,
}
FIELDS: Mapping[str, Field] = {field.name: field for field in LEDGER.fields}
ABOUT = "说明"


def ledger_bytes(years: Sequence[BranchYear]) -> bytes:
    """The ledger of one organisation, or of several of the same year."""
    stream = BytesIO()
    with Workbook(stream, OPTIONS) as book:
        pen, sheets = Pen(book), _by_kind(years) or {LEDGER.title: []}
        names = _columns([row for rows in sheets.values() for row in rows])
        for kind, rows in sheets.items():
            _write(book.add_worksheet(sheet_name(kind)), pen, _title(years[0].year, kind), (names, rows))
        _explain(book.add_worksheet(ABOUT), pen, years)
    return stream.getvalue()


def _by_kind(years: Sequence[BranchYear]) -> dict[str, list[Mapping[str, Any]]]:
    """The rows by the name of their kind, in the order of the rulebook."""
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for year in years:
        for record in year.records:
            if record.activity.organisation_id == year.organisation:
                found[year.name_of(record.activity.kind)].append(row_of(record, year))
    order = [kind.name for kind in years[0].kinds] if years else []
    return {name: found[name] for name in sorted(found, key=lambda n: order.index(n) if n in order else len(order))}


def row_of(record: Record, year: BranchYear) -> dict[str, Any]:
    """The clean values of an activity by the names of the ledger's fields, as they are read back."""
    activity = record.activity
    told: dict[str, Any] = {
        name: getattr(activity, name) for name in ("topic", "place", "expected", "present", "hours")
    }
    told |= {name: getattr(activity, name) for name in ("in_favour", "against", "abstained", "days")}
    return told | {
        "organisation": year.standing.name,
        "activity": words.served(activity, year.kinds),
        "held_on": activity,
        "chair": words.one(record, Part.Role.CHAIR, activity.chair),
        "recorder": words.one(record, Part.Role.RECORDER, activity.recorder),
        "lecturer": words.one(record, Part.Role.LECTURER, activity.lecturer),
        "absent": words.absent_told(record),
        "participants": tuple(row.name for row in record.participations),
    }


def _columns(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The columns in which anything stands, the same on every sheet: so all of them are read as one ledger."""
    return [name for name in COLUMNS if name in ALWAYS or any(row[name] not in {None, "", ()} for row in rows)]


def _title(year: int, kind: str) -> str:
    return f"{year}年{kind.removesuffix('台账')}台账"


Grid = tuple[Sequence[str], Sequence[Mapping[str, Any]]]


def _write(page: Worksheet, pen: Pen, title: str, grid: Grid) -> None:
    names, rows = grid
    for place, name in enumerate(names):
        page.set_column(place, place, COLUMNS[name])
        pen.put(page, 1, place, FIELDS[name].label, **HEAD, border=1)
    page.set_row(0, 26)
    pen.put(page, 0, 0, title, **TITLE)
    for number, row in enumerate(rows, 2):
        for place, name in enumerate(names):
            pen.put(page, number, place, _cell(name, row[name]), border=1, text_wrap=True, valign="top")
    _lay_out(page, len(rows), len(names))


def _cell(name: str, value: Any) -> Any:  # noqa: ANN401 - whatever a field holds
    """The cell of a value. An activity over several days is written as people write it."""
    if name == "held_on":
        until = value.until_on
        return f"{value.held_on}至{until}" if until and until != value.held_on else value.held_on
    return cell_of(FIELDS[name], value) if value != "" else None


def _lay_out(page: Worksheet, rows: int, columns: int) -> None:
    page.freeze_panes(2, 2)
    page.autofilter(1, 0, 1 + rows, columns - 1)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(0, 1)
    page.set_footer("&C第 &P 页，共 &N 页")


def _explain(page: Worksheet, pen: Pen, years: Sequence[BranchYear]) -> None:
    page.set_column(0, 0, 90)
    for number, line in enumerate(_notes(years)):
        pen.put(page, number, 0, line, text_wrap=True)


def _notes(years: Sequence[BranchYear]) -> Iterator[str]:
    yield "本工作簿由系统按组织生活记录生成，每种活动一张表；栏目与导入台账的栏目相同。"
    for year in years:
        number = len(year.records)
        told = f"{year.standing.name}：{year.year}年共记录 {number} 次活动（截至 {year.on}）"
        talks = "，".join(f"{name} {times} 次，内容和人员不列入台账" for name, times in year.confidential.items())
        joined = sum(record.activity.organisation_id != year.organisation for record in year.records)
        others = f"，其中 {joined} 次由其他党组织牵头，记在牵头单位的台账里" if joined else ""
        yield f"{told}{others}{f'；另有{talks}' if talks else ''}。"
