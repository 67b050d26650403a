"""The columns of a workbook that describes party organisations, and under which heads they stand."""

from dataclasses import replace
from datetime import date

from dangwu.foundation.sheets.numbers import count_of
from dangwu.foundation.sheets.shapes import Field, Sheet, Surroundings
from dangwu.organisations.cells import (
    Parse,
    date_within,
    parse_committee,
    parse_groups,
    parse_kind,
    parse_people,
    parse_person,
    parse_term,
    parse_text,
    yes_or_no,
)
from dangwu.organisations.guides import GUIDES, SHOWS


def _column(name: str, label: str, heads: str, parse: Parse = parse_text) -> Field:
    """A column with the heads it may have, separated by spaces."""
    return Field(name, label, tuple(heads.split()), parse)


_COLUMNS = (
    _column(
        "name",
        "组织名称",
        "党组织名称 党组织全称 组织全称 党支部名称 支部名称 党组织 名称 全称 党支部",
    ),
    _column("short_name", "简称", "党组织简称 组织简称 支部简称 党支部简称"),
    _column("kind", "组织类别", "类型 类别 组织类型 党组织类型 党组织类别 组织形式 党组织形式 支部类型", parse_kind),
    _column(
        "parent", "上级组织", "上级党组织 上级党组织名称 上级组织名称 隶属党组织 所属党组织 所属党委 隶属关系 上级党委"
    ),
    _column(
        "secretary", "书记", "党组织书记 书记姓名 支部书记 党支部书记 党组织书记姓名 负责人 党组织负责人", parse_person
    ),
    _column("deputy_secretary", "副书记", "党组织副书记 副书记姓名 支部副书记 专职副书记", parse_people),
    _column(
        "discipline_secretary",
        "纪委书记",
        "纪检委员 纪律检查委员 机关纪委书记 纪委书记/纪检委员 纪检书记 纪委书记（纪检委员）",
        parse_person,
    ),
    _column(
        "has_committee",
        "是否设支委会",
        "是否设支部委员会 是否设立支委会 是否设立支部委员会 设支委会 支委会 是否成立支委会 是否有支委会",
        yes_or_no("has_committee", "是否设支委会"),
    ),
    _column(
        "committee_members",
        "委员人数",
        "支委人数 支委数 委员数 支部委员 支部委员人数 支委 委员 委员名单 支委成员 支部委员会成员 "
        "委员会人数 支委会人数 班子人数",
        parse_committee,
    ),
    _column(
        "units_covered",
        "涵盖单位数",
        "联合支部涵盖单位数 联合党支部涵盖单位数 覆盖单位数 涵盖单位 联合单位数 联建单位数 覆盖单位",
        count_of("units_covered", "涵盖单位数"),
    ),
    _column(
        "staff_total",
        "编制人数",
        "编制/在职人数 编制数 在职人数 在编人数 工作人员总数 干部职工总数 职工总数 单位总人数 编制 "
        "总人数 在职职工数 干部职工人数",
        count_of("staff_total", "编制人数"),
    ),
    _column(
        "full_time_staff",
        "专职党务干部数",
        "专职党务工作人员数 专职党务干部 专职党务人员 专职党务人员数 专职党务工作者 专职党务工作者数 专职党务干部人数",
        count_of("full_time_staff", "专职党务干部数"),
    ),
    _column("groups", "党小组数", "党小组 小组数 党小组个数 下设党小组 下设党小组数 党小组数量", parse_groups),
    _column(
        "secretary_is_head",
        "书记是否本单位负责人",
        "书记是否本单位党员负责人 书记是否为本单位负责人 书记是否单位负责人 书记是否由本单位负责人担任 "
        "书记是否由党员负责人担任 书记是否部门负责人 是否由主要负责人担任 书记是否主要负责人 书记是否为党员主要负责人",
        yes_or_no("secretary_is_head", "书记是否本单位负责人"),
    ),
)
_DATES = {
    "founded_on": (
        "建立日期",
        "成立时间 成立日期 批准成立日期 批准成立时间 建立时间 组建时间 设立时间 设立日期 批准日期 批准时间",
    ),
    "dissolved_on": ("撤销日期", "撤销时间 撤并日期 撤并时间 批准撤销日期 注销日期 解散日期"),
    "term_started_on": (
        "本届选举日期",
        "换届时间 换届日期 最近换届时间 上次换届时间 本届换届时间 选举时间 选举日期 本届选举时间 届期开始 任期开始",
    ),
    "term_until": (
        "届满日期",
        "届满时间 本届届满时间 本届届满日期 任期届满时间 到届时间 到期时间 应换届时间 下次换届时间 届期结束 任期结束",
    ),
    "term_postponed_until": (
        "批准延期至",
        "经批准延期至 延期至 换届延期至 批准延期换届至 延期换届日期 经批准延期换届的最迟日期",
    ),
}
_TERM = "任期 届次 本届任期 本届届期 任期起止 任期起止时间 届期起止 届期起止时间 任职届期 每届任期 任期年限 届期年限"


def organisations_sheet(on: date) -> Sheet:
    """The workbook as it is read on a day."""
    dates = tuple(_date(name, label, heads, on) for name, (label, heads) in _DATES.items())
    return Sheet(
        title="党组织信息表",
        needs=("name",),
        fields=tuple(map(_guided, (*_COLUMNS, *dates, _term(on)))),
        ignored=("序号", "编号", "备注", "联系电话", "书记联系电话", "党员数", "党员人数", "正式党员数", "预备党员数"),
    )


def _guided(field: Field) -> Field:
    """The field as a blank form tells of it, and as an export writes it."""
    return replace(field, guide=GUIDES[field.name], show=SHOWS.get(field.name, field.show))


def _date(name: str, label: str, heads: str, on: date) -> Field:
    within = date_within(name, label, on)
    return Field(name, label, tuple(heads.split()), within(Surroundings((), since_1904=False)), within=within)


def _term(on: date) -> Field:
    def within(surroundings: Surroundings) -> Parse:
        return lambda cell: parse_term(cell, on=on, since_1904=surroundings.since_1904)

    return Field("term", "届期", tuple(_TERM.split()), within(Surroundings((), since_1904=False)), within=within)
