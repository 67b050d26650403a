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
    "贺0.2 顾0.2 毛0.2 郝0.2 龚0.2 邵0.2 万0.2 钱0.2 严0.2 欧阳0.1 上官0.05"
)
_SURNAMES = {
    "汉族": {surname: float(share) for surname, share in re.findall(r"([^\d\s]+)([\d.]+)", _SHARES)},
    "回族": {"马": 6.0} | dict.fromkeys(("丁", "沙", "哈", "白", "杨", "海", "金"), 1.0),
    "满族": dict.fromkeys(("关", "佟", "赫", "那", "富", "赵", "王", "唐"), 1.0),
    "壮族": dict.fromkeys(("韦", "覃", "黄", "农", "蒙", "陆"), 1.0),
    "土家族": dict.fromkeys(("向", "田", "彭", "覃", "冉"), 1.0),
    "苗族": dict.fromkeys(("龙", "吴", "石", "麻", "杨"), 1.0),
    "朝鲜族": dict.fromkeys(("金", "朴", "崔", "李"), 1.0),
}
_WEIGHTED_SURNAMES = {people: Weighted(shares) for people, shares in _SURNAMES.items()}

_MEN_BEFORE_1975 = ("建国志卫永德文明玉金新长春福成学庆维宝振", "国强军民华平东明生林海山良忠义才贵龙江成")
_MEN_SINCE_1975 = ("志文俊晓海宇浩子泽明家天思嘉振鹏一博承景", "鹏伟涛杰磊斌超轩然宇浩辰博远航凯峰毅哲宁")
_WOMEN_BEFORE_1975 = ("秀玉桂淑丽惠爱凤春金美月红雅素翠", "英兰珍华芳梅荣云琴霞玲萍清凤莲娟")
_WOMEN_SINCE_1975 = ("雨思晓佳梦雅欣诗静嘉怡婷若文子紫", "婷雪颖琳萱妍悦洁倩彤瑶宁琪菲欣蕾")
_ERA = 1975

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


def full_name(dice: Random, people: str, *, woman: bool, born_in: int) -> str:
    """A name that somebody of this people, gender and year of birth may bear."""
    if people == "维吾尔族":
        return f"{dice.choice(_UYGHUR_WOMEN if woman else _UYGHUR_MEN)}·{dice.choice(_UYGHUR_FATHERS)}"
    if people == "藏族":
        return dice.choice(_TIBETAN[0]) + dice.choice(_TIBETAN[2 if woman else 1])
    if people == "蒙古族":
        return dice.choice(_MONGOL_WOMEN if woman else _MONGOL_MEN)
    surname: str = _WEIGHTED_SURNAMES[people].draw(dice)
    return surname + _given_name(dice, woman=woman, born_in=born_in)


def _given_name(dice: Random, *, woman: bool, born_in: int) -> str:
    """One character or, mostly, two."""
    if woman:
        first, second = _WOMEN_BEFORE_1975 if born_in < _ERA else _WOMEN_SINCE_1975
    else:
        first, second = _MEN_BEFORE_1975 if born_in < _ERA else _MEN_SINCE_1975
    last = dice.choice(second)
    return last if dice.random() < 0.2 else dice.choice(first.replace(last, "")) + last  # noqa: PLR2004 - one in five
