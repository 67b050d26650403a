"""What directives and measures of the invented city say. None of these documents exists."""

from typing import NamedTuple

from dangwu.members.models import Post


class DirectiveText(NamedTuple):
    """A directive: how many days ago it came, how many days it leaves, who issued it, and what it asks."""

    ago: int
    leaves: int
    title: str
    issued_by: str
    asks: str
    reports: bool = True


class MeasureText(NamedTuple):
    """A measure: how far into the campaign it is due, in days, who answers for it, and what branches say they did."""

    due: int
    title: str
    post: str
    asks: str
    done: tuple[str, ...]


DIRECTIVES = (
    DirectiveText(
        150, 21, "关于传达学习全市机关党的建设工作会议精神的通知", "市直机关工委",
        "各党支部在支部党员大会或者主题党日上传达学习，结合本单位业务研究贯彻措施。",
    ),
    DirectiveText(
        96, 14, "关于做好节日期间廉洁自律工作的通知", "机关纪委",
        "传达到每名党员，重申纪律要求；党支部纪检委员做好提醒。", reports=False,
    ),
    DirectiveText(
        61, 30, "关于进一步精简会议和文件、切实为基层减负的通知", "市直机关工委",
        "对照要求查找本支部多头报表、重复台账等问题，提出取消和合并的清单。",
    ),
    DirectiveText(
        33, 20, "关于组织学习新修订党内法规的通知", "机关党委",
        "以党小组为单位通读，党支部书记作一次辅导；学习情况记入会议记录。", reports=False,
    ),
    DirectiveText(
        17, 21, "关于认真学习贯彻市委全会精神的通知", "市委办公室",
        "第一时间传达学习，党员领导干部带头宣讲，结合岗位提出落实措施。",
    ),
    DirectiveText(
        5, 25, "关于开好年度组织生活会和民主评议党员的通知", "机关党委",
        "会前学习、谈心谈话、查摆问题，会后列出整改清单并在党员大会上通报。",
    ),
)  # fmt: skip
CAMPAIGN = "“学精神、改作风、强支部”学习教育"
CAMPAIGN_BASIS = "机关党委会议决定"
CAMPAIGN_AIM = "学查改一体推进：学习贯穿始终，问题查到具体人和事，整改让党员群众看得见。不另设台账，不要求照片。"
CAMPAIGN_BEGAN, CAMPAIGN_LASTS = 75, 120
MEASURES = (
    MeasureText(
        20, "召开动员会，制定学习安排", Post.Kind.SECRETARY, "党支部书记主持，学习安排报机关党委。",
        ("支部党员大会动员部署，确定每月学习专题。", "书记作动员，按季度排出学习计划。"),
    ),
    MeasureText(
        40, "组织不少于三次集中学习研讨", Post.Kind.ORGANISATION_MEMBER, "每次有中心发言，联系本职谈体会。",
        ("集中学习三次，七名党员作中心发言。", "结合主题党日开展研讨三次，形成两条改进建议。"),
    ),
    MeasureText(
        45, "书记讲一次专题党课", Post.Kind.SECRETARY, "讲身边的人和事。",
        ("书记以窗口服务为题讲党课，全体党员参加。", "党课结合审批提速的做法，会后征求意见。"),
    ),
    MeasureText(
        60, "查摆问题，列出清单", Post.Kind.DISCIPLINE_MEMBER, "问题要具体到事，每名党员至少一条。",
        ("列出问题清单十一条，逐条明确责任人和时限。", "征求服务对象意见后，查摆问题九条。"),
    ),
    MeasureText(
        85, "为群众办一件实事", Post.Kind.PUBLICITY_MEMBER, "小切口，办得成，群众认可。",
        ("办事大厅增设老年人优先窗口。", "把两项材料改为内部核验，群众少跑一趟。"),
    ),
    MeasureText(
        110, "整改情况在党员大会上通报", Post.Kind.SECRETARY, "没有完成的说明原因和下一步时限。",
        ("已在党员大会上通报，十条已改，一条明年三月完成。",),
    ),
)  # fmt: skip
REPORTS = (
    "支部党员大会传达学习，确定由一名委员牵头，措施列入下月工作。",
    "主题党日学习后，对照要求梳理出三条改进措施，已开始落实。",
    "支委会研究后在党员大会上传达，取消重复报表两张。",
    "党小组分组学习讨论，意见汇总后报支委会，形成两项具体安排。",
    "结合岗位实际提出落实办法，月底前完成第一步。",
)
PROGRESS = ("已列入支部工作计划。", "学习安排已经确定，下周开会。", "正在征求党员意见。", "书记出差，推迟到下周研究。")
