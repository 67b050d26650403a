"""Cells as text."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from dangwu.foundation.sheets.cells import is_blank, letter_of, plain, quoted, stated, text_of
from dangwu.foundation.sheets.shapes import Cell


@pytest.mark.parametrize("cell", [None, "", " ", "\u3000", "\n\t", "\u200b", "\xa0"])
def test_what_shows_nothing_is_blank(cell: Cell) -> None:
    assert is_blank(cell)
    assert stated(cell) is None
    assert text_of(cell) == ""


@pytest.mark.parametrize("cell", [0, 0.0, False, "0"])
def test_a_nought_is_not_blank(cell: Cell) -> None:
    assert not is_blank(cell)


@pytest.mark.parametrize("cell", ["无", "/", "—", " 无 "])
def test_what_says_that_there_is_nothing_states_nothing(cell: Cell) -> None:
    assert stated(cell) is None


@pytest.mark.parametrize(
    ("cell", "text"),
    [(3.0, "3"), (1998.07, "1998.07"), (True, "是"), (date(1998, 7, 1), "1998-07-01"), (" 王芳\u3000", "王芳")],
)
def test_a_cell_is_shown_as_the_office_program_shows_it(cell: Cell, text: str) -> None:
    assert text_of(cell) == text


def test_plain_text_has_one_width_and_no_space() -> None:
    assert plain("（１） 姓\u3000名\n") == "(1)姓名"


@pytest.mark.parametrize(
    "cell",
    ["990101198001011237", "990101 19800101 123X", 990101198001011237, "号码990101198001011237。", "139 0000 0000"],
)
def test_a_quotation_hides_long_numbers(cell: Cell) -> None:
    assert "***" in quoted(cell)
    assert "1980" not in quoted(cell)
    assert "0000 0000" not in quoted(cell)


def test_a_quotation_is_short_and_on_one_line() -> None:
    assert quoted("甲\n乙") == "甲 乙"
    assert quoted("甲" * 100) == "甲" * 40 + "…"


@given(st.integers(0, 16383))
def test_columns_have_the_letters_of_the_office_program(index: int) -> None:
    assert letter_of(index) == get_column_letter(index + 1)
