from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from dangwu.foundation.sealing.blind import blind, blind_tail, blind_tails, blinds
from dangwu.foundation.sealing.keyring import keyring

IDENTITY, PHONE = "members.person.identity", "members.person.phone"
NUMBER = "99010119900101123X"


@pytest.fixture(autouse=True)
def own_keys(settings: Settings, tmp_path: Path) -> None:
    settings.KEYS = tmp_path / "keys"


def test_an_index_is_32_hexadecimal_digits_that_do_not_tell_the_value() -> None:
    index = blind(IDENTITY, NUMBER)
    assert len(index) == 32
    assert int(index, 16)
    assert index == blind(IDENTITY, NUMBER)


@pytest.mark.parametrize(
    "written",
    ["99010119900101123x", " 990101 19900101 123X ", "９９０１０１１９９００１０１１２３Ｘ", "990101-19900101-123X"],
)
def test_a_number_is_found_however_it_is_written(written: str) -> None:
    assert blind(IDENTITY, written) == blind(IDENTITY, NUMBER)


def test_columns_do_not_share_indexes() -> None:
    assert blind(IDENTITY, NUMBER) != blind(PHONE, NUMBER)
    assert blind_tail(IDENTITY, "123X") != blind_tail(PHONE, "123X")


def test_a_number_is_found_by_its_last_four_characters() -> None:
    assert blind_tail(IDENTITY, "123x") == blind_tail(IDENTITY, NUMBER)
    assert blind_tail(IDENTITY, "123X") != blind(IDENTITY, "123X")


def test_an_index_stays_when_a_data_key_is_added() -> None:
    before = blind(IDENTITY, NUMBER)
    keyring().add_key()
    assert blind(IDENTITY, NUMBER) == before


def test_after_a_change_of_suite_values_are_found_under_both_indexes(settings: Settings) -> None:
    before, tail = blind(IDENTITY, NUMBER), blind_tail(IDENTITY, NUMBER)
    settings.SEALING_SUITE = "national"
    assert blinds(IDENTITY, NUMBER) == [blind(IDENTITY, NUMBER), before]
    assert blind_tails(IDENTITY, "123X") == [blind_tail(IDENTITY, NUMBER), tail]


def test_another_site_has_other_indexes(settings: Settings, tmp_path: Path) -> None:
    before = blind(IDENTITY, NUMBER)
    settings.KEYS = tmp_path / "other"
    assert blind(IDENTITY, NUMBER) != before


@given(texts=st.sets(st.text("0123456789X", min_size=5, max_size=18), min_size=2))
def test_different_values_have_different_indexes(texts: set[str]) -> None:
    assert len({blind(IDENTITY, text) for text in texts}) == len(texts)
