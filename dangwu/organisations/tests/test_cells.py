from datetime import date

import pytest

from dangwu.foundation.sheets.shapes import Cell
from dangwu.kernel.partial_date import PartialDate
from dangwu.organisations.cells import (
    CommitteeTold,
    TermTold,
    parse_committee,
    parse_groups,
    parse_kind,
    parse_people,
    parse_term,
    yes_or_no,
)

ON = date(2026, 6, 30)
MAY_2023, MAY_2026 = PartialDate(2023, 5), PartialDate(2026, 5)


@pytest.mark.parametrize(
    ("cell", "term"),
    [
        ("2023.05-2026.05", TermTold(MAY_2023, MAY_2026)),
        ("2023年5月至2026年5月", TermTold(MAY_2023, MAY_2026)),
        ("2023年5月—2026年5月", TermTold(MAY_2023, MAY_2026)),
        ("2023-05-10至2026-05-09", TermTold(PartialDate(2023, 5, 10), PartialDate(2026, 5, 9))),
        ("2023-05-10—2026-05-09", TermTold(PartialDate(2023, 5, 10), PartialDate(2026, 5, 9))),
        ("2023/5/10-2026/5/9", TermTold(PartialDate(2023, 5, 10), PartialDate(2026, 5, 9))),
        ("2023年5月", TermTold(MAY_2023)),
        ("2023-05-10", TermTold(PartialDate(2023, 5, 10))),
        ("3年", TermTold(years=3)),
        ("每届任期五年", TermTold(years=5)),
        ("第三届", None),
        ("/", None),
    ],
)
def test_a_term_is_a_span_a_beginning_or_a_length(cell: str, term: TermTold | None) -> None:
    assert parse_term(cell, on=ON) == (term, ())


@pytest.mark.parametrize("cell", ["待定", "2023.05-2026.05-2029.05", "2023.13-2026.05"])
def test_what_is_no_term_is_told(cell: str) -> None:
    value, (flaw,) = parse_term(cell, on=ON)
    assert (value, flaw.code) == (None, "term.unreadable")


@pytest.mark.parametrize(
    ("cell", "committee"),
    [
        (5, CommitteeTold(5)),
        ("5人", CommitteeTold(5)),
        ("甲乙、丙丁、戊己庚", CommitteeTold(3, ("甲乙", "丙丁", "戊己庚"))),
        ("/", None),
    ],
)
def test_a_committee_is_counted_or_named(cell: Cell, committee: CommitteeTold | None) -> None:
    assert parse_committee(cell) == (committee, ())


@pytest.mark.parametrize(("cell", "groups"), [(2, 2), ("2个", 2), ("第一党小组、第二党小组、第三党小组", 3)])
def test_groups_are_counted_or_named(cell: Cell, groups: int) -> None:
    assert parse_groups(cell) == (groups, ())


@pytest.mark.parametrize(("cell", "value"), [("是", True), ("已设立", True), ("√", True), ("否", False), ("无", False)])
def test_yes_and_no_are_words_and_marks(cell: str, value: bool) -> None:
    assert yes_or_no("has_committee", "是否设支委会")(cell) == (value, ())


def test_neither_yes_nor_no_is_told() -> None:
    value, (flaw,) = yes_or_no("has_committee", "是否设支委会")("正在筹备")
    assert (value, flaw.code) == (None, "has_committee.malformed")


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("党支部", "branch"),
        ("631_党支部", "branch"),
        ("联合支部", "joint_branch"),
        ("机关党委", "committee"),
        (None, None),
    ],
)
def test_a_kind_may_carry_its_code(cell: str | None, kind: str | None) -> None:
    assert parse_kind(cell) == (kind, ())


def test_an_unknown_kind_is_told_with_those_that_are_known() -> None:
    value, (flaw,) = parse_kind("工会")
    assert (value, flaw.code) == (None, "kind.unknown")
    assert "联合党支部" in flaw.remedy


def test_people_that_cannot_be_told_apart_are_kept() -> None:
    assert parse_people("甲乙、丙丁").value == ("甲乙", "丙丁")
    assert parse_people("空缺待补选").value == ("空缺待补选",)
