"""The defects that are planted in the messy tables, each under the code that its finder should give it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from dangwu.foundation.sheets.shapes import Cell
from dangwu.kernel.months import add_months
from dangwu.workbench.demo.activities import Activity
from dangwu.workbench.demo.handwriting import Entry
from dangwu.workbench.demo.people import PROBATIONARY, Person

Subject = TypeVar("Subject")


@dataclass(frozen=True, slots=True)
class Defect(Generic[Subject]):
    """A code, the head of the column in which the fault stands, and the cells that make it."""

    code: str
    head: str
    cells: Callable[[Subject], Entry]


def _says(code: str, head: str, cell: Cell) -> Defect[Subject]:
    """A defect that is the same whoever has it."""
    return Defect(code, head, lambda _: {head: cell})


def _with_wrong_check_digit(person: Person) -> Entry:
    return {"身份证号码": person.identity_number[:17] + ("2" if person.identity_number[17] == "1" else "1")}


def _rounded(person: Person) -> str:
    """What is left of a number that a spreadsheet took for a quantity."""
    return f"{person.identity_number[:15]}000"


def _unborn(_: Person) -> Entry:
    return {"出生日期": "2027年3月5日", "身份证号码": None, "入党日期": None, "转正日期": None}


def _joined_as_a_child(person: Person) -> Entry:
    joined_on = add_months(person.birth_date, 17 * 12)
    return {"入党日期": joined_on, "转正日期": add_months(joined_on, 12)}


def _joins_next_year(_: Person) -> Entry:
    return {"入党日期": "2027年6月18日", "转正日期": None, "人员类别": PROBATIONARY}


ROSTER_DEFECTS: tuple[Defect[Person], ...] = (
    _says("name.missing", "姓名", None),
    _says("organisation.missing", "所在党支部", None),
    _says("organisation.unknown", "所在党支部", "驻村工作队党支部"),
    Defect(
        "identity_number.malformed",
        "身份证号码",
        lambda p: {"身份证号码": p.identity_number[:8] + p.identity_number[9:]},
    ),
    Defect("identity_number.check_digit", "身份证号码", _with_wrong_check_digit),
    Defect("identity_number.damaged", "身份证号码", lambda p: {"身份证号码": int(_rounded(p))}),
    Defect("identity_number.damaged", "身份证号码", lambda p: {"身份证号码": f"{int(_rounded(p)):.5E}"}),
    Defect("identity_number.damaged", "身份证号码", lambda p: {"身份证号码": _rounded(p)}),
    Defect("identity_number.birth_mismatch", "身份证号码", lambda p: {"出生日期": add_months(p.birth_date, -12)}),
    Defect("identity_number.gender_mismatch", "身份证号码", lambda p: {"性别": "男" if p.gender == "女" else "女"}),
    _says("birth_date.unreadable", "出生日期", "七几年春天"),
    Defect("birth_date.impossible", "出生日期", lambda p: {"出生日期": f"{p.birth_date.year}年2月30日"}),
    Defect("birth_date.in_future", "出生日期", _unborn),
    _says("joined_on.unreadable", "入党日期", "上大学期间"),
    Defect("joined_on.in_future", "入党日期", _joins_next_year),
    Defect("joined_on.under_18", "入党日期", _joined_as_a_child),
    _says("confirmed_on.unreadable", "转正日期", "如期"),
    Defect("confirmed_on.before_joined", "转正日期", lambda p: {"转正日期": add_months(p.joined_on, -12)}),
    _says("confirmed_on.in_future", "转正日期", "2027年5月1日"),
    _says("phone.malformed", "联系电话", "1640013"),
    _says("gender.unknown", "性别", "待核"),
    _says("ethnicity.unknown", "民族", "华族"),
    _says("education.unknown", "学历", "夜校"),
    _says("member_kind.unknown", "人员类别", "群众"),
)


def same_number_as(owner: Person) -> Defect[Person]:
    """Somebody who was entered with another's number, and with the dates that go with it."""
    entry: Entry = {
        "身份证号码": owner.identity_number,
        "出生日期": owner.birth_date,
        "性别": owner.gender,
        "入党日期": owner.joined_on,
        "转正日期": owner.confirmed_on,
    }
    return Defect("identity_number.duplicate", "身份证号码", lambda _: entry)


def half_a_name_of(branch: str, number: str) -> Defect[Person]:
    """The branch without its number: several may be meant."""
    return _says("organisation.ambiguous", "所在党支部", branch.replace(number, ""))


def _crowded(activity: Activity) -> Entry:
    return {"实到": activity.expected + 3, "缺席人员及原因": None}


def _stuffed(activity: Activity) -> Entry:
    """More votes than people."""
    return {"赞成": activity.present, "反对": 2, "弃权": 1}


LEDGER_DEFECTS: tuple[Defect[Activity], ...] = (
    _says("activity.unknown_kind", "活动类型", "团建拓展"),
    _says("held_on.impossible", "日期", "2026年2月30日"),
    _says("held_on.unreadable", "日期", "月底"),
    _says("held_on.in_future", "日期", "2026年12月8日"),
    _says("organisation.missing", "党组织", None),
    _says("organisation.unknown", "党组织", "驻村工作队党支部"),
    Defect("present.more_than_expected", "实到", _crowded),
)
VOTING_DEFECTS: tuple[Defect[Activity], ...] = (Defect("votes.do_not_add_up", "赞成", _stuffed),)
