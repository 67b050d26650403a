"""A file that only the passphrase opens, and in which every alteration is found.

    header   magic, format, cost, salt, nonce prefix, proof of the passphrase, checksum
    chunks   AES-256-GCM over 256 KiB each; the nonce is prefix ‖ number of the chunk ‖ whether it is the last,
             the header goes in as associated data

Chunks that are swapped, doubled or missing therefore do not open, nor does a file that ends early or goes on after its
end. The checksum is not secret: it tells a damaged header from a wrong passphrase.
"""

import hashlib
import hmac
import os
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import BinaryIO, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from dangwu.foundation.backup.refusals import DamagedError, UnsuitedError, WrongPassphraseError

MAGIC = b"DANGWUBK"
FORMAT = 1
CHUNK = 256 * 1024  # bytes of content
TAG = 16  # bytes that AES-GCM adds to a chunk
COST = 17  # log2 of scrypt's n: 128 MiB and a quarter of a second for each guess
COSTS = range(10, 21)
HEADER = struct.Struct(">8sBB16s7s16s8s")
INCOMPLETE = "备份文件的内容不完整，不能使用。请换一份备份。"
LEVEL = 3  # of zlib: twice as fast as its default, and a few per cent larger


@dataclass(frozen=True)
class Seal:
    """What a passphrase and a header make: the key of one file, and what stands at its beginning."""

    passphrase: str
    cost: int
    salt: bytes
    prefix: bytes

    @classmethod
    def fresh(cls, passphrase: str, cost: int = COST) -> Self:
        """A seal for a new file."""
        return cls(passphrase, cost, os.urandom(16), os.urandom(7))

    @classmethod
    def read(cls, header: bytes, passphrase: str) -> Self:
        """The seal of a file. Raises DamagedError, UnsuitedError or WrongPassphraseError."""
        if len(header) < HEADER.size or not header.startswith(MAGIC):
            raise DamagedError("这不是党务系统的备份文件，或者文件开头已经损坏。请换一份备份。")
        _, form, cost, salt, prefix, proof, checksum = HEADER.unpack(header)
        if not hmac.compare_digest(checksum, checksum_of(header)):
            raise DamagedError("备份文件的开头已经损坏，不能使用。请换一份备份。")
        if form != FORMAT or cost not in COSTS:
            raise UnsuitedError("这份备份是用更新版本的程序做的。请先升级程序，再恢复。")
        seal = cls(passphrase, cost, salt, prefix)
        if not hmac.compare_digest(proof, seal.proof):
            raise WrongPassphraseError("备份口令不对：文件开头完好，但不是用这个口令做的。请找出做备份时用的口令。")
        return seal

    @property
    def _secret(self) -> bytes:
        return _derived(self.passphrase, self.salt, self.cost)

    @property
    def proof(self) -> bytes:
        """What shows that a passphrase is the right one; it helps a guesser no more than a sealed chunk does."""
        return self._secret[32:]

    @cached_property
    def header(self) -> bytes:
        """The first bytes of the file."""
        bare = HEADER.pack(MAGIC, FORMAT, self.cost, self.salt, self.prefix, self.proof, bytes(8))
        return bare[:-8] + checksum_of(bare)

    @cached_property
    def _cipher(self) -> AESGCM:
        return AESGCM(self._secret[:32])

    def close(self, content: bytes, number: int, *, last: bool) -> bytes:
        """The sealed chunk."""
        return self._cipher.encrypt(self._nonce(number, last=last), content, self.header)

    def open(self, sealed: bytes, number: int, *, last: bool) -> bytes:
        """The content of a chunk. Raises DamagedError."""
        try:
            return self._cipher.decrypt(self._nonce(number, last=last), sealed, self.header)
        except InvalidTag:
            raise DamagedError("备份文件已经损坏、被改动或者不完整，不能使用。请换一份备份。") from None

    def _nonce(self, number: int, *, last: bool) -> bytes:
        return self.prefix + number.to_bytes(4, "big") + bytes([last])


def checksum_of(header: bytes) -> bytes:
    """What stands in the last eight bytes of a header, over all others."""
    return hashlib.sha256(header[:-8]).digest()[:8]


@lru_cache(maxsize=2)  # what was just written is read back, and what was verified is read again
def _derived(passphrase: str, salt: bytes, cost: int) -> bytes:
    return Scrypt(salt=salt, length=48, n=2**cost, r=8, p=1).derive(passphrase.encode())


class SealedWriter:
    """Compresses and seals what is written, a chunk at a time; `finish` seals the last one."""

    def __init__(self, file: BinaryIO, seal: Seal) -> None:
        """Begin a file."""
        self._file, self._seal = file, seal
        self._compressor = zlib.compressobj(LEVEL)
        self._waiting = bytearray()
        self._number = 0
        file.write(seal.header)

    def write(self, content: bytes) -> None:
        """Take content; full chunks go to the file."""
        self._waiting += self._compressor.compress(content)
        while len(self._waiting) > CHUNK:  # the last chunk, full or not, waits for the end
            self._put(CHUNK, last=False)

    def finish(self) -> None:
        """Write what is left, as the end."""
        self._waiting += self._compressor.flush()
        while len(self._waiting) > CHUNK:
            self._put(CHUNK, last=False)
        self._put(CHUNK, last=True)

    def _put(self, size: int, *, last: bool) -> None:
        self._file.write(self._seal.close(bytes(self._waiting[:size]), self._number, last=last))
        del self._waiting[:size]
        self._number += 1


def opened(path: Path, passphrase: str) -> Iterator[bytes]:
    """The content of a sealed file, in blocks of at most some hundred KiB. Raises a BackupRefusal, OSError."""
    with path.open("rb") as file:
        seal = Seal.read(file.read(HEADER.size), passphrase)
        yield from _inflated(_chunks(file, seal))


def _chunks(file: BinaryIO, seal: Seal) -> Iterator[bytes]:
    sealed, number = file.read(CHUNK + TAG), 0
    while following := file.read(CHUNK + TAG):
        yield seal.open(sealed, number, last=False)
        sealed, number = following, number + 1
    yield seal.open(sealed, number, last=True)


def _inflated(chunks: Iterator[bytes]) -> Iterator[bytes]:
    decompressor = zlib.decompressobj()
    try:
        for chunk in chunks:
            rest = chunk
            while rest:
                yield decompressor.decompress(rest, CHUNK)
                rest = decompressor.unconsumed_tail
        yield decompressor.flush()
    except zlib.error as error:
        raise DamagedError(INCOMPLETE) from error
    if not decompressor.eof or decompressor.unused_data:
        raise DamagedError(INCOMPLETE)
