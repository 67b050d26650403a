"""A line out of a text, with what was looked for told from the rest."""

import pytest

from dangwu.foundation.search.cutting import terms_of
from dangwu.foundation.search.snippets import contains, marked, snippet


def hits(text: str, asked: str) -> list[str]:
    return [piece.text for piece in marked(text, terms_of(asked)).pieces if piece.hit]


@pytest.mark.parametrize(
    ("text", "asked", "expected"),
    [
        ("党的建设", "建设", ["建设"]),
        ("ＡＢＣ计划和abc计划，不是xabc", "abc", ["ＡＢＣ", "abc"]),
        ("㈠类和一类", "(一)", ["㈠", "一"]),
        ("建设建设", "建设", ["建设", "建设"]),
        ("党的建设", "", []),
        ("党的建设", "生态", []),
    ],
)
def test_hits_are_told_as_they_are_written(text: str, asked: str, expected: list[str]) -> None:
    assert hits(text, asked) == expected


def test_all_pieces_together_are_the_text() -> None:
    text = "一、学习党的二十大精神；二、研究ＡＢＣ工作。"
    assert "".join(piece.text for piece in marked(text, terms_of("党的 abc 研究")).pieces) == text


def test_a_long_text_is_cut_around_its_first_hit() -> None:
    line = "".join(piece.text for piece in snippet("甲" * 500 + "建设" + "乙" * 500, terms_of("建设")).pieces)
    assert line.startswith("…")
    assert line.endswith("…")
    assert "建设" in line
    assert len(line) < 100


def test_a_text_contains_what_the_index_would_find() -> None:
    assert contains("党员大会ABC", terms_of("大会 ab"))
    assert not contains("党员大会ABC", terms_of("大会 bc"))


def test_a_page_gets_text_and_never_markup() -> None:
    assert marked("<i>建设", terms_of("建设")).render() == "&lt;i&gt;<mark>建设</mark>"
