from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangwu.compliance.report import Report
from dangwu.workbench.selecting import common_beginning, due, findings, matrix, problems, square, together


def test_a_duty_in_which_all_is_well_is_left_out_and_counted(report: Report) -> None:
    shown = matrix(report, {})
    assert [duty.rule for duty in shown.duties] == ["theme-day-each-month", "general-assembly-each-quarter"]
    assert shown.hidden == 1


def test_every_duty_is_listed_when_asked_for(report: Report) -> None:
    shown = matrix(report, {"all": "True"})
    assert len(shown.duties) == 3
    assert shown.hidden == 0


def test_columns_of_one_document_stand_together_under_its_title(report: Report) -> None:
    assert matrix(report, {"all": "True"}).documents == [("支部工作条例", 2), ("党章", 1)]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"text": "办公"}, [2]),
        ({"status": "overdue"}, [1]),
        ({"kind": "联合党支部"}, [3]),
        ({"text": "不存在"}, []),
    ],
)
def test_rows_are_narrowed_by_name_status_and_kind(report: Report, wanted: dict[str, str], expected: list[int]) -> None:
    assert [row.line.organisation_id for row in matrix(report, wanted).rows] == expected


def test_a_row_has_a_square_for_every_column_shown(report: Report) -> None:
    shown = matrix(report, {"document": "支部工作条例"})
    assert all([square.duty for square in row.squares] == list(shown.duties) for row in shown.rows)


def test_rows_are_named_without_what_all_names_begin_with(report: Report) -> None:
    assert [row.name for row in matrix(report, {}).rows] == ["人事处党支部", "办公室党支部", "联合党支部"]


def test_a_row_counts_the_duties_that_ask_for_no_attention(report: Report) -> None:
    assert [row.quiet for row in matrix(report, {}).rows] == [0, 1, 1]


@pytest.mark.parametrize(
    ("names", "begun"), [(["甲局一", "甲局二"], "甲局"), (["甲", "甲乙"], ""), (["甲局"], ""), ([], "")]
)
def test_what_names_share_is_dropped_only_where_something_is_left(names: list[str], begun: str) -> None:
    assert common_beginning(names) == begun


@given(st.lists(st.text(min_size=1), min_size=2))
def test_every_name_begins_with_what_they_share(names: list[str]) -> None:
    begun = common_beginning(names)
    assert all(name.startswith(begun) and name != begun for name in names)


def test_findings_of_the_branch_with_the_gravest_come_first_and_together(report: Report) -> None:
    told = [(finding.organisation, finding.level) for finding in findings(report, {})]
    worst, other = "示例局人事处党支部", "示例局联合党支部"
    assert told == [(worst, "failure"), (worst, "warning"), (other, "warning")]


def test_findings_may_be_grouped_by_what_was_asked(report: Report) -> None:
    told = [finding.rule for finding in findings(report, {"by": "rule"})]
    assert told == ["theme-day-each-month", "general-assembly-each-quarter", "general-assembly-each-quarter"]


@pytest.mark.parametrize(
    ("wanted", "number"),
    [
        ({"organisation": "1"}, 2),
        ({"organisation": "1", "rule": "theme-day-each-month"}, 1),
        ({"level": "warning"}, 2),
        ({"outcome": "late"}, 0),
        ({"text": "白露"}, 1),
        ({"text": "主题党日次数"}, 3),
    ],
)
def test_findings_are_narrowed(report: Report, wanted: dict[str, str], number: int) -> None:
    assert len(findings(report, wanted)) == number


def test_a_square_is_told_where_branch_and_duty_are_both_chosen(report: Report) -> None:
    told = square(report, {"organisation": "1", "rule": "theme-day-each-month"})
    assert told is not None
    assert told[1].cell.due == 9
    assert square(report, {"organisation": "1"}) is None


def test_what_is_due_first_comes_first(report: Report) -> None:
    assert [one.line.organisation_id for one in due(report, {})] == [2, 1]
    assert [one.line.organisation_id for one in due(report, {"organisation": "1"})] == [1]


def test_problems_that_one_remedy_repairs_lie_together_gravest_first(report: Report) -> None:
    told = [(problem.remedy[:3], problem.row) for problem in problems(report, {})]
    assert told == [("请写成", 4), ("请写成", 9), ("请核对", 3), ("请核对", 3)]


@pytest.mark.parametrize(
    ("wanted", "number"), [({"severity": "error"}, 2), ({"file": "台账.csv"}, 1), ({"text": "核对"}, 2), ({}, 4)]
)
def test_problems_are_narrowed(report: Report, wanted: dict[str, str], number: int) -> None:
    assert len(problems(report, wanted)) == number


def test_an_empty_report_has_an_empty_matrix(report: Report) -> None:
    shown = matrix(replace(report, lines=()), {})
    assert (shown.duties, shown.rows, shown.hidden) == ((), (), 0)


@given(st.lists(st.tuples(st.sampled_from("甲乙丙"), st.integers(0, 2))))
def test_bringing_together_loses_nothing_and_splits_no_group(items: list[tuple[str, int]]) -> None:
    told = together(items, lambda item: item[0], lambda item: item[1])
    names = [name for name, _ in told]
    assert sorted(told) == sorted(items)
    assert all(names.index(name) + names.count(name) > place for place, name in enumerate(names))
