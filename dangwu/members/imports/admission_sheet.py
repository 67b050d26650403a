"""The workbook of those on their way into the Party: who they are, and on which days their steps were."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path

from dangwu.foundation.sheets.amending import UNAMENDED, Amendments
from dangwu.foundation.sheets.cells import plain, quoted, stated
from dangwu.foundation.sheets.identity import IdentityNumber
from dangwu.foundation.sheets.placing import Placed
from dangwu.foundation.sheets.reading import Progress, read_tables
from dangwu.foundation.sheets.shapes import Cell, Field, Flaw, Guide, Parsed, Reading, Row, Severity, Sheet
from dangwu.kernel.partial_date import PartialDate
from dangwu.members.cells import parse_text
from dangwu.members.doubles import doubles_in
from dangwu.members.imports.post_sheet import day_field, organisation_field, person_fields
from dangwu.members.models import Membership
from dangwu.members.personal import ADMISSION, MEMBERSHIP
from dangwu.members.sheets import RosterRow, branch_in
from dangwu.members.steps import DAYS, PEOPLE, STEP_LABELS

Kind = Membership.Kind
RANKS: Mapping[str, int] = {name: DAYS.index({"trained": "reviewed"}.get(name, name)) for name in DAYS}
"""Which step comes before which; review and training come in either order."""

STAGES = {"accepted": Kind.PROBATIONARY, "candidate_since": Kind.CANDIDATE, "activist_since": Kind.ACTIVIST}
HEADS: Mapping[str, str] = {
    "applied": "申请日期 申请时间 申请入党时间 申请入党日期 入党申请时间 入党申请日期 递交申请书时间 "
    "递交入党申请书时间 递交入党申请书日期 提交入党申请书时间",
    "talked": "谈话日期 谈话时间 派人谈话时间 派人谈话日期 党组织谈话时间 首次谈话时间",
    "activist_since": "确定积极分子时间 确定积极分子日期 确定入党积极分子时间 确定为入党积极分子时间 "
    "确定为入党积极分子日期 列为积极分子时间 列为入党积极分子时间 确定为积极分子时间",
    "contacts": "培养联系人姓名 培养人 联系人",
    "candidate_since": "确定发展对象时间 确定发展对象日期 确定为发展对象时间 确定为发展对象日期 列为发展对象时间 "
    "列为发展对象日期",
    "introducers": "介绍人 入党介绍人姓名",
    "reviewed": "政审 政审日期 政审时间 政治审查日期 政治审查时间",
    "trained": "集中培训 培训日期 培训时间 集中培训时间 集中培训日期 发展对象培训时间 短期集中培训时间",
    "pre_reviewed": "预审日期 预审时间 党委预审日期 党委预审时间 上级党委预审时间",
    "accepted": "支部大会日期 支部大会时间 支部大会通过时间 支部大会通过日期 发展大会时间 接收预备党员时间 "
    "接收预备党员日期 接收为预备党员时间 成为预备党员时间 预备期起算日期 入党时间 入党日期",
    "approved": "审批日期 审批时间 批准日期 批准时间 党委审批时间 党委审批日期 上级党委审批时间 上级党委批准时间",
    "sworn": "宣誓 宣誓日期 宣誓时间 入党宣誓日期 入党宣誓时间",
}


@dataclass(frozen=True, slots=True)
class AdmissionRow:
    """Somebody on his way; `number` is the line on the sheet, `steps` what is told of it, by column, in plain text."""

    number: int
    sheet: str
    name: str
    organisation: str | None = None
    identity_number: str | None = None
    birth_date: PartialDate | None = None
    member_kind: str | None = None
    accepted: PartialDate | None = None
    steps: Mapping[str, str] = field(default_factory=dict)

    @property
    def stage(self) -> str:
        """What he is by the furthest of his steps."""
        return next((stage for step, stage in STAGES.items() if self.steps.get(step)), Kind.APPLICANT)

    @property
    def on_roster(self) -> RosterRow:
        """The row as a roster would hold it."""
        kind = self.member_kind or self.stage
        row = RosterRow(self.number, self.sheet, self.name, organisation=self.organisation, member_kind=kind)
        row.identity_number, row.birth_date = self.identity_number, self.birth_date
        row.joined_on = self.accepted if kind in {Kind.PROBATIONARY, Kind.FULL} else None
        return row


def admissions_sheet(on: date) -> Sheet:
    """The workbook as it is read on a day."""
    return Sheet(
        title="发展党员情况表",
        needs=("name", "applied"),
        fields=(
            *person_fields(on),
            organisation_field("所在党支部"),
            _stage_field(),
            *(_step(name, on) for name in STEP_LABELS),
        ),
        ignored=(
            "序号",
            "备注",
            "性别",
            "民族",
            "学历",
            "联系电话",
            "手机号码",
            "单位",
            "部门",
            "转正日期",
            "转正时间",
        ),
    )


def _step(name: str, on: date) -> Field:
    kept_for = ADMISSION[name].purpose
    if name in PEOPLE:
        guide = Guide("有两人的，用顿号隔开", "王芳、李强", kept_for=kept_for)
        return Field(name, STEP_LABELS[name], tuple(HEADS[name].split()), parse_text, guide=guide)
    return day_field(name, STEP_LABELS[name], HEADS[name], on, kept_for=kept_for)


def _stage_field() -> Field:
    labels = tuple(_LABELS[kind] for kind in (Kind.APPLICANT, Kind.ACTIVIST, Kind.CANDIDATE, Kind.PROBATIONARY))
    guide = Guide("不写的，按走过的步骤推定", labels[0], choices=labels, kept_for=MEMBERSHIP["kind"].purpose)
    heads = ("发展阶段", "类别", "培养阶段")
    return Field("member_kind", "人员类别", heads, _parse_stage, guide=guide, show=_LABELS.__getitem__)


_LABELS: Mapping[str, str] = {kind.value: str(kind.label) for kind in Kind}
_STAGE_WORDS: Mapping[str, str] = {
    **{str(kind.label): kind.value for kind in Kind},
    **dict.fromkeys(("申请人", "申请入党人", "入党申请者"), Kind.APPLICANT),
    **dict.fromkeys(("积极分子", "入党培养对象"), Kind.ACTIVIST),
    **dict.fromkeys(("预备", "中共预备党员"), Kind.PROBATIONARY),
    **dict.fromkeys(("正式", "中共党员", "党员"), Kind.FULL),
}


def _parse_stage(cell: Cell) -> Parsed:
    if stated(cell) is None:
        return Parsed(None)
    if kind := _STAGE_WORDS.get(plain(cell)):
        return Parsed(str(kind))
    remedy = "请写入党申请人、入党积极分子、发展对象或者预备党员"
    return Parsed(None, (Flaw("member_kind.unknown", Severity.ERROR, f"没有“{quoted(cell)}”这一类别", remedy),))


def read_admissions(
    path: Path, *, on: date, progress: Progress | None = None, amended: Amendments = UNAMENDED
) -> list[tuple[Reading, list[AdmissionRow]]]:
    """Read who is on his way from every sheet that lists some. Raises UnreadableWorkbookError."""
    readings = read_tables(path, admissions_sheet(on), progress=progress, amended=amended)
    every = {reading.sheet: Placed(reading) for reading in readings}
    rows = {sheet: _rows(placed) for sheet, placed in every.items()}
    again = set()
    for double in doubles_in([row.on_roster for of_sheet in rows.values() for row in of_sheet]):
        every[double.row.sheet].add(Row(double.row.number, {}), double.field, double.flaw)
        again |= set() if double.counts else {(double.row.sheet, double.row.number)}
    return [
        (placed.complete(), [row for row in rows[sheet] if (sheet, row.number) not in again])
        for sheet, placed in every.items()
    ]


def _rows(placed: Placed) -> list[AdmissionRow]:
    told = None if placed.has_column("organisation") else branch_in((*placed.reading.titles, placed.reading.sheet))
    rows = []
    for row in placed.complete_rows({"name": "姓名"}):
        rows.append(_row(row, placed.reading.sheet, told))
        for flaw in _out_of_order(row.values):
            placed.add(row, *flaw)
    return rows


def _row(row: Row, sheet: str, organisation: str | None) -> AdmissionRow:
    values = dict(row.values)
    steps = {name: str(value) for name in STEP_LABELS if (value := values.pop(name, None))}
    if not values.get("birth_date") and (number := values.get("identity_number")):
        born = IdentityNumber(number).birth
        values["birth_date"] = PartialDate(born.year, born.month, born.day)
    values["organisation"] = values.get("organisation") or organisation
    return AdmissionRow(row.number, sheet, **values, accepted=row.values.get("accepted"), steps=steps)


def _out_of_order(values: Mapping[str, PartialDate | None]) -> Iterator[tuple[str, Flaw]]:
    """Steps that were taken before those that come before them."""
    told = [(name, day) for name in DAYS if (day := values.get(name))]
    for (earlier, first), (later, second) in pairwise(told):
        if RANKS[earlier] < RANKS[later] and second.latest < first.earliest:
            message = f"{STEP_LABELS[later]} {second} 早于{STEP_LABELS[earlier]} {first}"
            yield later, Flaw("steps.order", Severity.DOUBT, message, "请对照材料核对；确实如此的，选择“按表中所写”")
