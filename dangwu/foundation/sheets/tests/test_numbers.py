from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangwu.foundation.sheets.numbers import amount_of, count_of
from dangwu.foundation.sheets.shapes import Cell

count = count_of("present", "实到人数")
hours = amount_of("hours", "学时", 100)


@pytest.mark.parametrize("cell", [12, 12.0, "12", "12人", "共12名", "１２ 人", "12.0"])
def test_a_count_is_read_with_its_measure(cell: Cell) -> None:
    assert count(cell) == (12, ())


@pytest.mark.parametrize("cell", ["十几人", "12.5", "-3", "12/9", "约"])
def test_what_is_no_count_is_told(cell: Cell) -> None:
    value, (flaw,) = count(cell)
    assert (value, flaw.code) == (None, "present.malformed")
    assert flaw.message.startswith("实到人数“")


@pytest.mark.parametrize(("cell", "amount"), [("2.5学时", "2.5"), (2, "2"), ("约3个小时", "3"), (0.5, "0.5")])
def test_an_amount_may_have_a_fraction(cell: Cell, amount: str) -> None:
    assert hours(cell) == (Decimal(amount), ())


@pytest.mark.parametrize("cell", ["半天", 101, "2-3"])
def test_an_amount_beyond_sense_is_told(cell: Cell) -> None:
    assert hours(cell).flaws[0].code == "hours.malformed"


@pytest.mark.parametrize("cell", [None, "", "/", "无"])
def test_nothing_is_nothing(cell: Cell) -> None:
    assert count(cell) == hours(cell) == (None, ())


@given(st.integers(0, 9_999_999))
def test_every_count_is_read_back(number: int) -> None:
    assert count(number).value == count(float(number)).value == count(f"{number}人").value == number
