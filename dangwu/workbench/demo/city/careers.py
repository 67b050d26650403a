"""Who somebody is: name, birth, schooling, work; all of it in keeping with his age and with the unit."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from dangwu.kernel.months import add_months
from dangwu.workbench.demo.chance import Weighted
from dangwu.workbench.demo.city.days import START, retires_on, somewhere
from dangwu.workbench.demo.city.numbering import numbers_of
from dangwu.workbench.demo.city.shapes import Life
from dangwu.workbench.demo.names import full_name
from dangwu.workbench.demo.people import DEGREES, SCHOOLING, TODAY, by_threshold
from dangwu.workbench.demo.places import people_and_home

_WOMEN, _WOMEN_OF_RETIRED = 0.43, 0.36
_OLDEST, _YOUNGEST = 91, 23
_RETIRED_LATELY = 0.2  # within some five years
_YEARS_AT_SCHOOL = {"高中": 18, "中专": 18, "大学专科": 21, "大学本科": 22, "研究生": 25}
_MONTHS_OF_JOINING = (5, 6, 6, 7, 11, 12, 12)
_JOINED_AT_SCHOOL = Weighted({True: 4, False: 6})

_RANKS_OF_ORGANS = (
    (28, Weighted({"一级科员": 5, "四级主任科员": 2})),
    (36, Weighted({"四级主任科员": 3, "三级主任科员": 4, "二级主任科员": 2})),
    (45, Weighted({"二级主任科员": 3, "一级主任科员": 4, "四级调研员": 2})),
    (99, Weighted({"一级主任科员": 3, "四级调研员": 3, "三级调研员": 3, "二级调研员": 1})),
)
_RANKS_OF_OTHERS = (
    (28, Weighted({"助理工程师": 3, "九级职员": 3, "技术员": 1})),
    (36, Weighted({"工程师": 3, "八级职员": 3, "九级职员": 1, "助理工程师": 1})),
    (45, Weighted({"工程师": 3, "高级工程师": 2, "七级职员": 2, "八级职员": 2, "技师": 1})),
    (99, Weighted({"高级工程师": 3, "七级职员": 2, "工程师": 2, "技师": 1, "正高级工程师": 0.4, "六级职员": 0.5})),
)
_BASES = {  # yuan a month from which dues are reckoned, and what years of work add to it
    "一级科员": 4300, "四级主任科员": 4800, "三级主任科员": 5200, "二级主任科员": 5600, "一级主任科员": 6100,
    "四级调研员": 6800, "三级调研员": 7400, "二级调研员": 8100,
    "技术员": 3600, "助理工程师": 4200, "工程师": 5300, "高级工程师": 6900, "正高级工程师": 8600, "技师": 4900,
    "九级职员": 4000, "八级职员": 4700, "七级职员": 5700, "六级职员": 6700,
}  # fmt: skip
_PER_YEAR = 45
_PENSIONS = (3_800, 8_900, 5_600)


@dataclass(frozen=True, slots=True)
class Kind:
    """Of what kind somebody shall be; how old the youngest, the oldest and most of those who work are today."""

    organ: bool
    retired: bool = False
    youngest: int = _YOUNGEST
    oldest: int = 60
    most: int = 46


class Newcomers:
    """Invents people, nobody with a name that another of the same branch has, or a number that anybody has."""

    def __init__(self, dice: Random, first: int) -> None:
        self._dice = dice
        self._number = first

    def invent(self, kind: Kind, taken: set[str]) -> Life:
        """Somebody who has not been anywhere yet."""
        dice = self._dice
        woman = dice.random() < (_WOMEN_OF_RETIRED if kind.retired else _WOMEN)
        born = _born(dice, kind, woman=woman)
        ethnicity, home = people_and_home(dice)
        education = by_threshold(SCHOOLING, born.year).draw(dice)
        working_since = _first_working_day(dice, born, education)
        identity, phone = numbers_of(self._number, born, woman=woman)
        self._number += 1
        rank = _rank(dice, kind, TODAY.year - born.year)
        return Life(
            name=_name(dice, ethnicity, taken, woman=woman, born_in=born.year),
            woman=woman,
            ethnicity=ethnicity,
            native_place=home,
            born=born,
            education=education,
            degree=DEGREES[education].draw(dice) if education in DEGREES else "",
            working_since=working_since,
            unit_post=_once(rank, kind) if kind.retired else rank,
            category=_category(dice, kind),
            retires_on=retires_on(born, woman=woman),
            identity=identity,
            phone=phone,
            uid=f"{dice.getrandbits(128):032x}",
            joined_on=_joined(dice, born, working_since),
            dues_base=_base(dice, kind, rank, TODAY.year - working_since.year),
        )


def _name(dice: Random, people: str, taken: set[str], *, woman: bool, born_in: int) -> str:
    for attempt in range(1000):
        name = full_name(dice, people if attempt < 10 else "汉族", woman=woman, born_in=born_in)  # noqa: PLR2004 - then a Han name
        if name not in taken:
            taken.add(name)
            return name
    raise ValueError("一个党支部的党员太多，姓名不够用，请增加单位数。")


def _born(dice: Random, kind: Kind, *, woman: bool) -> date:
    """A birthday that fits: whoever has retired has reached the age, whoever works has not."""
    limit = 58 if woman else 62  # somewhat more than the age, for those about to retire
    lately = kind.retired and dice.random() < _RETIRED_LATELY
    for _ in range(100):
        if kind.retired:
            age = dice.randint(limit - 4, limit + 1) if lately else int(dice.triangular(limit - 2, _OLDEST, limit + 5))
        else:
            age = int(dice.triangular(kind.youngest, min(kind.oldest, limit), kind.most))
        born = add_months(TODAY, -age * 12) - timedelta(days=dice.randint(1, 360))
        if (retires_on(born, woman=woman) <= TODAY) == kind.retired:
            return born
    raise AssertionError("no age fits")


def _first_working_day(dice: Random, born: date, education: str) -> date:
    """In the summer in which school ended."""
    year = born.year + _YEARS_AT_SCHOOL[education] + (born.month > 8)  # noqa: PLR2004 - school begins in September
    return min(date(year, dice.choice((7, 7, 8, 9)), dice.randint(1, 28)), TODAY - timedelta(days=60))


def _joined(dice: Random, born: date, working_since: date) -> date:
    """The day of joining for whoever joined before the years that are remembered: at school, or at work."""
    adult = add_months(born, 19 * 12)
    if _JOINED_AT_SCHOOL.draw(dice) and working_since - timedelta(days=120) > adult:
        day = somewhere(dice, adult, working_since - timedelta(days=90))
    else:
        day = max(adult, working_since + timedelta(days=int(dice.triangular(400, 5500, 1300))))
    day = date(day.year, dice.choice(_MONTHS_OF_JOINING), dice.randint(1, 28))
    return min(max(day, adult), START - timedelta(days=400))


def _rank(dice: Random, kind: Kind, age: int) -> str:
    return by_threshold(_RANKS_OF_ORGANS if kind.organ else _RANKS_OF_OTHERS, age).draw(dice)


def _once(rank: str, kind: Kind) -> str:
    return f"{'退休干部' if kind.organ else '退休职工'}（原{rank}）"


def _category(dice: Random, kind: Kind) -> str:
    if kind.organ:
        return "公务员" if dice.random() < 0.9 else "机关工勤人员"  # noqa: PLR2004 - nine in ten
    return dice.choices(("事业单位管理人员", "事业单位专业技术人员", "工勤技能人员"), (4, 5, 1))[0]


def _base(dice: Random, kind: Kind, rank: str, years: int) -> Decimal:
    if kind.retired:
        return Decimal(int(dice.triangular(*_PENSIONS)) // 10 * 10)
    return Decimal(int(_BASES[rank] + years * _PER_YEAR + dice.randint(-200, 300)) // 10 * 10)
