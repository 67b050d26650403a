"""How clerks write names, numbers, days and codes. None of it is wrong, and all of it must be understood."""

from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

from dangwu.foundation.sheets.shapes import Cell
from dangwu.kernel.partial_date import PartialDate
from tests.corpus.shapes import Hand, Hands

_WIDE = str.maketrans("0123456789.-/Xx", "０１２３４５６７８９．－／ＸＸ")
_NUMERALS = "〇一二三四五六七八九"
_DAY_ZERO = date(1899, 12, 30).toordinal()
_DAY_ZERO_1904 = date(1904, 1, 1).toordinal()


def to_the_day(day: date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)


def to_the_month(day: date) -> PartialDate:
    return PartialDate(day.year, day.month)


def in_numerals(number: int) -> str:
    return "".join(_NUMERALS[int(digit)] for digit in str(number))


def counted(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else f"{_NUMERALS[tens]}十") + (_NUMERALS[ones] if ones else "")


def day_hand(write: Callable[[date], Cell]) -> Hand:
    return Hand(lambda day, _: write(day), to_the_day)


def month_hand(write: Callable[[date], Cell]) -> Hand:
    return Hand(lambda day, _: write(day), to_the_month)


DAYS: dict[str, Hand] = {
    "as a date": day_hand(lambda d: d),
    "2009-07-01": day_hand(lambda d: f"{d:%Y-%m-%d}"),
    "2009/7/1": day_hand(lambda d: f"{d.year}/{d.month}/{d.day}"),
    "2009.07.01": day_hand(lambda d: f"{d:%Y.%m.%d}"),
    "2009年7月1日": day_hand(lambda d: f"{d.year}年{d.month}月{d.day}日"),
    "20090701": day_hand(lambda d: f"{d:%Y%m%d}"),
    "20090701 as a number": day_hand(lambda d: int(f"{d:%Y%m%d}")),
    "day number": day_hand(lambda d: d.toordinal() - _DAY_ZERO),
    "day number since 1904": day_hand(lambda d: d.toordinal() - _DAY_ZERO_1904),
    "full width": day_hand(lambda d: f"{d:%Y.%m.%d}".translate(_WIDE)),
    "numerals": day_hand(lambda d: f"{in_numerals(d.year)}年{counted(d.month)}月{counted(d.day)}日"),
    "spaced": day_hand(lambda d: f" {d.year} 年 {d.month} 月 {d.day} 日"),
    "apostrophe": day_hand(lambda d: f"'{d:%Y-%m-%d}"),
    "with an hour": day_hand(lambda d: f"{d:%Y-%m-%d} 00:00:00"),
    "two digits": day_hand(lambda d: f"{d.year % 100:02}.{d.month}.{d.day}"),
    "remarked": day_hand(lambda d: f"{d.year}年{d.month}月{d.day}日入党"),
    "2009.07": month_hand(lambda d: f"{d:%Y.%m}"),
    "2009年7月": month_hand(lambda d: f"{d.year}年{d.month}月"),
    "2009-07": month_hand(lambda d: f"{d:%Y-%m}"),
    "200907": month_hand(lambda d: f"{d:%Y%m}"),
    "2009/7": month_hand(lambda d: f"{d.year}/{d.month}"),
    "98年7月": month_hand(lambda d: f"{d.year % 100:02}年{d.month}月"),
    "month in full width": month_hand(lambda d: f"{d.year}．{d.month:02}".translate(_WIDE)),
    "month in numerals": month_hand(lambda d: f"{in_numerals(d.year)}年{counted(d.month)}月"),
    "fraction": month_hand(lambda d: float(f"{d.year}.{d.month:02}")),
}


def as_is(value: Any, _: Random) -> Cell:  # noqa: ANN401 - a clean value that is a cell too
    cell: Cell = value
    return cell


def _name(name: str, dice: Random) -> Cell:
    if len(name) == 2:
        return dice.choice([name, f"{name[0]}　{name[1]}", f"{name[0]} {name[1]}", f"{name} "])
    return dice.choice([name, f" {name}", name.replace("·", "•"), name.replace("·", "．"), f"{name}*", f"{name}（女）"])


def _identity(number: str, dice: Random) -> Cell:
    return dice.choice(
        [
            number,
            number.lower(),
            f"'{number}",
            f"{number[:6]} {number[6:14]} {number[14:]}",
            f"{number[:6]}-{number[6:14]}-{number[14:]}",
            number.translate(_WIDE),
            f"\u200b{number}\xa0",
            f"{number[:6]}{number[8:17]}" if number[6:8] == "19" else number,
        ]
    )


def _phone(phone: str, dice: Random) -> Cell:
    parts = (phone[:3], phone[3:7], phone[7:])
    ways: list[Cell] = [phone, int(phone), "-".join(parts), " ".join(parts), f"+86{phone}", phone.translate(_WIDE)]
    return dice.choice(ways)


def spelling(**ways: str) -> Hand:
    """Every value in one of its spellings; `~` stands for a blank inside of one."""
    table: dict[str, list[Cell]] = {
        value: [way.replace("~", " ") for way in told.split()] for value, told in ways.items()
    }
    return Hand(lambda value, dice: dice.choice(table[value]))


TIDY: Hands = {
    **dict.fromkeys(("birth_date", "joined_on", "confirmed_on"), DAYS["as a date"]),
    "gender": spelling(male="男", female="女"),
    "member_kind": spelling(full="正式党员", probationary="预备党员"),
    "employment_kind": spelling(in_service="在职", retired="离退休", other="其他"),
}
CODES: Hands = {
    "gender": spelling(male="1 01 1_男 01~男 男（1）", female="2 02 2_女 02~女 女（2）"),
    "ethnicity": spelling(汉族="01 01_汉族 01汉族 汉", 满族="11_满族 满族（11） 满", 维吾尔族="维吾尔 05_维吾尔族"),
    "education": spelling(大学本科="20_大学本科 本科 大学", 大学专科="大专 专科", 研究生="研究生 01_研究生"),
    "member_kind": spelling(full="223_正式党员 正式 党员 1~正式党员", probationary="224_预备党员 预备 预备期"),
    "employment_kind": spelling(in_service="在职人员 在岗", retired="退休 离休 退休人员", other="其它"),
}
UNTIDY: Hands = {"name": Hand(_name), "identity_number": Hand(_identity), "phone": Hand(_phone)}
