"""Small parts: what they say, and what they refuse."""

from datetime import UTC, date, datetime

import pytest

from dangwu.foundation.pages.charts import Chart, Series
from dangwu.foundation.pages.finding import Found, FoundList
from dangwu.foundation.pages.parts import Datum, DefinitionList, EmptyState, Event, Link, Tag, Timeline
from dangwu.foundation.pages.trees import Branch, TreeNode
from dangwu.foundation.pages.words import shown


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "—"),
        ("", "—"),
        (0, "0"),
        (True, "是"),
        (False, "否"),
        (date(2025, 3, 1), "2025-03-01"),
        (datetime(2025, 3, 1, 16, 30, tzinfo=UTC), "2025-03-02 00:30"),
        (Tag("逾期", "overdue"), "逾期"),
    ],
)
def test_values_are_written_in_one_way(value: object, words: str) -> None:
    assert shown(value) == words


@pytest.mark.parametrize("tone", ["overdue", "warning", "soon", "hint", "good"])
def test_every_tone_has_a_shape(tone: str) -> None:
    assert Tag("情况", tone).mark


def test_what_people_typed_is_text_and_nothing_else() -> None:
    hostile = "<script>alert(1)</script>"
    parts = [
        Timeline([Event(date(2025, 3, 1), hostile, hostile, kind=hostile)]),
        DefinitionList([Datum(hostile, hostile, hostile)]),
        Branch([TreeNode("1", hostile, note=hostile)]),
        FoundList([Found(hostile, "/", hostile)]),
        Chart(hostile, hostile, "bar", [hostile], [Series(hostile, [1])]),
    ]
    assert [hostile in str(part) for part in parts] == [False] * len(parts)


def test_a_datum_that_was_not_entered_says_so() -> None:
    assert "未填写" in str(DefinitionList([Datum("转正日期", None)]))


def test_an_empty_timeline_says_the_next_step() -> None:
    page = str(Timeline([], EmptyState("还没有记载", link=Link("登记活动", "/new/"))))
    assert '<a class="btn btn-outline-primary" href="/new/">登记活动</a>' in page


def test_a_chart_without_a_script_is_its_table() -> None:
    page = str(Chart("held", "活动", "bar", ["1月", "2月"], [Series("次数", [3, None])], urls=["/1/", "/2/"]))
    assert '<a href="/1/">1月</a></th><td class="number">3</td>' in page
    assert '<a href="/2/">2月</a></th><td class="number">—</td>' in page


def test_a_chart_refuses_figures_that_belong_to_no_label() -> None:
    with pytest.raises(AssertionError):
        Chart("held", "活动", "bar", ["1月"], [Series("次数", [3, 4])])
