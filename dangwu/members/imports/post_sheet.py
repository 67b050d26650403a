"""The workbook of posts: who held which post in which organisation from when to when, and the terms of committees."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dangwu.foundation.sheets.amending import UNAMENDED, Amendments
from dangwu.foundation.sheets.identity import looks_like_identity
from dangwu.foundation.sheets.placing import Placed
from dangwu.foundation.sheets.reading import Progress, read_tables
from dangwu.foundation.sheets.shapes import Content, Field, Flaw, Guide, Reading, Row, Severity, Sheet, Surroundings
from dangwu.kernel.partial_date import PartialDate
from dangwu.members.cells import dates_on, identity_parser, parse_identity, parse_name, parse_text
from dangwu.members.personal import AFFILIATION, PERSON, POST
from dangwu.organisations.cells import date_within, yes_or_no

_NOTHING_AROUND = Surroundings((), since_1904=False)
_NEEDED = {"organisation": "党组织", "name": "姓名", "post": "党内职务"}
_TO_THE_MONTH = "写到日；只知道年月的，写到月"


@dataclass(frozen=True, slots=True)
class PostRow:
    """Somebody's posts in one organisation; `number` is the line on the sheet."""

    number: int
    name: str
    organisation: str
    post: str
    identity_number: str | None = None
    birth_date: PartialDate | None = None
    taken_on: PartialDate | None = None
    left_on: PartialDate | None = None
    full_time: bool | None = None
    term_started_on: PartialDate | None = None
    term_until: PartialDate | None = None


def person_fields(on: date) -> tuple[Field, ...]:
    """The columns by which somebody is known."""
    return (
        Field("name", "姓名", ("人员姓名", "党员姓名"), parse_name, guide=_name_guide()),
        Field(
            "identity_number",
            "公民身份号码",
            ("身份证号码", "身份证号", "证件号码"),
            parse_identity,
            looks_like=looks_like_identity,
            within=identity_parser,
            guide=Guide("18 位，按文本填写；有同名的要写", content=Content.DIGITS, kept_for=PERSON["identity"].purpose),
        ),
        day_field("birth_date", "出生日期", "出生年月 出生时间", on, kept_for=PERSON["birth"].purpose),
    )


def _name_guide() -> Guide:
    return Guide("写全名，与名册一致", "王芳", required=True, kept_for=PERSON["name"].purpose)


def day_field(name: str, label: str, heads: str, on: date, *, kept_for: str = "") -> Field:
    """A column of days that have come."""
    within = dates_on(name, label, on)
    guide = Guide(_TO_THE_MONTH, "2024-06-18", content=Content.DATE, kept_for=kept_for)
    return Field(name, label, tuple(heads.split()), within(_NOTHING_AROUND), within=within, guide=guide)


def _coming_day(name: str, label: str, heads: str, on: date, how: str = _TO_THE_MONTH) -> Field:
    within = date_within(name, label, on)
    guide = Guide(how, "2027-06-17", content=Content.DATE)
    return Field(name, label, tuple(heads.split()), within(_NOTHING_AROUND), within=within, guide=guide)


def organisation_field(label: str = "党组织") -> Field:
    """The column that names the organisation."""
    heads = ("党组织名称", "所在党组织", "任职党组织", "所在党支部", "党支部", "党支部名称")
    guide = Guide("写党组织名称", "办公室党支部", required=True, kept_for=AFFILIATION["organisation_id"].purpose)
    return Field("organisation", label, heads, parse_text, heads_blocks=True, guide=guide)


def posts_sheet(on: date) -> Sheet:
    """The workbook as it is read on a day."""
    kept_for = POST["kind"].purpose
    heads = ("职务", "党内任职", "任职", "职务名称", "担任职务")
    guide = Guide("有几项的，用顿号隔开", "组织委员", required=True, kept_for=kept_for)
    full_time = yes_or_no("full_time", "是否专职")
    return Sheet(
        title="党内职务表",
        needs=("name", "organisation", "post"),
        fields=(
            organisation_field(),
            *person_fields(on),
            Field("post", "党内职务", heads, parse_text, guide=guide),
            day_field("taken_on", "任职日期", "任职时间 任职年月 当选日期 任职起始日期", on, kept_for=kept_for),
            _coming_day("left_on", "卸任日期", "卸任时间 免职日期 免职时间 离任日期 任职截止日期", on, "在任的不写"),
            Field("full_time", "是否专职", ("专职", "专职兼职"), full_time, guide=Guide("是或者否", "否")),
            _coming_day("term_started_on", "届选举日期", "选举日期 本届选举日期 换届日期", on),
            _coming_day("term_until", "届满日期", "本届届满日期 任期届满日期 届满时间", on),
        ),
        ignored=("序号", "备注", "联系电话", "性别", "行政职务"),
    )


def read_posts(
    path: Path, *, on: date, progress: Progress | None = None, amended: Amendments = UNAMENDED
) -> list[tuple[Reading, list[PostRow]]]:
    """Read the posts of every sheet that lists some. Raises UnreadableWorkbookError."""
    readings = read_tables(path, posts_sheet(on), progress=progress, amended=amended)
    return [_read(Placed(reading)) for reading in readings]


def _read(placed: Placed) -> tuple[Reading, list[PostRow]]:
    rows = [PostRow(row.number, **row.values) for row in placed.complete_rows(_NEEDED)]
    for row in rows:
        if row.taken_on and row.left_on and row.left_on.latest <= row.taken_on.earliest:
            message = f"卸任日期 {row.left_on} 不晚于任职日期 {row.taken_on}"
            flaw = Flaw("left_on.before_taken", Severity.ERROR, message, "请核对两个日期")
            placed.add(Row(row.number, {}), "left_on", flaw)
    return placed.complete(), rows
