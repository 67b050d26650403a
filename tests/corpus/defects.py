"""Defects of a roster: each changes cells of one or more lines, and says what must be found there."""

from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Any

from dangwu.foundation.sheets.identity import check_digit
from dangwu.kernel.months import add_months
from dangwu.kernel.partial_date import PartialDate
from tests.corpus.hands import to_the_day
from tests.corpus.shapes import Defect, Fault, Line


def taken(lines: list[Line], dice: Random, *fields: str) -> Line | None:
    """A line without a defect in which these fields are filled in, so that every problem has one cause."""
    free = [line for line in lines if not line.taken and all(line.cells.get(field) for field in fields)]
    if not free:
        return None
    line = dice.choice(free)
    line.taken = True
    return line


def says(field: str, code: str, cell: Any, value: Any = None) -> Defect:  # noqa: ANN401 - whatever is written
    """The cell says this, and the value is lost (or kept as `value`)."""

    def plant(lines: list[Line], dice: Random) -> None:
        if line := taken(lines, dice, field):
            line.cells[field], line.truth[field] = cell, value
            line.codes.append((field, f"{field}.{code}"))

    return plant


def number_becomes(code: str, change: Callable[[str], Any]) -> Defect:
    """The identity number is written wrongly."""

    def plant(lines: list[Line], dice: Random) -> None:
        if line := taken(lines, dice, "identity_number"):
            line.cells["identity_number"] = change(line.truth["identity_number"])
            line.truth["identity_number"] = None
            line.codes.append(("identity_number", f"identity_number.{code}"))

    return plant


def _next(digit: str) -> str:
    return "1" if digit in "0X" else "0"


def _rounded(number: str) -> str:
    """With its last digits gone. Where the check digit fits all the same nobody can see it in one number alone."""
    left = next(f"{number[:14]}{digit}00" for digit in "12" if check_digit(f"{number[:14]}{digit}00") != "0")
    return f"{left}0"


def another_gender(lines: list[Line], dice: Random) -> None:
    if line := taken(lines, dice, "identity_number", "gender"):
        line.truth["gender"] = "male" if line.truth["gender"] == "female" else "female"
        line.cells["gender"] = "男" if line.truth["gender"] == "male" else "女"
        line.codes.append(("identity_number", "identity_number.gender_mismatch"))


def another_birth(lines: list[Line], dice: Random) -> None:
    if line := taken(lines, dice, "identity_number", "birth_date"):
        line.cells["birth_date"], line.truth["birth_date"] = "1948-02-29", PartialDate(1948, 2, 29)
        line.codes.append(("identity_number", "identity_number.birth_mismatch"))


def joined_as_a_child(lines: list[Line], dice: Random) -> None:
    if line := taken(lines, dice, "birth_date", "joined_on"):
        child = add_months(line.truth["birth_date"].earliest, 17 * 12)
        line.cells["joined_on"], line.truth["joined_on"] = f"{child:%Y-%m-%d}", to_the_day(child)
        line.codes.append(("joined_on", "joined_on.under_18"))


def confirmed_first(lines: list[Line], dice: Random) -> None:
    if line := taken(lines, dice, "joined_on", "confirmed_on"):
        line.cells["confirmed_on"] = f"{add_months(line.truth['joined_on'].earliest, -30):%Y-%m-%d}"
        line.truth["confirmed_on"] = None
        line.codes.append(("confirmed_on", "confirmed_on.before_joined"))


def no_name(lines: list[Line], dice: Random) -> None:
    if line := taken(lines, dice, "name", "gender"):
        line.cells["name"], line.counts = None, False
        line.codes.append(("name", "name.missing"))


def repeated(lines: list[Line], dice: Random) -> None:
    """The same line again, below the first."""
    if line := taken(lines, dice, "identity_number"):
        again = deepcopy(line)
        again.counts = False
        again.codes.append(("name", "row.duplicate"))
        lines.insert(lines.index(line) + 1, again)


def anothers_number(lines: list[Line], dice: Random) -> None:
    """Somebody else bears the number of the line before."""
    if line := taken(lines, dice, "identity_number"):
        other = deepcopy(line)
        other.cells["name"] = other.truth["name"] = "钱多多"
        other.codes.append(("identity_number", "identity_number.duplicate"))
        lines.insert(lines.index(line) + 1, other)


def namesakes(lines: list[Line], dice: Random) -> None:
    """Two of one name, of whom nothing tells which is which."""
    if line := taken(lines, dice, "name"):
        for field in line.cells.keys() & {"identity_number", "birth_date", "phone", "joined_on", "confirmed_on"}:
            line.cells[field] = line.truth[field] = None
        other = deepcopy(line)
        other.codes.append(("name", "person.ambiguous"))
        lines.insert(lines.index(line) + 1, other)


def columns_changed_places(lines: list[Line], dice: Random) -> None:
    """Whoever filled in a few lines took one column for the other."""
    for _ in range(3):
        if line := taken(lines, dice, "identity_number", "phone"):
            cells = line.cells
            cells["identity_number"], cells["phone"] = str(cells["phone"]), cells["identity_number"]
            line.truth["identity_number"] = line.truth["phone"] = None
            line.codes += [("identity_number", "identity_number.malformed"), ("phone", "phone.malformed")]


def a_number_for_a_name(lines: list[Line], dice: Random) -> None:
    if line := taken(lines, dice, "name", "gender"):
        line.cells["name"], line.counts = "13900000000", False
        line.codes.append(("name", "name.malformed"))


NUMBERS: dict[str, Defect] = {
    "a digit is missing": number_becomes("malformed", lambda n: n[:8] + n[9:]),
    "no such day in the number": number_becomes("malformed", lambda n: f"{n[:10]}13{n[12:]}"),
    "a wrong digit": number_becomes("check_digit", lambda n: n[:17] + _next(n[17])),
    "rounded to a quantity": number_becomes("damaged", lambda n: float(f"{n[:15]}000")),
    "shown as a power": number_becomes("damaged", lambda n: f"{int(n[:15] + '000'):.5E}"),
    "rounded, then made text": number_becomes("damaged", _rounded),
}
DATES: dict[str, Defect] = {
    "no day at all": says("joined_on", "unreadable", "上大学期间"),
    "an error for a day": says("joined_on", "error", Fault("#VALUE!")),
    "a year alone": says("joined_on", "unreadable", "2009年"),
    "on no calendar": says("birth_date", "impossible", "1980年2月30日"),
    "born tomorrow": says("birth_date", "in_future", "2027年3月5日"),
    "joins next year": says("joined_on", "in_future", "2027-07-01"),
    "confirmed next year": says("confirmed_on", "in_future", "2027.07"),
    "a percentage": says("joined_on", "unreadable", 0.5),
    "true": says("joined_on", "unreadable", cell=True),
    "joined as a child": joined_as_a_child,
    "confirmed before joining": confirmed_first,
}
VALUES: dict[str, Defect] = {
    "an unknown gender": says("gender", "unknown", "待核"),
    "an unknown people": says("ethnicity", "unknown", "华族", "华族"),
    "an unknown education": says("education", "unknown", "夜校", "夜校"),
    "no member": says("member_kind", "unknown", "群众"),
    "columns that changed places": columns_changed_places,
    "half a telephone number": says("phone", "malformed", "1640013", "1640013"),
    "a formula that found nothing": says("phone", "error", Fault("#N/A")),
    "a reference that is gone": says("unit_post", "error", Fault("#REF!")),
    "another gender than the number's": another_gender,
    "another birth than the number's": another_birth,
}
PEOPLE: dict[str, Defect] = {
    "no name": no_name,
    "a number for a name": a_number_for_a_name,
    "the same line twice": repeated,
    "somebody else's number": anothers_number,
    "namesakes": namesakes,
}
ALL: dict[str, Defect] = {**NUMBERS, **DATES, **VALUES, **PEOPLE}
# without those that change how many lines a block has
ALONE = tuple(name for name in ALL if name not in PEOPLE)
