"""The three tables of the demonstration: their heads, and how a person, a meeting or an organisation becomes a line."""

from dangwu.foundation.sheets.shapes import Cell
from dangwu.workbench.demo.activities import Activity
from dangwu.workbench.demo.organisations import Organisation
from dangwu.workbench.demo.people import Person
from dangwu.workbench.demo.words import words

Line = list[Cell]

ROSTER = words(
    "序号 姓名 性别 民族 出生日期 身份证号码 联系电话 学历 学位 籍贯 家庭住址 人员类别 所在党支部 "
    "党小组 党内职务 入党日期 转正日期 人员身份 行政职务 备注"
)
LEDGER = words("序号 党组织 活动类型 主题 日期 地点 主持人 记录人 主讲人 应到 实到 缺席人员及原因 赞成 反对 弃权 学时")
ORGANISATIONS = words(
    "组织名称 组织简称 组织类别 上级组织 建立日期 撤销日期 书记 副书记 纪委书记 是否设支委会 党小组数 "
    "届期 本届选举日期 届满日期 涵盖单位数 在职人数 专职党务干部数 书记是否本单位负责人"
)


def roster_line(number: int, person: Person) -> Line:
    """A member under the heads of the roster."""
    return [
        number,
        person.name,
        person.gender,
        person.ethnicity,
        person.birth_date,
        person.identity_number,
        person.phone,
        person.education,
        person.degree,
        person.native_place,
        person.home_address,
        person.member_kind,
        person.branch,
        person.group,
        person.post,
        person.joined_on,
        person.confirmed_on,
        person.employment,
        person.unit_post,
        person.remarks,
    ]


def ledger_line(number: int, activity: Activity) -> Line:
    """A meeting under the heads of the ledger."""
    return [
        number,
        f"{activity.organisation}{activity.group}",
        activity.kind,
        activity.title,
        activity.held_on,
        activity.place,
        activity.chair,
        activity.recorder,
        activity.lecturer,
        activity.expected,
        activity.present,
        "、".join(f"{name}（{reason}）" for name, reason in activity.absent),
        *(activity.votes or (None, None, None)),
        activity.hours,
    ]


def organisation_line(body: Organisation) -> Line:
    """An organisation under the heads of its table."""
    return [
        body.name,
        body.short_name,
        body.kind,
        body.parent,
        body.set_up_on,
        body.dissolved_on,
        body.secretary,
        "、".join(body.deputies),
        body.discipline_secretary,
        _yes_or_no(body.has_committee),
        body.groups,
        f"{body.term_years}年" if body.term_years else None,
        body.elected_on,
        body.term_ends_on,
        body.units_covered,
        body.staff,
        body.full_time_staff,
        _yes_or_no(body.secretary_heads_unit),
    ]


def _yes_or_no(answer: bool | None) -> str | None:  # noqa: FBT001 - the only thing it takes
    return None if answer is None else "是" if answer else "否"
