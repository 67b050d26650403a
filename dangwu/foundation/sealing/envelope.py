"""Sealed bytes: which algorithms and which key, a nonce, and the cipher text with its tag.

    2 bytes  magic    1  version    1  suite    4  key id    12  nonce    rest  cipher text and tag

The header and the place of the value are vouched for: a value that is copied into another row or another column does
not open. Nonces are random; one key is good for some 2³² values.
"""

import secrets
import struct
from typing import Final, NamedTuple

from cryptography.exceptions import InvalidTag

from dangwu.foundation.sealing.keyring import Keyring
from dangwu.foundation.sealing.keys import KEY_ID_BYTES, Key
from dangwu.foundation.sealing.suites import NONCE_BYTES, TAG_BYTES

_MAGIC: Final = b"\xd6\x53"
_VERSION: Final = 1
_HEAD: Final = struct.Struct(f">2sBB{KEY_ID_BYTES}s")
HEAD_BYTES: Final = _HEAD.size
_TEXT_STARTS: Final = HEAD_BYTES + NONCE_BYTES
_SHORTEST: Final = _TEXT_STARTS + TAG_BYTES


class BrokenSealError(ValueError):
    """A sealed value was altered, cut, or copied from another row or column."""

    def __init__(self) -> None:
        """Say it in a sentence for people."""
        super().__init__("这项加密内容已被改动，或者不属于这一条记录，无法打开。请联系系统管理员从备份核对。")


class Place(NamedTuple):
    """Where a value belongs: the column (`members.person.identity`) and whose it is (a person's uid)."""

    label: str
    owner: str

    def vouched(self, header: bytes) -> bytes:
        """The associated data; lengths keep its parts apart."""
        label = self.label.encode()
        return b"%b%c%b%b" % (header, len(label), label, self.owner.encode())


def head_of(key: Key) -> bytes:
    """How every envelope under a key begins."""
    return _HEAD.pack(_MAGIC, _VERSION, key.suite.number, key.id)


def key_id_of(envelope: bytes) -> bytes:
    """The id of the key under which it is sealed; its head is enough. Raises BrokenSealError where it has none."""
    if len(envelope) < HEAD_BYTES:
        raise BrokenSealError
    magic, version, _, key_id = _HEAD.unpack_from(envelope)
    if (magic, version) != (_MAGIC, _VERSION):
        raise BrokenSealError
    return bytes(key_id)


def enclose(text: str, place: Place, ring: Keyring) -> bytes:
    """Seal a text under the current key."""
    return enclose_bytes(text.encode(), place, ring)


def enclose_bytes(content: bytes, place: Place, ring: Keyring) -> bytes:
    """Seal bytes, a file say, under the current key."""
    key = ring.current
    header = head_of(key) + secrets.token_bytes(NONCE_BYTES)
    return header + key.aead.encrypt(header[HEAD_BYTES:], content, place.vouched(header))


def disclose(envelope: bytes, place: Place, ring: Keyring) -> str:
    """Open an envelope that belongs to this place. Raises BrokenSealError, or KeysError where its key is not there."""
    return disclose_bytes(envelope, place, ring).decode()


def disclose_bytes(envelope: bytes, place: Place, ring: Keyring) -> bytes:
    """Open an envelope of bytes; otherwise like `disclose`."""
    key = ring.key(key_id_of(envelope))
    header = envelope[:_TEXT_STARTS]
    if len(envelope) < _SHORTEST or not header.startswith(head_of(key)):
        raise BrokenSealError
    try:
        return key.aead.decrypt(header[HEAD_BYTES:], envelope[_TEXT_STARTS:], place.vouched(header))
    except InvalidTag as error:
        raise BrokenSealError from error
