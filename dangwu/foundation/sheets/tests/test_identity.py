"""Identity numbers: whole, old, wrong and damaged. The numbers bear regions that no place has."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from dangwu.foundation.sheets.cells import masked
from dangwu.foundation.sheets.identity import (
    IdentityFault,
    IdentityNumber,
    any_damaged,
    check_digit,
    looks_like_identity,
    read_identity,
)
from dangwu.foundation.sheets.shapes import Cell


def number(birth: str = "19800101", sequence: str = "123", region: str = "990101") -> str:
    seventeen = region + birth + sequence
    return seventeen + check_digit(seventeen)


WHOLE = number()


@pytest.mark.parametrize("cell", [WHOLE, f" {WHOLE}\n", f"'{WHOLE}", f"{WHOLE[:6]} {WHOLE[6:14]} {WHOLE[14:]}"])
def test_a_whole_number_is_read_however_it_is_spaced(cell: Cell) -> None:
    assert read_identity(cell) == (IdentityNumber(WHOLE), None)


def test_a_small_and_a_full_width_x_are_read() -> None:
    ending_in_x = next(candidate for n in range(100, 999) if (candidate := number(sequence=str(n)))[-1] == "X")
    for x in ("x", "Ｘ", "×"):
        assert read_identity(ending_in_x[:-1] + x).value == IdentityNumber(ending_in_x)


def test_a_number_tells_birth_and_gender() -> None:
    man = IdentityNumber(number(birth="19681231", sequence="127"))
    woman = IdentityNumber(number(sequence="128"))
    assert (man.birth, man.gender, woman.gender) == (date(1968, 12, 31), "male", "female")


def test_an_old_number_becomes_the_new_one() -> None:
    old = WHOLE[:6] + WHOLE[8:17]
    for cell in (old, float(old), int(old)):
        assert read_identity(cell).value == IdentityNumber(WHOLE)


@pytest.mark.parametrize(
    "cell", [9.90101e17, 990101198001011200, "9.90101E+17", "9.90101198001012E17", "990101198001011000"]
)
def test_a_number_that_a_spreadsheet_has_rounded_is_damaged(cell: Cell) -> None:
    assert read_identity(cell) == (None, IdentityFault.DAMAGED)


def test_a_rounded_number_whose_check_digit_happens_to_fit_is_not_believed_among_damaged_ones() -> None:
    fits = next(
        c for day in range(1, 29) for s in range(10) if (c := number(f"198001{day:02}", f"{s}00")).endswith("000")
    )
    assert read_identity(fits).value == IdentityNumber(fits)
    assert read_identity(fits, beside_damaged=True).fault is IdentityFault.DAMAGED
    assert any_damaged([WHOLE, 9.90101e17])
    assert not any_damaged([WHOLE, fits, None])


@pytest.mark.parametrize("cell", ["12345", "王芳", WHOLE + "1", number(birth="19801301"), 12.5, True, "9" * 14])
def test_what_is_no_number_is_malformed(cell: Cell) -> None:
    assert read_identity(cell) == (None, IdentityFault.MALFORMED)


@pytest.mark.parametrize("cell", [None, "", " ", "无", "/"])
def test_nothing_written_is_neither_number_nor_fault(cell: Cell) -> None:
    assert read_identity(cell) == (None, None)


def test_only_regions_of_provinces_are_known() -> None:
    assert not IdentityNumber(WHOLE).region_is_known
    assert IdentityNumber(number(region="110000")).region_is_known


def test_a_masked_number_hides_most_of_it() -> None:
    assert masked(WHOLE) == f"990{'*' * 13}{WHOLE[-2:]}"
    assert masked("1234567") == "*******"


def test_a_column_is_known_by_numbers_right_and_wrong() -> None:
    wrong = WHOLE[:-1] + ("1" if WHOLE[-1] == "0" else "0")
    assert all(looks_like_identity(cell) for cell in (WHOLE, wrong, 9.9e17))
    assert not any(looks_like_identity(cell) for cell in ("13900000000", "王芳", None))


@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.integers(0, 999))
def test_the_check_digit_agrees_with_another_implementation(birth: date, sequence: int) -> None:
    text = number(f"{birth:%Y%m%d}", f"{sequence:03}")
    assert ric.calc_check_digit(text) == text[-1]


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(place: int, shift: int) -> None:
    wrong = WHOLE[:place] + str((int(WHOLE[place]) + shift) % 10) + WHOLE[place + 1 :]
    assert read_identity(wrong).value is None


def test_a_number_in_full_width_digits_is_the_number() -> None:
    number = "990101198001011" + "238"
    number = number[:17] + check_digit(number[:17])
    wide = number.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    assert read_identity(wide).value == read_identity(number).value is not None
