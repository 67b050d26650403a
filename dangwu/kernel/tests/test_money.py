from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangwu.kernel.money import Money, share_of_many

fens = st.integers(-(10**15), 10**15)
rates = st.integers(-20_000, 20_000)


def test_a_share_is_rounded_half_up() -> None:
    assert Money.parse("15003").times(Decimal("0.005")) == Money.parse("75.02")
    assert Money.parse("15001").times(Decimal("0.005")) == Money.parse("75.01")
    assert Money.parse("-15003").times(Decimal("0.005")) == Money.parse("-75.02")


def test_another_rounding_may_be_asked_for() -> None:
    assert Money.parse("15003").times(Decimal("0.005"), rounding=ROUND_DOWN) == Money(7501)
    assert Money.from_yuan(Decimal("75.025"), rounding=ROUND_HALF_EVEN) == Money(7502)
    assert Money.from_yuan(Decimal("75.015")) == Money(7502)


@pytest.mark.parametrize(("yuan", "text"), [("75.02", "75.02 元"), ("3", "3.00 元"), ("-0.5", "-0.50 元")])
def test_sums_are_shown_in_yuan(yuan: str, text: str) -> None:
    assert str(Money.parse(yuan)) == text


@pytest.mark.parametrize("yuan", ["75.015", "七十五", "", "NaN", "Infinity"])
def test_what_is_no_sum_to_the_fen_is_refused(yuan: str) -> None:
    with pytest.raises(ValueError, match="请写成"):
        Money.parse(yuan)


def test_sums_are_counted_with() -> None:
    month = Money.parse("75.02")
    assert month * 12 - month == month * 11
    assert month + -month == Money(0)
    assert not Money(0)
    assert month > Money.parse(Decimal(75))


@given(fens)
def test_a_sum_is_read_back_from_its_text(fen: int) -> None:
    assert Money.parse(str(Money(fen)).removesuffix(" 元")) == Money(fen)


@given(st.lists(st.tuples(fens, rates), min_size=1, max_size=20))
def test_many_shares_equal_the_single_ones(pairs: list[tuple[int, int]]) -> None:
    sums, parts = np.array(pairs, dtype=np.int64).T
    one_by_one = [Money(fen).times(Decimal(rate) / 10_000).fen for fen, rate in pairs]
    assert share_of_many(sums, parts).tolist() == one_by_one


def test_great_sums_do_not_overflow_on_the_way() -> None:
    great = np.array([9 * 10**18], dtype=np.int64)
    assert share_of_many(great, np.array([10_000])).tolist() == [9 * 10**18]
