"""The numbers are valid in form and cannot belong to anybody."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric
from stdnum.exceptions import InvalidComponent

from dangwu.workbench.demo.chance import chance
from dangwu.workbench.demo.identity import Numbers

days = st.dates(date(1948, 1, 1), date(2003, 12, 31))


@given(seed=st.integers(), born=days, woman=st.booleans())
def test_identity_numbers_tell_birth_and_gender_and_end_on_their_check_digit(
    seed: int, born: date, *, woman: bool
) -> None:
    number = Numbers().identity(chance(seed), born, woman=woman)
    assert number[-1] == ric.calc_check_digit(number)
    assert number[6:14] == f"{born:%Y%m%d}"
    assert (int(number[16]) % 2 == 0) == woman
    assert not number.endswith("000")


@given(seed=st.integers(), born=days)
def test_the_region_is_unassigned(seed: int, born: date) -> None:
    with pytest.raises(InvalidComponent):
        ric.get_birth_place(Numbers().identity(chance(seed), born, woman=False))


def test_no_number_is_given_twice() -> None:
    numbers, dice = Numbers(), chance("crowd")
    crowd = [numbers.identity(dice, date(1990, 1, 1), woman=True) for _ in range(2000)]
    assert len(set(crowd)) == len(crowd)


def test_telephone_numbers_lie_in_a_range_of_no_operator() -> None:
    number = Numbers().phone(chance("phone"))
    assert len(number) == 11
    assert number.startswith("164")
