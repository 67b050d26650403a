from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangwu.foundation.sealing.envelope import BrokenSealError, Place, disclose, enclose, head_of, key_id_of
from dangwu.foundation.sealing.keyring import Keyring
from dangwu.foundation.sealing.keys import KeysError
from dangwu.foundation.sealing.suites import SUITES

PLACE = Place("members.person.identity", "0b6f5a2e")
NUMBER = "990101199001011234"
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@pytest.fixture(scope="module", params=SUITES)
def ring(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    folder: Path = tmp_path_factory.mktemp(request.param) / "keys"
    return Keyring.load(folder, SUITES[request.param])


@given(text=texts, label=texts, owner=texts)
def test_what_was_sealed_opens_again(ring: Keyring, text: str, label: str, owner: str) -> None:
    place = Place(label, owner)
    assert disclose(enclose(text, place, ring), place, ring) == text


def test_any_altered_byte_is_found(ring: Keyring) -> None:
    envelope = enclose(NUMBER, PLACE, ring)
    for at in range(len(envelope)):
        altered = bytearray(envelope)
        altered[at] ^= 1
        with pytest.raises((BrokenSealError, KeysError)):
            disclose(bytes(altered), PLACE, ring)


@given(flip=st.integers(1, 255), data=st.data())
def test_any_alteration_of_a_byte_is_found(ring: Keyring, flip: int, data: st.DataObject) -> None:
    altered = bytearray(enclose(NUMBER, PLACE, ring))
    altered[data.draw(st.integers(0, len(altered) - 1))] ^= flip
    with pytest.raises((BrokenSealError, KeysError)):
        disclose(bytes(altered), PLACE, ring)


def test_a_value_that_was_cut_is_refused(ring: Keyring) -> None:
    envelope = enclose(NUMBER, PLACE, ring)
    for length in range(len(envelope)):
        with pytest.raises(BrokenSealError):
            disclose(envelope[:length], PLACE, ring)


@given(label=texts, owner=texts)
def test_a_value_opens_in_its_own_row_and_column_alone(ring: Keyring, label: str, owner: str) -> None:
    envelope = enclose(NUMBER, PLACE, ring)
    for other in ({Place(label, owner), Place(PLACE.label, owner), Place(label, PLACE.owner)}) - {PLACE}:
        with pytest.raises(BrokenSealError):
            disclose(envelope, other, ring)


def test_the_border_between_column_and_owner_cannot_be_moved(ring: Keyring) -> None:
    envelope = enclose(NUMBER, Place("members.person", "17"), ring)
    with pytest.raises(BrokenSealError):
        disclose(envelope, Place("members.person1", "7"), ring)


def test_one_text_is_never_sealed_to_the_same_bytes(ring: Keyring) -> None:
    assert len({enclose(NUMBER, PLACE, ring) for _ in range(100)}) == 100


def test_the_key_is_told_without_opening(ring: Keyring) -> None:
    envelope = enclose(NUMBER, PLACE, ring)
    assert key_id_of(envelope) == ring.current.id
    assert envelope.startswith(head_of(ring.current))
    assert NUMBER.encode() not in envelope


def test_what_older_keys_sealed_opens_after_another_was_added(tmp_path: Path, ring: Keyring) -> None:
    own = Keyring.load(tmp_path / "keys", ring.suite)
    before = enclose(NUMBER, PLACE, own)
    own.add_key()
    assert disclose(before, PLACE, own) == NUMBER
    assert key_id_of(enclose(NUMBER, PLACE, own)) != key_id_of(before)


def test_the_keys_of_another_site_open_nothing(tmp_path: Path, ring: Keyring) -> None:
    other = Keyring.load(tmp_path / "keys", ring.suite)
    with pytest.raises(KeysError, match="缺少"):
        disclose(enclose(NUMBER, PLACE, ring), PLACE, other)
