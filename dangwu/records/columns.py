"""The columns of a ledger of activities, and under which heads they stand."""

from collections.abc import Callable
from dataclasses import replace

from dangwu.foundation.sheets.cells import stated
from dangwu.foundation.sheets.names import names_in
from dangwu.foundation.sheets.numbers import amount_of, count_of
from dangwu.foundation.sheets.shapes import Cell, Field, Parsed, Sheet
from dangwu.records.attendance import parse_absent, parse_attendance, parse_attendance_reversed, parse_votes
from dangwu.records.held import parse_held, parse_within

_MOST_HOURS = 1000
_MOST_DAYS = 366


def _text(cell: Cell) -> Parsed:
    return Parsed(stated(cell))


def _people(cell: Cell) -> Parsed:
    text = stated(cell)
    return Parsed(names_in(text) if text else ())


def _column(name: str, label: str, heads: str, parse: Callable[[Cell], Parsed] = _text) -> Field:
    """A column with the heads it may have, separated by spaces."""
    return Field(name, label, tuple(heads.split()), parse)


_ORGANISATION = _column(
    "organisation",
    "党组织",
    "党组织名称 党支部 党支部名称 支部 支部名称 所属党支部 所在党支部 召开单位 组织单位 主办支部 所属党组织 "
    "所在党组织 单位 党支部（党小组）",
)
_HELD_ON = _column(
    "held_on",
    "日期",
    "时间 活动时间 会议时间 召开时间 开展时间 活动日期 会议日期 召开日期 开展日期 举办时间 举行时间 起止时间 "
    "学习时间 轮值时间 服务时间 月份",
    parse_held,
)

LEDGER = Sheet(
    title="活动台账",
    needs=("activity", "held_on"),
    fields=(
        replace(_ORGANISATION, heads_blocks=True),
        _column(
            "activity",
            "活动类型",
            "会议类型 类型 形式 会议形式 活动形式 会议名称 活动名称 组织生活形式 组织生活类型 活动类别 类别 "
            "会议类别 组织生活类别 三会一课类型 活动种类",
        ),
        _column(
            "topic",
            "主题",
            "内容 会议主题 活动主题 主要内容 会议内容 活动内容 议题 会议议题 主题内容 主题及内容 主题/内容 "
            "学习内容 党课题目 题目",
        ),
        replace(_HELD_ON, within=parse_within),
        _column("place", "地点", "活动地点 会议地点 召开地点 举办地点 地址 轮值社区"),
        _column("chair", "主持人", "会议主持人 主持 召集人 主持人姓名"),
        _column("recorder", "记录人", "会议记录人 记录 记录员"),
        _column("lecturer", "主讲人", "授课人 讲课人 党课主讲人 主讲 授课人姓名 讲授人 宣讲人"),
        _column(
            "expected",
            "应到",
            "应到人数 应参加人数 应到会人数 应参会人数 应出席人数 应到党员数 应到党员人数",
            count_of("expected", "应到人数"),
        ),
        _column(
            "present",
            "实到",
            "实到人数 实际参加人数 实参加人数 参加人数 到会人数 实到会人数 参会人数 出席人数 实到党员数 实到党员人数",
            count_of("present", "实到人数"),
        ),
        _column(
            "attendance",
            "应到/实到",
            "应到实到 应到/实到人数 应到人数/实到人数 应到、实到人数 应到、实到 应到实到人数 出席情况 "
            "到会情况 参会情况 考勤 考勤情况",
            parse_attendance,
        ),
        _column(
            "attendance_reversed",
            "实到/应到",
            "实到应到 实到/应到人数 实到人数/应到人数 实到、应到 实到、应到人数",
            parse_attendance_reversed,
        ),
        _column(
            "absent",
            "缺席人员及原因",
            "缺席人员 缺席情况 缺席 请假人员 请假情况 请假人员及原因 未到人员 未到人员及原因 缺席人员和原因 "
            "缺席及原因 请假及原因 缺勤人员及原因 缺席人 未参加人员及原因 缺席人员（原因） "
            "缺席人员姓名及原因",
            parse_absent,
        ),
        _column(
            "participants",
            "参加人员",
            "参加人 参会人员 参与人员 出席人员 到会人员 参加党员 参加人员名单 参加人员姓名 轮值人员 轮值党员 "
            "参训人员 学员 谈话对象 实到人员 姓名",
            _people,
        ),
        _column(
            "votes",
            "赞成/反对/弃权",
            "表决情况 表决结果 投票情况 赞成反对弃权 赞成、反对、弃权 同意/反对/弃权 票数 表决票数 赞成/反对/弃权票数",
            parse_votes,
        ),
        _column("in_favour", "赞成", "赞成票 赞成票数 同意 同意票 同意票数 赞成人数", count_of("votes", "赞成票数")),
        _column("against", "反对", "反对票 反对票数 不同意 不同意票数 反对人数", count_of("votes", "反对票数")),
        _column("abstained", "弃权", "弃权票 弃权票数 弃权人数", count_of("votes", "弃权票数")),
        _column("hours", "学时", "学时数 课时 学习时长 时长 计学时 培训学时", amount_of("hours", "学时", _MOST_HOURS)),
        _column("days", "天数", "轮值天数 服务天数 培训天数 工作日数", amount_of("days", "天数", _MOST_DAYS)),
    ),
    ignored=("序号", "备注", "编号", "附件", "照片", "填报人", "填报时间", "联系电话", "录入时间", "登记时间"),
)
