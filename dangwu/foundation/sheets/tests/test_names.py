import pytest

from dangwu.foundation.sheets.names import is_name, names_in


@pytest.mark.parametrize(
    "text",
    [
        "甲乙、丙丁戊、己庚",
        "甲乙，丙丁戊；己庚",
        "甲 乙　丙丁戊　己庚",
        "甲乙\n丙丁戊\n己庚",
        "甲乙、丙丁戊和己庚",
        "甲乙（党员）、丙丁戊、己庚等",
    ],
)
def test_names_are_told_apart(text: str) -> None:
    assert names_in(text) == ("甲乙", "丙丁戊", "己庚")


@pytest.mark.parametrize("name", ["甲乙", "甲乙丙丁", "甲乙·丙丁戊", "Ali Baba"])
def test_names_have_two_characters_or_more(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize("text", ["", "甲", "全体党员", "12人", "全部", "支部的几位老党员"])
def test_a_crowd_is_nobody(text: str) -> None:
    assert names_in(text) == ()


def test_a_name_is_named_once() -> None:
    assert names_in("甲乙、甲乙、丙丁") == ("甲乙", "丙丁")
