"""How clerks write what a tidy table would say: every spelling here is untidy, and none of them is wrong."""

from collections.abc import Callable
from datetime import date
from random import Random

from dangwu.foundation.sheets.shapes import Cell
from dangwu.workbench.demo.chance import Weighted

Entry = dict[str, Cell]
Write = Callable[[str, Random], Cell]
Spell = Callable[[date], Cell]

_FULL_WIDTH = str.maketrans("0123456789.-", "０１２３４５６７８９．－")
_DAY_ZERO = date(1899, 12, 30).toordinal()
_CENTURY = 2000


def _without_century(day: date) -> str:
    """98年7月; from 2000 on with the whole year, as nobody writes 2年7月."""
    return f"{day.year if day.year >= _CENTURY else day.year % 100}年{day.month}月"


def _in_full_width(day: date) -> str:
    return f"{day:%Y.%m.%d}".translate(_FULL_WIDTH)


_EXACT = Weighted[Spell](
    {
        lambda day: day: 3,
        lambda day: f"{day:%Y-%m-%d}": 3,
        lambda day: f"{day.year}年{day.month}月{day.day}日": 2,
        lambda day: f"{day:%Y%m%d}": 1.5,
        lambda day: int(f"{day:%Y%m%d}"): 1,
        lambda day: f"{day.year}/{day.month}/{day.day}": 1,
        lambda day: f"{day:%Y.%m.%d}": 1.5,
        lambda day: day.toordinal() - _DAY_ZERO: 1,
        _in_full_width: 1,
    }
)
_TO_THE_MONTH = Weighted[Spell](
    {
        lambda day: f"{day:%Y.%m}": 3,
        _without_century: 1,
        lambda day: f"{day.year}年{day.month}月": 1,
        lambda day: f"{day.year}/{day.month}": 1,
        lambda day: f"{day:%Y%m}": 0.5,
    }
)
_SHARE_TO_THE_MONTH = 0.4
_HELD_WITHOUT_YEAR = 0.1


def any_day(day: date, dice: Random) -> Cell:
    """A day of somebody's life, often to the month only."""
    styles = _TO_THE_MONTH if dice.random() < _SHARE_TO_THE_MONTH else _EXACT
    return styles.draw(dice)(day)


def exact_day(day: date, dice: Random) -> Cell:
    """A day in one of the ways that keep the day."""
    return _EXACT.draw(dice)(day)


def held_on(day: date, dice: Random) -> Cell:
    """The day of a meeting; the title above the table says the year."""
    return f"{day.month}月{day.day}日" if dice.random() < _HELD_WITHOUT_YEAR else exact_day(day, dice)


def _spaced_name(name: str, dice: Random) -> Cell:
    """王　芳: two characters set as wide as three."""
    if len(name) == 2 and dice.random() < 0.6:  # noqa: PLR2004
        return f"{name[0]}{dice.choice('　 ')}{name[1]}"
    return f"{name} " if dice.random() < 0.03 else name  # noqa: PLR2004


def _identity(number: str, dice: Random) -> Cell:
    style = dice.random()
    if style < 0.05:  # noqa: PLR2004
        return f"{number[:6]} {number[6:14]} {number[14:]}"
    if style < 0.08:  # noqa: PLR2004
        return f"'{number}"
    return number.lower() if style < 0.5 else number  # noqa: PLR2004


def _phone(number: str, dice: Random) -> Cell:
    return dice.choice((number, number, int(number), f"{number[:3]}-{number[3:7]}-{number[7:]}"))


def _branch(name: str, dice: Random) -> Cell:
    """办公室支部, 机关党委办公室党支部, 办公室: what people call it."""
    stem, branch, group = name.rpartition("党支部")
    if not branch or group:
        return name
    with_committee = name.replace("局", "局机关党委", 1) if "局" in name else f"机关党委{name}"
    ways = [name] * 8 + [f"{stem}支部", f"{stem}支部 ", f"{stem}党支部委员会", with_committee]
    if stem.endswith(("处", "室", "中心")):
        ways.append(stem)
    return dice.choice(ways)


def _one_of(**spellings: str) -> Write:
    """Every word in one of its spellings, parted by blanks; `~` stands for a blank inside of one."""
    table = {word: [way.replace("~", " ") for way in ways.split()] for word, ways in spellings.items()}
    return lambda word, dice: dice.choice(table[word]) if word in table else word


_HANDS: dict[str, Write] = {
    "姓名": _spaced_name,
    "性别": _one_of(男="男 男 男 男性 01~男 1_男", 女="女 女 女 女性 02~女 2_女"),
    "民族": _one_of(汉族="汉族 汉族 汉 01~汉族", 回族="回族 回", 满族="满族 满", 维吾尔族="维吾尔族 维吾尔"),
    "身份证号码": _identity,
    "联系电话": _phone,
    "学历": _one_of(大学本科="大学本科 本科 大学 20~大学本科", 大学专科="大专 大学专科", 研究生="研究生 硕士研究生"),
    "学位": _one_of(硕士="硕士 管理学硕士 法学硕士", 学士="学士 工学学士 文学学士"),
    "人员类别": _one_of(正式党员="正式党员 正式党员 223_正式党员 正式 1~正式党员", 预备党员="预备党员 预备"),
    "所在党支部": _branch,
    "党内职务": _one_of(
        书记="书记 党支部书记 支部书记", 副书记="副书记 党支部副书记", 组织委员="组织委员 支部组织委员"
    ),
    "人员身份": _one_of(在职="在职 在职 在职人员", 离退休="离退休 退休"),
    "党组织": _branch,
    "活动类型": _one_of(
        党员大会="支部大会 党员大会 支部党员大会 三会一课-党员大会",
        支部委员会会议="支委会议 支委会 三会一课-支委会 支部委员会会议",
        党小组会="党小组会 党小组会议 三会一课-党小组会",
        党课="三会一课-党课 党课 专题党课",
        主题党日="主题党日活动 主题党日 党日活动",
        集中学习="集中学习 支部集中学习 政治理论学习",
        组织生活会="组织生活会 专题组织生活会",
        民主评议党员="民主评议党员 民主评议",
    ),
}


def by_hand(entry: Entry, dice: Random, days: Callable[[date, Random], Cell]) -> Entry:
    """The entry in a clerk's hand. `days` says how dates are written in this table."""
    return {head: _cell(head, cell, dice, days) for head, cell in entry.items()}


def _cell(head: str, cell: Cell, dice: Random, days: Callable[[date, Random], Cell]) -> Cell:
    if isinstance(cell, date):
        return days(cell, dice)
    if isinstance(cell, str) and cell and head in _HANDS:
        return _HANDS[head](cell, dice)
    return cell
