import pytest

from dangwu.compliance.models import Check
from dangwu.workbench.columns import certainty, column_heads, understood
from dangwu.workbench.tests.conftest import store_check


@pytest.mark.parametrize(("confidence", "word"), [(1.0, "确定"), (0.9, "确定"), (0.75, "较有把握"), (0.3, "请核对")])
def test_a_confidence_is_told_in_a_word(confidence: float, word: str) -> None:
    assert certainty(confidence) == word


@pytest.fixture
def check(db: None) -> Check:  # noqa: ARG001, the tables are wanted
    return store_check(1)


def test_a_column_is_told_by_the_label_of_its_field(check: Check) -> None:
    ((_, columns),) = understood(check)
    assert [(column.letter, column.field) for column in columns] == [("A", "姓名"), ("B", ""), ("E", "出生日期")]


def test_what_stands_over_a_column_is_found_by_file_and_letter(check: Check) -> None:
    assert column_heads(check)["名册.xlsx", "E"] == "出生年月"
