"""The workbook of appointments: which account has which role in which organisation from when to when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dangwu.access.models import Appointment
from dangwu.foundation.sheets.amending import UNAMENDED, Amendments
from dangwu.foundation.sheets.cells import plain, quoted, stated
from dangwu.foundation.sheets.placing import Placed
from dangwu.foundation.sheets.reading import Progress, read_tables
from dangwu.foundation.sheets.shapes import (
    Cell,
    Content,
    Field,
    Flaw,
    Guide,
    Parsed,
    Reading,
    Row,
    Severity,
    Sheet,
    Surroundings,
)
from dangwu.kernel.partial_date import PartialDate
from dangwu.organisations.cells import date_within, parse_text

Role = Appointment.Role
LABELS: Mapping[str, str] = {role.value: str(role.label) for role in Role}
_WORDS: Mapping[str, str] = {
    **{label: role for role, label in LABELS.items()},
    **dict.fromkeys(("党支部书记", "支部书记", "党总支书记", "总支书记", "党委书记", "机关党委书记"), Role.SECRETARY),
    **dict.fromkeys(("支部委员", "支委", "支委委员", "总支委员", "党委委员", "机关党委委员"), Role.COMMITTEE_MEMBER),
    **dict.fromkeys(("党务干部", "党务工作者", "党务专干", "专职党务干部", "兼职党务干部"), Role.CLERK),
    **dict.fromkeys(("督导", "督导员", "督查人员", "督查员"), Role.SUPERVISOR),
    "机关纪委书记": Role.DISCIPLINE_SECRETARY,
}
_NOTHING_AROUND = Surroundings((), since_1904=False)
_NEEDED = {"organisation": "党组织", "role": "角色"}


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """A role of an account; `number` is the line on the sheet, `last` the last day on which it holds."""

    number: int
    organisation: str
    role: str
    account: str | None = None
    name: str | None = None
    since: PartialDate | None = None
    last: PartialDate | None = None
    basis: str | None = None


def appointments_sheet(on: date) -> Sheet:
    """The workbook as it is read on a day."""
    account = Guide("登录用的账号；只写姓名也可以，有同名的要写账号", "zhongzheng")
    name = Guide("账号的姓名或者岗位名称", "钟正")
    organisation = Guide("写党组织名称", "办公室党支部", required=True)
    role = Guide("从列表中选一项", "书记", required=True, choices=tuple(LABELS.values()))
    return Sheet(
        title="任用表",
        needs=("organisation", "role"),
        fields=(
            Field("account", "账号", ("登录账号", "用户名", "登录名", "系统账号"), parse_text, guide=account),
            Field("name", "姓名", ("姓名或者岗位名称", "账号姓名", "岗位名称", "人员姓名"), parse_text, guide=name),
            Field("organisation", "党组织", ("党组织名称", "任用党组织", "管理党组织"), parse_text, guide=organisation),
            Field(
                "role",
                "角色",
                ("系统角色", "任用角色", "账号角色", "权限角色"),
                parse_role,
                guide=role,
                show=LABELS.__getitem__,
            ),
            _day_field(
                "since", "起始日期", ("任用日期", "任用起始日期", "开始日期"), on, "写到日；不写的，自导入之日起"
            ),
            _day_field("last", "最后一天", ("截止日期", "任用截止日期", "结束日期"), on, "没有定截止日期的不写"),
            Field("basis", "任用依据", ("依据", "任职文件", "文号"), parse_text, guide=Guide("例如任职文件的文号")),
        ),
        ignored=("序号", "备注", "由来", "联系电话", "党内职务", "职务"),
    )


def _day_field(name: str, label: str, heads: tuple[str, ...], on: date, how: str) -> Field:
    within = date_within(name, label, on)
    guide = Guide(how, "2026-03-01", content=Content.DATE)
    return Field(name, label, heads, within(_NOTHING_AROUND), within=within, guide=guide)


def parse_role(cell: Cell) -> Parsed:
    """A role by its name, or by the name of the post that people give it."""
    if stated(cell) is None:
        return Parsed(None)
    if role := _WORDS.get(plain(cell)):
        return Parsed(str(role))
    remedy = f"请写{'、'.join(LABELS.values())}中的一项"
    return Parsed(None, (Flaw("role.unknown", Severity.ERROR, f"没有“{quoted(cell)}”这种角色", remedy),))


def read_appointments(
    path: Path, *, on: date, progress: Progress | None = None, amended: Amendments = UNAMENDED
) -> list[tuple[Reading, list[AppointmentRow]]]:
    """Read the appointments of every sheet that lists some. Raises UnreadableWorkbookError."""
    readings = read_tables(path, appointments_sheet(on), progress=progress, amended=amended)
    return [_read(Placed(reading)) for reading in readings]


def _read(placed: Placed) -> tuple[Reading, list[AppointmentRow]]:
    rows = [AppointmentRow(row.number, **row.values) for row in placed.complete_rows(_NEEDED)]
    for row in rows:
        if not row.account and not row.name:
            flaw = Flaw("account.missing", Severity.ERROR, "没有写明是哪个账号", "请填写账号或者姓名")
            placed.add(Row(row.number, {}), "account", flaw)
        if row.since and row.last and row.last.latest < row.since.earliest:
            message = f"最后一天 {row.last} 早于起始日期 {row.since}"
            flaw = Flaw("last.before_since", Severity.ERROR, message, "请核对两个日期")
            placed.add(Row(row.number, {}), "last", flaw)
    return placed.complete(), rows
