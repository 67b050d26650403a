import pytest

from dangwu.compliance.documents.wording import Figures, chinese_number, clause, period
from dangwu.compliance.report import Cell, Status


@pytest.mark.parametrize(
    ("number", "text"),
    [
        *((1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (100, "一百"), (101, "一百零一")),
        *(
            (110, "一百一十"),
            (494, "四百九十四"),
            (1000, "一千"),
            (1005, "一千零五"),
            (1050, "一千零五十"),
            (9999, "九千九百九十九"),
        ),
    ],
)
def test_headings_count_in_chinese(number: int, text: str) -> None:
    assert chinese_number(number) == text


def test_a_clause_is_called_by_its_number_where_that_is_known() -> None:
    assert clause("某条例", "11") == "《某条例》第11条"
    assert clause("某规定", "1–6") == "《某规定》第1–6条"
    assert clause("某规则", "?") == "《某规则》（条款待核）"


def test_a_period_is_told_as_people_say_it() -> None:
    assert [period(code) for code in ("2026-07", "2026Q3", "2026H1", "2026", "")] == [
        *("2026年7月", "2026年第三季度", "2026年上半年", "2026年", "")
    ]


def test_figures_add_up_and_know_no_rate_of_nothing() -> None:
    figures = Figures.of([Cell(Status.GOOD, 3, 3, 2), Cell(Status.OVERDUE, 1, 0, 0)])
    assert figures == (4, 3, 2)
    assert figures.rates == (0.75, 0.5)
    assert Figures.of([]).told()[3:] == [("完成率", "—"), ("按期率", "—")]
