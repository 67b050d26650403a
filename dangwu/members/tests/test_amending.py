"""What was put right tells which row it was, and from what to what; of a sealed number only that there is another."""

from datetime import date

import pytest

from dangwu.members.chronicle import chronicle
from dangwu.members.held import lines_of
from dangwu.members.models import Amendment, Person
from dangwu.members.own_copy import copy_of
from dangwu.members.services.lines import correct_row
from dangwu.members.services.registering import describe_person
from dangwu.members.tests.conftest import BY, House

DAY = date(2026, 6, 1)
WHY = "名册误录，按档案更正"


@pytest.fixture
def zhong(house: House) -> Person:
    return house.register("钟正", house.office)


def describe(person: Person, **told: object) -> None:
    describe_person(by=BY, person=person, version=person.version, on=DAY, reason=WHY, told=told)


def amended(person: Person) -> list[tuple[str, str]]:
    rows = Amendment.objects.unscoped("a test").filter(person=person).order_by("pk")
    return [(row.what, row.told) for row in rows]


def test_a_corrected_row_is_named_with_both_values(zhong: Person) -> None:
    row = zhong.affiliations.unscoped("a test").get()
    correct_row(by=BY, row=row, version=1, reason=WHY, on=DAY, told={"valid_from": date(2025, 2, 1)})
    [(what, told)] = amended(zhong)
    assert what == "更正组织关系“办公室党支部”（2025-01-01 起）"
    assert told == "起始日期由“2025-01-01”改为“2025-02-01”"


def test_what_is_told_of_a_person_names_each_column(zhong: Person) -> None:
    describe(zhong, education="研究生", native_place="北京")
    assert amended(zhong) == [("修改基本情况", "籍贯由“未填写”改为“北京”；学历由“未填写”改为“研究生”")]


def test_of_a_sealed_number_no_digit_is_told(zhong: Person) -> None:
    for number in ("13900001111", "13900002222", ""):
        describe(zhong, phone=number)
    assert [told for _, told in amended(zhong)] == ["手机号码已补登", "手机号码已更换", "手机号码已删除"]


def test_what_is_saved_as_it_was_is_no_amendment(zhong: Person) -> None:
    describe(zhong, gender="", education="")
    assert amended(zhong) == []


def test_it_stands_in_the_history_and_in_the_copy(zhong: Person) -> None:
    describe(zhong, education="研究生")
    [event] = [event for event in chronicle(zhong, lines_of(zhong), today=DAY) if event.kind == "更正"]
    assert (event.day, event.title) == (DAY, "修改基本情况")
    assert event.text == f"学历由“未填写”改为“研究生”。{WHY}（{BY.name}办理）"
    [told] = copy_of(zhong, DAY, "测试").amendments
    assert told["told"] == "学历由“未填写”改为“研究生”"
