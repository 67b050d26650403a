"""One cutter for what is written and for what is asked."""

import re

import pytest

from dangwu.foundation.search.cutting import cut, terms_of


def test_neighbouring_characters_are_pairs_and_the_last_stands_alone() -> None:
    dang, jian = cut("党"), cut("建")
    assert cut("党建").split() == [dang + jian, jian]


@pytest.mark.parametrize("text", ["党建。设备", "党建\n设备", "党建 设备"])
def test_what_a_stop_parts_is_no_pair(text: str) -> None:
    assert not set(cut("建设").split()[:1]) & set(cut(text).split())


def test_full_width_and_capitals_are_the_same_as_half_width_and_small() -> None:
    assert cut("ＡＢＣ２０２６，党建") == cut("abc2026 党建")


def test_every_token_is_plain_letters_and_digits() -> None:
    # characters of the extensions too, the ideographic zero, kana, accents
    tokens = cut("𠮷𬭳二〇二六 Café カナ №１２ ﷽ 㐂").split()
    assert all(re.fullmatch(r"[a-z][a-z0-9]*", token) for token in tokens)
    assert len(set(tokens)) == len(tokens)


def test_one_character_is_the_beginning_of_a_pair_and_a_word_may_go_on() -> None:
    character, word = terms_of("党 abc")
    assert cut("党建").startswith(character.tokens[0])
    assert character.open
    assert word.open


def test_punctuation_asks_for_nothing() -> None:
    assert terms_of("，。%_*\"'") == ()
