"""What a file of the national system says otherwise than the register, item by item."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from dangwu.foundation.actors import CommandLine
from dangwu.foundation.imports.kinds import Task
from dangwu.foundation.sheets.shapes import UnreadableWorkbookError
from dangwu.members.imports.tests.clinic import number
from dangwu.members.models import Person
from dangwu.members.reconciling.comparing import Gap, Reconciled, Sort, reconcile
from dangwu.members.services.registering import register_person
from dangwu.members.tests.conftest import FOUNDED, House
from tests.importing import workbook

pytestmark = pytest.mark.django_db

BY, ON = CommandLine("test"), date(2026, 6, 30)
NUMBER = number("19850312")


@pytest.fixture
def desk(house: House, tmp_path: Path) -> "Desk":
    return Desk(house, tmp_path)


class Desk:
    def __init__(self, house: House, folder: Path) -> None:
        self.house, self.folder = house, folder

    def register(self, name: str, **told: str) -> Person:
        office = self.house.office
        return register_person(
            by=BY, organisation=office, name=name, kind="full", on=FOUNDED, joined_on=date(2010, 7, 1), told=told
        )

    def compare(self, *rows: dict[str, Any]) -> Reconciled:
        path = workbook(self.folder / "全国系统.xlsx", [dict(row) for row in rows])
        return reconcile(path, Task(BY, ON, self.house.committee.pk))


def member(name: str = "赵一", **more: str) -> dict[str, Any]:
    return {"姓名": name, "公民身份号码": NUMBER, "所在党支部": "办公室党支部", "加入党组织日期": "2010-07-01", **more}


def told(found: Reconciled) -> list[tuple[str, str, str]]:
    return [(gap.item, gap.theirs, gap.ours) for gap in found.gaps if gap.sort is Sort.DIFFERS]


def test_what_is_the_same_is_no_difference(desk: Desk) -> None:
    desk.register("赵一", identity=NUMBER, gender="男", education="大学本科")
    found = desk.compare(member(性别="男", 学历="大学", 人员类别="正式党员"))
    assert (found.gaps, found.same, found.members) == ([], 1, 1)


def test_each_item_that_differs_is_told_with_both_values_and_both_places(desk: Desk) -> None:
    person = desk.register("赵一", identity=NUMBER, education="大学本科")
    found = desk.compare(member(学历="研究生", 加入党组织日期="2011-07-01", 所在党支部="人事处党支部"))
    assert sorted(told(found)) == [
        ("加入党组织日期", "2011-07-01", "2010-07-01"),
        ("学历", "研究生", "大学本科"),
        ("所在党支部", "人事处党支部", "办公室党支部"),
    ]
    assert {(gap.at, gap.where, gap.key) for gap in found.gaps} == {("Sheet 第 2 行", "办公室党支部", person.pk)}


def test_two_words_for_one_entry_of_a_code_table_are_no_difference(desk: Desk) -> None:
    desk.register("赵一", identity=NUMBER, education="中专")
    assert desk.compare(member(学历="中等专科")).gaps == []


def test_numbers_are_compared_without_being_shown(desk: Desk) -> None:
    desk.register("赵一", identity=NUMBER, birth="1985-03-12", phone="13900001111")
    other = number("19850312", "321")
    ((_, theirs, ours), *_) = told(desk.compare(member(公民身份号码=NUMBER, 联系电话="13900002222")))
    assert theirs.endswith("2222")
    assert "13900002222" not in theirs
    assert "1111" not in ours
    assert other not in str(desk.compare(member(公民身份号码=other, 出生日期="1985-03-12")).gaps)


def test_whoever_is_on_one_side_only_is_told(desk: Desk) -> None:
    desk.register("钱二")
    found = desk.compare(member("赵一"))
    assert [(gap.sort, gap.name, gap.where) for gap in found.gaps] == [
        (Sort.ONLY_THERE, "赵一", "办公室党支部"),
        (Sort.ONLY_HERE, "钱二", "办公室党支部"),
    ]


def test_of_namesakes_none_is_taken(desk: Desk) -> None:
    desk.register("赵一", birth="1980-01")
    desk.register("赵一", birth="1990-01")
    row = member() | {"公民身份号码": ""}
    (unsure, *others) = desk.compare(row).gaps
    assert (unsure.sort, unsure.ours) == (Sort.UNSURE, "赵一（1980-01，办公室党支部）、赵一（1990-01，办公室党支部）")
    assert [gap.sort for gap in others] == [Sort.ONLY_HERE, Sort.ONLY_HERE]


def test_whereabouts_are_held_against_yes_and_no(desk: Desk) -> None:
    desk.register("赵一", identity=NUMBER)
    found = desk.compare(member(是否为失联党员="否", 是否为流动党员="是"))
    assert told(found) == [("是否为流动党员", "是", "否")]


def test_what_cannot_be_read_does_not_pass_for_equal(desk: Desk) -> None:
    desk.register("赵一", identity=NUMBER)
    (gap,) = desk.compare(member(加入党组织日期="去年")).gaps
    assert (gap.sort, gap.at) == (Sort.UNREAD, "Sheet 第 2 行，D 列")


def test_organisations_are_compared_as_well(desk: Desk) -> None:
    found = desk.compare(
        {"党组织名称": "办公室党支部", "党组织书记": "孙三", "组织类别": "联合党支部", "单位名称": "示例局"},
        {"党组织名称": "研究室党支部", "党组织书记": "", "组织类别": "党支部", "单位名称": ""},
    )
    assert {(gap.name, gap.sort, gap.item, gap.theirs, gap.ours) for gap in found.gaps} >= {
        ("办公室党支部", Sort.DIFFERS, "党组织书记", "孙三", "（空）"),
        ("办公室党支部", Sort.DIFFERS, "组织类别", "联合党支部", "党支部"),
        ("研究室党支部", Sort.ONLY_THERE, "", "有", "没有登记"),
        ("人事处党支部", Sort.ONLY_HERE, "", "没有", "已登记"),
    }


def test_items_that_are_not_compared_are_told_with_the_reason(desk: Desk) -> None:
    found = desk.compare(member())
    assert "家庭住址：本系统不登记住址" in found.not_compared
    assert "学历：文件里没有这一栏" in found.not_compared
    assert not any(line.startswith("党组织") for line in found.not_compared)


def test_a_file_without_either_table_is_refused_with_what_to_do(desk: Desk) -> None:
    with pytest.raises(UnreadableWorkbookError):
        desk.compare({"品名": "纸", "数量": 3})


@pytest.mark.parametrize("people", [2, 20])
def test_it_asks_as_often_for_many_as_for_few(
    desk: Desk, people: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    names = [f"赵{'一二三四五六七八九十'[n % 10]}{'甲乙'[n // 10]}" for n in range(people)]
    for each in names:
        desk.register(each)
    rows = [member(each) | {"公民身份号码": ""} for each in names]
    path = workbook(desk.folder / "many.xlsx", rows)
    with django_assert_num_queries(10):
        reconcile(path, Task(BY, ON, desk.house.committee.pk))


def test_gaps_can_be_put_into_json_and_back() -> None:
    gap = Gap("member", Sort.DIFFERS, "赵一", "", "学历", "a", "b", "表 第 2 行", 7)
    assert Gap(*gap) == gap
