"""The numbers are valid in form, cannot belong to anybody, and are never given twice."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric
from stdnum.exceptions import InvalidComponent

from dangwu.foundation.sheets.identity import read_identity
from dangwu.workbench.demo.city.numbering import numbers_of

numbers = st.integers(0, 2_499_499)
days = st.dates(date(1935, 1, 1), date(2004, 12, 31))


@given(number=numbers, born=days, woman=st.booleans())
def test_an_identity_number_tells_birth_and_gender(number: int, born: date, *, woman: bool) -> None:
    identity, phone = numbers_of(number, born, woman=woman)
    reading = read_identity(identity).value
    assert reading is not None
    assert (reading.birth, reading.gender) == (born, "female" if woman else "male")
    assert (phone[:3], len(phone)) == ("164", 11)


@given(number=numbers, born=days, woman=st.booleans())
def test_its_region_is_unassigned_and_it_does_not_look_rounded(number: int, born: date, *, woman: bool) -> None:
    identity, _ = numbers_of(number, born, woman=woman)
    assert not identity.endswith("00")
    assert identity.startswith("99")
    with pytest.raises(InvalidComponent):
        ric.get_birth_place(identity)


@given(pair=st.tuples(numbers, numbers), born=days)
def test_two_people_never_have_the_same(pair: tuple[int, int], born: date) -> None:
    one, other = (numbers_of(number, born, woman=True) for number in pair)
    assert (one == other) == (pair[0] == pair[1])
    assert (one[0] == other[0]) == (one[1] == other[1]) == (pair[0] == pair[1])


def test_more_people_than_there_are_numbers_are_refused() -> None:
    with pytest.raises(ValueError, match="请减少党员数"):
        numbers_of(2_499_500, date(1990, 1, 1), woman=False)
