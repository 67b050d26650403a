"""How the messy tables are laid out: titles, two-level heads, notes, and where each column ended up."""

from dataclasses import dataclass

from dangwu.foundation.sheets.cells import letter_of


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: what it really is, the head it was given, and the wider head above it, if any."""

    means: str
    written: str
    above: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """A table on its page."""

    title: str
    note: str
    headings: tuple[Heading, ...]
    closing: tuple[str, ...]

    def letter(self, head: str) -> str:
        """The letter of the column that holds what is called so."""
        return letter_of([heading.means for heading in self.headings].index(head))

    def spans(self) -> list[tuple[str, int, int]]:
        """The wider heads, each with its first and last column, counted from 0."""
        found: list[tuple[str, int, int]] = []
        for column, heading in enumerate(self.headings):
            if heading.above and found and found[-1][0] == heading.above and found[-1][2] == column - 1:
                found[-1] = (heading.above, found[-1][1], column)
            elif heading.above:
                found.append((heading.above, column, column))
        return found


def _headings(text: str, above: str = "") -> tuple[Heading, ...]:
    """Columns parted by blanks; 姓名=姓_名 is the column 姓名 under the head “姓 名”."""
    pairs = (part.partition("=") for part in text.split())
    return tuple(Heading(means, (written or means).replace("_", " "), above) for means, _, written in pairs)


ROSTER_LAYOUT = Layout(
    title="2026年党员花名册",
    note="填报单位：机关党委（盖章）          统计截止日期：2026年9月30日          单位：人",
    headings=(
        *_headings("序号 所在党支部=所在支部 姓名=姓__名"),
        *_headings("性别 民族 出生日期=出生年月 籍贯 身份证号码=身份证号 学历=文化程度 学位", "基本情况"),
        *_headings("人员类别=党员类别 入党日期=入党时间 转正日期=转正时间 党小组 党内职务", "党内情况"),
        *_headings("人员身份=在职/离退休 行政职务=现任职务", "工作情况"),
        *_headings("联系电话=手机号码 家庭住址=现住址", "联系方式"),
        *_headings("备注"),
    ),
    closing=(
        "注：1.本表由各党支部填报；2.“党员类别”按党内统计口径填写。",
        "填表人：          审核人：          联系电话：",
    ),
)
LEDGER_LAYOUT = Layout(
    title="2026年第三季度组织生活台账",
    note="填报单位：机关党委          填报日期：2026年10月9日",
    headings=(
        *_headings("序号 党组织=党支部名称 活动类型=会议类型 主题=活动内容 日期=时间 地点 主持人 记录人 主讲人"),
        *_headings("应到=应到人数 实到=实到人数 缺席人员及原因", "到会情况"),
        *_headings("赞成=赞成票 反对=反对票 弃权=弃权票", "表决情况"),
        *_headings("学时"),
    ),
    closing=("备注：学时按半天4学时折算。",),
)
CSV_LAYOUT = Layout(
    title="2026年上半年组织生活台账",
    note="填报单位：机关党委",
    headings=_headings(
        "序号 党组织=支部 活动类型=形式 日期=召开时间 主题=内容 地点 主持人 记录人 主讲人=授课人 "
        "应到 实到 缺席人员及原因 赞成 反对 弃权 学时"
    ),
    closing=("说明：缺席人员注明原因。",),
)
ORGANISATIONS_LAYOUT = Layout(
    title="基层党组织基本情况一览表",
    note="统计截止日期：2026年9月30日",
    headings=(
        *_headings("组织名称=党组织名称 组织简称=简称 组织类别=类别 上级组织=上级党组织 建立日期=成立时间 撤销日期"),
        *_headings("书记 副书记 纪委书记 是否设支委会 党小组数", "班子情况"),
        *_headings("届期 本届选举日期=选举时间 届满日期=届满时间", "换届情况"),
        *_headings("涵盖单位数 在职人数 专职党务干部数 书记是否本单位负责人"),
    ),
    closing=("注：联合党支部请填涵盖单位数。",),
)
