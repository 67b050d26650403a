"""The algorithms, as suites that a site can exchange: an international one, and a national one (SM4-GCM, HMAC-SM3)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256, SM3, HashAlgorithm
from cryptography.hazmat.primitives.hmac import HMAC

NONCE_BYTES: Final = 12
TAG_BYTES: Final = 16


class Aead(Protocol):
    """Authenticated encryption under one key; the tag follows the cipher text. A nonce is used once."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        """Encrypt, and vouch for both the text and the associated data."""
        ...

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        """The text; raises cryptography's InvalidTag where anything was altered."""
        ...


class Sm4Gcm:
    """SM4-GCM (GB/T 32907, RFC 8998) in the shape of AESGCM."""

    def __init__(self, key: bytes) -> None:
        """Take a key of 16 bytes."""
        self._sm4 = algorithms.SM4(key)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        """Encrypt, and vouch for both the text and the associated data."""
        encryptor = Cipher(self._sm4, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(associated_data)
        return encryptor.update(data) + encryptor.finalize() + encryptor.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        """The text; raises InvalidTag where anything was altered."""
        if len(data) < TAG_BYTES:
            raise InvalidTag
        decryptor = Cipher(self._sm4, modes.GCM(nonce, data[-TAG_BYTES:])).decryptor()
        decryptor.authenticate_additional_data(associated_data)
        return decryptor.update(data[:-TAG_BYTES]) + decryptor.finalize()


@dataclass(frozen=True, slots=True)
class Suite:
    """Algorithms that are used together. `number` stands in every envelope and never changes its meaning."""

    name: str
    number: int
    key_bytes: int
    aead: Callable[[bytes], Aead]
    digest: Callable[[], HashAlgorithm]

    def mac(self, key: bytes, message: bytes) -> bytes:
        """The keyed digest of a message, 32 bytes."""
        keyed = HMAC(key, self.digest())
        keyed.update(message)
        return keyed.finalize()


INTERNATIONAL: Final = Suite("international", 1, 32, AESGCM, SHA256)
NATIONAL: Final = Suite("national", 2, 16, Sm4Gcm, SM3)
SUITES: Final = {suite.name: suite for suite in (INTERNATIONAL, NATIONAL)}
