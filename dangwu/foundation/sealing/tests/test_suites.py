"""The suites against published vectors, and against altered texts."""

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hashes import SM3, Hash
from hypothesis import given
from hypothesis import strategies as st

from dangwu.foundation.sealing.suites import INTERNATIONAL, NATIONAL, SUITES, Suite

NONCE = bytes(12)
both = pytest.mark.parametrize("suite", SUITES.values(), ids=SUITES.keys())


def test_sm4_gcm_gives_what_rfc_8998_says() -> None:
    aead = NATIONAL.aead(bytes.fromhex("0123456789abcdeffedcba9876543210"))
    text = b"".join(bytes([letter]) * 8 for letter in b"\xaa\xbb\xcc\xdd\xee\xff\xee\xaa")
    vouched = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    sealed = aead.encrypt(bytes.fromhex("00001234567800000000abcd"), text, vouched)
    assert sealed.hex() == (
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
        "83de3541e4c2b58177e065a9bf7b62ec"
    )


def test_aes_256_gcm_gives_what_nist_says() -> None:
    # test case 14 of the GCM specification: a key, a nonce and a block of zeros
    sealed = INTERNATIONAL.aead(bytes(32)).encrypt(NONCE, bytes(16), b"")
    assert sealed.hex() == "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"


def test_the_keyed_digest_of_the_international_suite_gives_what_rfc_4231_says() -> None:
    digest = INTERNATIONAL.mac(b"Jefe", b"what do ya want for nothing?")
    assert digest.hex() == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"


def test_the_national_suite_digests_with_sm3() -> None:
    # the digest against the example of GB/T 32905, the frame around it against its definition (RFC 2104)
    inner = _sm3(bytes([0x36] * 64) + b"abc")
    assert NATIONAL.mac(b"", b"abc") == _sm3(bytes([0x5C] * 64) + inner)
    assert _sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def _sm3(message: bytes) -> bytes:
    digest = Hash(SM3())
    digest.update(message)
    return digest.finalize()


@both
@given(text=st.binary(max_size=64), vouched=st.binary(max_size=64))
def test_what_was_encrypted_is_decrypted(suite: Suite, text: bytes, vouched: bytes) -> None:
    aead = suite.aead(bytes(suite.key_bytes))
    assert aead.decrypt(NONCE, aead.encrypt(NONCE, text, vouched), vouched) == text


@both
@pytest.mark.parametrize("sealed", [b"", b"short", bytes(16), bytes(40)])
def test_what_was_never_encrypted_is_refused(suite: Suite, sealed: bytes) -> None:
    with pytest.raises(InvalidTag):
        suite.aead(bytes(suite.key_bytes)).decrypt(NONCE, sealed, b"")
