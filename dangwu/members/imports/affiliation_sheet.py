"""The workbook of past affiliations: to which organisation somebody belonged from when to when."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dangwu.foundation.sheets.amending import UNAMENDED, Amendments
from dangwu.foundation.sheets.placing import Placed
from dangwu.foundation.sheets.reading import Progress, read_tables
from dangwu.foundation.sheets.shapes import Flaw, Reading, Row, Severity, Sheet
from dangwu.kernel.partial_date import PartialDate
from dangwu.members.imports.post_sheet import day_field, organisation_field, person_fields
from dangwu.members.personal import AFFILIATION

_NEEDED = {"organisation": "党组织", "name": "姓名", "since": "起始日期"}


@dataclass(frozen=True, slots=True)
class AffiliationRow:
    """A stretch of somebody's belonging; it ends where he belongs somewhere else."""

    number: int
    name: str
    organisation: str
    since: PartialDate
    until: PartialDate | None = None
    identity_number: str | None = None
    birth_date: PartialDate | None = None


def affiliations_sheet(on: date) -> Sheet:
    """The workbook as it is read on a day."""
    since, until = AFFILIATION["valid_from"].purpose, AFFILIATION["valid_until"].purpose
    return Sheet(
        title="组织关系沿革表",
        needs=("name", "organisation", "since"),
        fields=(
            *person_fields(on),
            organisation_field(),
            day_field("since", "起始日期", "起 转入日期 转入时间 自何时起 起始时间 开始日期", on, kept_for=since),
            day_field("until", "截止日期", "止 转出日期 转出时间 至何时止 截止时间 结束日期", on, kept_for=until),
        ),
        ignored=("序号", "备注", "性别", "联系电话"),
    )


def read_affiliations(
    path: Path, *, on: date, progress: Progress | None = None, amended: Amendments = UNAMENDED
) -> list[tuple[Reading, list[AffiliationRow]]]:
    """Read the stretches of every sheet that lists some. Raises UnreadableWorkbookError."""
    readings = read_tables(path, affiliations_sheet(on), progress=progress, amended=amended)
    return [_read(Placed(reading)) for reading in readings]


def _read(placed: Placed) -> tuple[Reading, list[AffiliationRow]]:
    complete = placed.complete_rows(_NEEDED)
    rows = [AffiliationRow(row.number, **row.values) for row in complete]
    for row in rows:
        if row.until and row.until.latest <= row.since.earliest:
            message = f"截止日期 {row.until} 不晚于起始日期 {row.since}"
            flaw = Flaw("until.before_since", Severity.ERROR, message, "请核对两个日期")
            placed.add(Row(row.number, {}), "until", flaw)
    return placed.complete(), rows
