from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangwu.rules.kinds import Question, rate_by_band
from dangwu.rules.rates import CHUNK, dues_of_many
from dangwu.rules.shapes import Band

DAY = date(2026, 6, 30)
BANDS = (
    Band(rate=Fraction("0.005"), up_to=Fraction(3000)),
    Band(rate=Fraction("0.01"), up_to=Fraction(5000)),
    Band(rate=Fraction("0.015"), up_to=Fraction("10000.005")),
    Band(rate=Fraction("0.02")),
)


def many(*fen: int) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    return np.array(fen, np.int64)


def one_by_one(bands: Sequence[Band], fen: int) -> int:
    facts = {"base": Fraction(fen, 100), "paid": Fraction(0)}
    judged = rate_by_band(Question(facts, {"bands": bands}, DAY), base="base", paid="paid", bands="bands")
    assert judged
    return int(judged.figures["due_amount"] * 100)


def test_the_examples_of_the_regulation() -> None:
    bases = many(300_000, 300_100, 500_000, 500_100, 1_000_000, 1_000_100)
    assert dues_of_many(BANDS, bases).tolist() == [1500, 3001, 5000, 7502, 15_000, 20_002]


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=50))
def test_many_at_once_are_what_the_rule_says_one_by_one(bases: list[int]) -> None:
    assert dues_of_many(BANDS, many(*bases)).tolist() == [one_by_one(BANDS, fen) for fen in bases]


def test_the_length_does_not_matter() -> None:
    assert dues_of_many(BANDS, many()).tolist() == []
    assert dues_of_many(BANDS, np.full(CHUNK + 1, 500_100, np.int64)).tolist() == [7502] * (CHUNK + 1)


def test_a_rate_too_fine_is_refused() -> None:
    with pytest.raises(ValueError, match="细于万分之一"):
        dues_of_many([Band(rate=Fraction(1, 30_000))], many(100))


def test_a_base_above_a_closed_table_is_refused() -> None:
    closed = BANDS[:3]
    assert dues_of_many(closed, many(1_000_000)).tolist() == [15_000]
    with pytest.raises(ValueError, match="超出了最高一档"):
        dues_of_many(closed, many(1_000_001))
