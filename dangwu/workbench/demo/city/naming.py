"""What the departments of the city, what stands under them and their divisions are called."""

from itertools import product

from dangwu.workbench.demo.places import BUREAUS, CITY, DISTRICTS
from dangwu.workbench.demo.words import words

DEPARTMENTS_OF_A_PLACE = len(BUREAUS)
RETIRED = "离退休干部"

LARGEST = "交通运输局"
SUBORDINATE = {  # what stands under a department: those of its own trade first
    LARGEST: words(
        "公路事业发展中心 港航事业发展中心 运输事业发展中心 综合行政执法总队 轨道交通建设中心 交通工程质量监督站 "
        "交通战备保障中心 城市公共交通中心 交通规划研究院 交通技师学院 航道养护中心 高速公路路网中心 "
        "工程造价管理站 机场建设服务中心 汽车客运枢纽中心 交通应急救援中心 桥梁隧道管理所 驾驶员培训管理所"
    ),
    "教育局": words("教育考试院 教师发展中心 第一中学 实验中学 职业技术学校 特殊教育学校 电化教育馆 学生资助中心"),
    "卫生健康局": words("中心血站 疾病预防控制中心 妇幼保健院 第一人民医院 中医院 急救中心 卫生监督所 健康教育所"),
    "农业农村局": words("农业技术推广中心 畜牧兽医中心 种子管理站 农业科学研究所 渔政执法支队 农机推广站"),
    "水务局": words("水文站 河道管理处 供水保障中心 水利规划设计院 节水事务中心 水库管理处"),
    "生态环境局": words("生态环境监测中心 固体废物管理中心 环境科学研究院 生态环境执法支队"),
}
_ANYWHERE = words(
    "信息中心 综合保障中心 宣传教育中心 行政执法支队 研究所 培训中心 项目服务中心 档案馆 评审中心 "
    "技术检测站 事务服务中心"
)
_SITES_OF_ORGANS = words(
    "办公室 组织人事处 法规处 规划财务处 行政审批处 综合业务处 监督检查处 安全监督处 数据科技处 审计监督处 宣传教育处 "
    "建设管理处 运行管理处 项目管理处 应急管理处 对外合作处 统计分析处 标准质量处 信用管理处 绿色发展处 老干部工作处 "
    "后勤服务处 督查考核处 公共服务处 行业指导处 市场监管处 科研管理处 资产管理处 政务公开处 调查研究处"
)
_SITES_OF_OTHERS = words(
    "综合科 党群工作科 财务科 业务一科 业务二科 技术科 安全科 工程科 信息科 服务科 监察科 设备科 质量科 培训科 保障科"
)
_JOINT = {"法规处": "法规审计", "技术科": "技术质量", "财务科": "财务资产"}
FORMERLY = {  # what divisions were called before
    "组织人事处": "人事处",
    "法规处": "政策法规处",
    "规划财务处": "计划财务处",
    "数据科技处": "信息化处",
    "审计监督处": "内部审计处",
    "行政审批处": "政务服务处",
    "党群工作科": "政工科",
    "综合科": "办公室",
    "信息科": "网络科",
    "安全科": "安全保卫科",
    "服务科": "客户服务科",
}
LEADS = {
    "室": "主任",
    "心": "主任",
    "处": "处长",
    "科": "科长",
    "队": "长",
    "站": "站长",
    "所": "所长",
    "院": "院长",
    "校": "校长",
    "学": "校长",
    "馆": "馆长",
}


def place_name(number: int) -> str:
    """The n-th place that has departments of its own: the city itself, its districts, and invented ones."""
    if number == 0:
        return CITY
    if number <= len(DISTRICTS):
        return CITY + DISTRICTS[number - 1]
    return f"{CITY}{_FURTHER[(number - len(DISTRICTS) - 1) % len(_FURTHER)]}"


_FURTHER = tuple(
    f"{first}{second}区"
    for first, second in product("云泰康兴永昌福宁瑞祥和顺", "河阳山川泉桥湖溪丰原林江")
    if f"{first}{second}区" not in DISTRICTS
)
PLACES = 1 + len(DISTRICTS) + len(_FURTHER)


def subordinate_name(bureau: str, number: int) -> str:
    """The n-th unit under a department."""
    own = SUBORDINATE.get(bureau, ()) + _ANYWHERE
    if number < len(own):
        return own[number]
    around, place = divmod(number - len(own), len(DISTRICTS))
    what = ("管理所", "服务站", "执法大队", "第二服务站", "第二管理所", "监测站")[around % 6]
    return f"{DISTRICTS[place]}{what}"


def site_name(number: int, *, organ: bool) -> str:
    """The n-th division; the further ones have numbers."""
    own = _SITES_OF_ORGANS if organ else _SITES_OF_OTHERS
    return own[number] if number < len(own) else f"第{in_characters(number - len(own) + 1)}"


def joint_name(site: str) -> str:
    """What a branch of several divisions is called; nothing where this one has none."""
    return _JOINT.get(site, "")


def head_of(site: str) -> str:
    """What the head of a division is called."""
    return f"{site}{LEADS[site[-1]]}" if site and site[-1] in LEADS else "负责人"


def in_characters(number: int) -> str:
    """A number below a hundred in Chinese characters; a higher one, which nobody would write so, in digits."""
    if number >= 100:  # noqa: PLR2004 - see above
        return str(number)
    ones = "〇一二三四五六七八九"
    tens, one = divmod(number, 10)
    return f"{(ones[tens] if tens > 1 else '') + '十' if tens else ''}{ones[one] if one else ''}"
