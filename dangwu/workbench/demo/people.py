"""The members: each invented whole, so that age, name, schooling and years in the party fit together."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from dangwu.kernel.months import add_months
from dangwu.workbench.demo.chance import Weighted
from dangwu.workbench.demo.identity import Numbers
from dangwu.workbench.demo.names import full_name
from dangwu.workbench.demo.places import home_address, people_and_home

TODAY = date(2026, 10, 15)
FULL, PROBATIONARY = "正式党员", "预备党员"
IN_SERVICE, RETIRED = "在职", "离退休"

_AGE_OF_ADMISSION = 19  # a year above the least, so that a clerk who shifts a date by a year does not break a rule
_LAST_ADMISSION_OF_FULL = date(2025, 8, 31)
_PROBATION = (date(2025, 11, 3), date(2026, 8, 28))
_SHARE_OF_WOMEN = 0.42
_SHARE_OF_PROBATIONARY = 0.05  # of the young
_SHARE_OF_RETIRED = 0.04
_YOUNG = 40

SCHOOLING = (  # up to which year of birth, with which shares
    (1958, Weighted({"大学专科": 3, "中专": 3, "高中": 3, "大学本科": 2})),
    (1975, Weighted({"大学本科": 6, "大学专科": 3, "研究生": 1, "中专": 0.5})),
    (9999, Weighted({"大学本科": 6, "研究生": 3, "大学专科": 0.6})),
)
DEGREES = {
    "研究生": Weighted({"硕士": 9, "博士": 1}),
    "大学本科": Weighted({"学士": 8, "": 2}),
}
_RANKS = (
    (30, Weighted({"一级科员": 3, "四级主任科员": 2})),
    (42, Weighted({"三级主任科员": 3, "二级主任科员": 3, "一级主任科员": 2, "副主任": 0.5})),
    (99, Weighted({"一级主任科员": 4, "四级调研员": 2, "三级调研员": 1, "二级调研员": 0.5})),
)
_REMARKS = Weighted({"": 40, "借调市委办公室": 0.4, "驻村帮扶": 0.5, "产假": 0.3, "援派": 0.3})


@dataclass(frozen=True, slots=True)
class Person:
    """A member as the roster knows him. `branch` is the short name of the branch; empty texts are unknown or none."""

    name: str
    gender: str
    ethnicity: str
    birth_date: date
    identity_number: str
    phone: str
    education: str
    degree: str
    native_place: str
    home_address: str
    member_kind: str
    branch: str
    group: str
    post: str
    joined_on: date
    confirmed_on: date | None
    employment: str
    unit_post: str
    remarks: str

    @property
    def is_full(self) -> bool:
        return self.member_kind == FULL

    @property
    def is_in_service(self) -> bool:
        return self.employment == IN_SERVICE


class Newcomers:
    """Invents people of one unit, no two of the same name."""

    def __init__(self, dice: Random, numbers: Numbers) -> None:
        self._dice = dice
        self._numbers = numbers
        self._names: set[str] = set()

    def invent(self, branch: str, *, retired: bool) -> Person:
        """A member of the branch without a post."""
        dice = self._dice
        woman = dice.random() < _SHARE_OF_WOMEN
        retired = retired or dice.random() < _SHARE_OF_RETIRED
        born = _birthday(dice, woman=woman, retired=retired)
        people, home = people_and_home(dice)
        joined_on, confirmed_on = _admission(dice, born)
        education = by_threshold(SCHOOLING, born.year).draw(dice)
        return Person(
            name=self._name(people, woman=woman, born_in=born.year),
            gender="女" if woman else "男",
            ethnicity=people,
            birth_date=born,
            identity_number=self._numbers.identity(dice, born, woman=woman),
            phone=self._numbers.phone(dice),
            education=education,
            degree=DEGREES[education].draw(dice) if education in DEGREES else "",
            native_place=home,
            home_address=home_address(dice),
            member_kind=FULL if confirmed_on else PROBATIONARY,
            branch=branch,
            group="",
            post="",
            joined_on=joined_on,
            confirmed_on=confirmed_on,
            employment=RETIRED if retired else IN_SERVICE,
            unit_post="退休干部" if retired else by_threshold(_RANKS, TODAY.year - born.year).draw(dice),
            remarks="" if retired else _REMARKS.draw(dice),
        )

    def _name(self, people: str, *, woman: bool, born_in: int) -> str:
        """A name not yet borne; where nearly all of a people's are, a Han name."""
        for attempt in range(1000):
            name = full_name(self._dice, people if attempt < 10 else "汉族", woman=woman, born_in=born_in)  # noqa: PLR2004
            if name not in self._names:
                self._names.add(name)
                return name
        raise ValueError("一个单位的党员太多，姓名不够用，请增加党支部数。")


def by_threshold(table: tuple[tuple[int, Weighted[str]], ...], number: int) -> Weighted[str]:
    return next(shares for upto, shares in table if number <= upto)


def _birthday(dice: Random, *, woman: bool, retired: bool) -> date:
    """Ages from 24 to 78; women retire earlier than men."""
    if retired:
        age = int(dice.triangular(57 if woman else 62, 79, 64))
    else:
        age = int(dice.triangular(24, 55 if woman else 60, 38))
    return date(TODAY.year - age, TODAY.month, TODAY.day) - timedelta(days=dice.randint(1, 360))


def _admission(dice: Random, born: date) -> tuple[date, date | None]:
    """When one joined, and was confirmed a year later; a few of the young are still on probation."""
    if TODAY.year - born.year < _YOUNG and dice.random() < _SHARE_OF_PROBATIONARY:
        first, last = _PROBATION
        return first + timedelta(days=dice.randrange((last - first).days)), None
    earliest = add_months(born, _AGE_OF_ADMISSION * 12)
    years = dice.triangular(0, 16, 3)
    joined_on = min(earliest + timedelta(days=int(years * 365)), _LAST_ADMISSION_OF_FULL)
    return joined_on, add_months(joined_on, 12)
