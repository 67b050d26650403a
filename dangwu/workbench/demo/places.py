"""Where the invented city's people come from, live and work."""

from random import Random

from dangwu.workbench.demo.chance import Weighted
from dangwu.workbench.demo.words import words

CITY = "云川市"
DISTRICTS = ("临河区", "青屏区", "望山区", "南陵区", "玉泉区", "双桥区", "长宁县", "安平县", "清溪县", "新丰县")
BUREAUS = words(
    "政务服务局 财政局 教育局 科学技术局 民政局 司法局 人力资源局 生态环境局 住房建设局 交通运输局 "
    "水务局 农业农村局 商务局 文化旅游局 卫生健康局 退役军人局 应急管理局 审计局 市场监管局 体育局 "
    "统计局 医疗保障局 城市管理局 信访局 林业局 粮食储备局 机关事务局 档案局 地震局 税务局 气象局 "
    "规划资源局 国资监管局 金融发展局 数据管理局 民族宗教局 园林绿化局 邮政管理局 供销合作局 公积金管理局"
)
_PEOPLES = Weighted(
    {"汉族": 92, "回族": 1.6, "满族": 1.6, "壮族": 1, "土家族": 0.6, "苗族": 0.6, "朝鲜族": 0.3, "侗族": 0.3}
    | {"蒙古族": 0.5, "维吾尔族": 0.4, "藏族": 0.3, "瑶族": 0.2, "白族": 0.2, "布依族": 0.2, "黎族": 0.1}
    | {"哈萨克族": 0.1, "畲族": 0.1}
)
_HOMES = {
    "汉族": words(
        "河北沧州 河北保定 山东烟台 山东菏泽 河南南阳 河南周口 江苏盐城 江苏徐州 浙江绍兴 安徽阜阳 湖北黄冈 "
        "湖南衡阳 四川南充 四川达州 山西运城 陕西渭南 江西九江 福建莆田 广东梅州 辽宁锦州 吉林四平 "
        "黑龙江绥化 天津武清 北京通州 甘肃天水 重庆万州"
    ),
    "回族": ["宁夏吴忠", "甘肃临夏", "河北沧州"],
    "满族": ["辽宁抚顺", "河北承德", "吉林吉林"],
    "壮族": ["广西南宁", "广西百色"],
    "土家族": ["湖北恩施", "湖南湘西"],
    "苗族": ["贵州黔东南", "湖南湘西"],
    "朝鲜族": ["吉林延边"],
    "蒙古族": ["内蒙古通辽", "内蒙古赤峰"],
    "维吾尔族": ["新疆喀什", "新疆和田"],
    "藏族": ["西藏日喀则", "四川甘孜"],
    "侗族": ["贵州黔东南", "湖南怀化"],
    "瑶族": ["广西金秀", "湖南江华"],
    "白族": ["云南大理"],
    "布依族": ["贵州黔南"],
    "黎族": ["海南琼中"],
    "哈萨克族": ["新疆伊犁"],
    "畲族": ["福建宁德", "浙江景宁"],
}
_ROADS = ("人民路", "建设街", "文昌路", "滨河大道", "朝阳街", "学府路", "青年路", "平安里", "锦绣街", "长虹路")


def people_and_home(dice: Random) -> tuple[str, str]:
    """An ethnic group, and a native place where it lives."""
    people = _PEOPLES.draw(dice)
    return people, dice.choice(_HOMES[people])


def home_address(dice: Random) -> str:
    """Where somebody lives in the city."""
    building = f"{dice.randint(1, 28)}号楼{dice.randint(1, 4)}单元{dice.randint(1, 18)}0{dice.randint(1, 4)}室"
    return f"{CITY}{dice.choice(DISTRICTS)}{dice.choice(_ROADS)}{dice.randint(1, 260)}号{building}"


def unit_name(index: int) -> str:
    """The name of the n-th unit, counted from 0: the city's bureaus first, then those of its districts."""
    if index < len(BUREAUS):
        return CITY + BUREAUS[index]
    district, bureau = divmod(index - len(BUREAUS), len(BUREAUS))
    around, place = divmod(district, len(DISTRICTS))
    area = DISTRICTS[place] if not around else f"第{around}开发区{DISTRICTS[place]}"
    return f"{CITY}{area}{BUREAUS[bureau]}"
