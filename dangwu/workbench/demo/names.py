"""Names as they are given: by surname shares, people, gender and the years in which one was born."""

import re
from random import Random

from dangwu.workbench.demo.chance import Weighted

_SHARES = (
    "王7.2 李7.1 张6.8 刘5.4 陈4.5 杨3.1 黄2.3 赵2.2 吴2.1 周2.0 徐1.7 孙1.6 马1.2 朱1.3 "
    "胡1.3 林1.1 郭1.2 何1.2 高1.1 罗0.9 郑0.9 梁0.9 谢0.8 宋0.8 唐0.7 许0.7 韩0.7 冯0.6 "
    "邓0.6 曹0.6 彭0.6 曾0.5 肖0.5 田0.5 董0.5 袁0.5 潘0.4 于0.5 蒋0.5 蔡0.4 余0.4 杜0.4 "
    "叶0.4 程0.4 苏0.4 魏0.4 吕0.4 丁0.4 任0.4 沈0.4 姚0.3 卢0.3 姜0.3 崔0.3 钟0.3 谭0.3 "
    "陆0.3 汪0.3 范0.3 金0.3 石0.3 廖0.3 贾0.3 夏0.3 韦0.2 付0.2 方0.2 白0.2 邹0.2 孟0.2 "
    "熊0.2 秦0.2 邱0.2 江0.2 尹0.2 薛0.2 闫0.2 段0.2 雷0.2 侯0.2 龙0.2 史0.2 陶0.2 黎0.2 "
    "贺0.2 顾0.2 毛0.2 郝0.2 龚0.2 邵0.2 万0.2 钱0.2 严0.2 洪0.2 武0.2 戴0.3 莫0.2 孔0.2 向0.1 "
    "常0.2 温0.2 康0.2 施0.2 文0.2 牛0.1 樊0.1 葛0.1 邢0.1 安0.1 齐0.1 易0.1 乔0.1 伍0.1 庞0.1 "
    "欧阳0.12 上官0.04 司马0.03 诸葛0.03 司徒0.03 皇甫0.02 夏侯0.02 令狐0.02 尉迟0.01 端木0.01"
)
_SURNAMES = {
    "汉族": {surname: float(share) for surname, share in re.findall(r"([^\d\s]+)([\d.]+)", _SHARES)},
    "回族": {"马": 6.0} | dict.fromkeys(("丁", "沙", "哈", "白", "杨", "海", "金"), 1.0),
    "满族": dict.fromkeys(("关", "佟", "赫", "那", "富", "赵", "王", "唐"), 1.0),
    "壮族": dict.fromkeys(("韦", "覃", "黄", "农", "蒙", "陆"), 1.0),
    "土家族": dict.fromkeys(("向", "田", "彭", "覃", "冉"), 1.0),
    "苗族": dict.fromkeys(("龙", "吴", "石", "麻", "杨"), 1.0),
    "朝鲜族": dict.fromkeys(("金", "朴", "崔", "李"), 1.0),
    "侗族": dict.fromkeys(("吴", "石", "杨", "粟", "龙"), 1.0),
    "瑶族": dict.fromkeys(("盘", "赵", "邓", "奉", "蒋"), 1.0),
    "白族": dict.fromkeys(("段", "杨", "赵", "董", "尹"), 1.0),
    "布依族": dict.fromkeys(("韦", "罗", "王", "班", "岑"), 1.0),
    "黎族": dict.fromkeys(("符", "王", "董", "吉"), 1.0),
    "畲族": dict.fromkeys(("蓝", "雷", "钟", "盘"), 1.0),
}
_WEIGHTED_SURNAMES = {people: Weighted(shares) for people, shares in _SURNAMES.items()}

_MEN = (  # up to which year of birth; first and second characters
    (1959, "建国志卫永德文明玉金新长春福成学庆维宝振光世正广克", "国强军民华平东明生林海山良忠义才贵龙江成根祥喜田"),
    (1979, "建志文永国卫晓海俊立宏学伟德新春向庆红克世光少宝", "军强勇明辉斌伟峰平波华刚涛林东杰生民胜良春江宁松"),
    (1994, "志文俊晓海宇浩子明家天思嘉振鹏一博景少雪立宏伟世", "鹏伟涛杰磊斌超轩然宇浩辰博远航凯峰毅哲宁龙飞亮洋帆"),
    (9999, "子浩宇泽俊嘉梓奕逸景一思承昊睿明家天博文铭皓", "轩涵宸睿然宇辰博远航哲宁泽洋霖阳昊铭杰瑞恒熙"),
)
_WOMEN = (
    (1959, "秀玉桂淑丽惠爱凤春金美月红雅素翠兰彩雪慧庆", "英兰珍华芳梅荣云琴霞玲萍清凤莲娟香珠芬花仙敏"),
    (1979, "丽晓红海春艳淑玉小秀雪爱桂文建惠亚卫金美月", "霞玲萍芳梅红燕娟敏丽华琴英艳静洁云莉莹群杰玫"),
    (1994, "雨思晓佳梦雅欣诗静嘉怡婷若文子紫海小丽莎慧月", "婷雪颖琳萱妍悦洁倩彤瑶宁琪菲欣蕾娜敏丹莹璐娇"),
    (9999, "雨思佳梦雅欣诗嘉怡若文子梓语欣可一芷悦昕乐", "涵萱妍悦彤瑶宁琪菲怡彤桐萌雯汐玥诺瑾晴霏"),
)
_ALONE, _DOUBLED, _RARE = 0.17, 0.03, 0.004
_DOUBLES = "婷丽莉莎娜媛圆静倩娟洋青楠佳蓉冰"
_DOUBLED_SINCE = 1975
RARE = "𠅤𡒄𣗋𤧛𪸩𫇭𫍯𫟹𬀩𬍛𬘡𬬩𬭊𭎂𮧵𰾄𱅒𱍐"
"""Characters of the extensions B to H, which some programs still lose."""

_UYGHUR_MEN = ("艾力", "买买提", "吐尔逊", "阿不都拉", "玉素甫", "库尔班", "艾尔肯", "亚力坤")
_UYGHUR_WOMEN = ("古丽娜尔", "阿依古丽", "帕提古丽", "热依拉", "米热古丽", "祖丽菲亚")
_UYGHUR_FATHERS = ("买买提", "阿不都热依木", "吐尔逊", "依明", "肉孜", "卡德尔", "司马义", "热合曼")
_TIBETAN = (
    ("扎西", "次仁", "格桑", "洛桑", "旦增", "索朗"),
    ("顿珠", "多吉", "平措", "旺堆"),
    ("卓玛", "央金", "拉姆", "曲珍"),
)
_MONGOL_MEN = ("巴特尔", "苏和", "朝鲁", "哈斯", "布和", "那顺", "孟和巴雅尔", "额尔敦")
_MONGOL_WOMEN = ("其其格", "萨仁", "乌兰", "娜仁花", "斯琴", "托娅", "琪琪格玛", "阿拉坦其其格")


_KAZAKH_MEN = ("叶尔江", "努尔兰", "巴合提", "赛力克", "木拉提", "哈力别克")
_KAZAKH_WOMEN = ("阿依努尔", "古丽加孜", "迪娜", "加娜尔")
_KAZAKH_FATHERS = ("努尔兰", "哈力别克", "马力克", "托合塔尔", "胡安西", "赛力克")


def full_name(dice: Random, people: str, *, woman: bool, born_in: int) -> str:
    """A name that somebody of this people, gender and year of birth may bear."""
    if people == "维吾尔族":
        return f"{dice.choice(_UYGHUR_WOMEN if woman else _UYGHUR_MEN)}·{dice.choice(_UYGHUR_FATHERS)}"
    if people == "哈萨克族":
        return f"{dice.choice(_KAZAKH_WOMEN if woman else _KAZAKH_MEN)}·{dice.choice(_KAZAKH_FATHERS)}"
    if people == "藏族":
        return dice.choice(_TIBETAN[0]) + dice.choice(_TIBETAN[2 if woman else 1])
    if people == "蒙古族":
        return dice.choice(_MONGOL_WOMEN if woman else _MONGOL_MEN)
    surname: str = _WEIGHTED_SURNAMES[people].draw(dice)
    return surname + _given_name(dice, woman=woman, born_in=born_in)


def _given_name(dice: Random, *, woman: bool, born_in: int) -> str:
    """One character or, mostly, two; now and then the same one twice, or one that is hardly ever seen."""
    _, first, second = next(era for era in (_WOMEN if woman else _MEN) if born_in <= era[0])
    luck = dice.random()
    if woman and born_in >= _DOUBLED_SINCE and luck < _DOUBLED:
        return dice.choice(_DOUBLES) * 2
    last = dice.choice(RARE if luck > 1 - _RARE else second)
    return last if dice.random() < _ALONE else dice.choice(first.replace(last, "")) + last
