#!/usr/bin/env python3
"""Re-checks an exported audit log of Dangwu. Needs nothing but this file and Python 3.8 or later.

    python3 verify_audit.py 审计日志.jsonl --checkpoint "第 1234 条 · 9f3a-…"

The format, so that anybody can write a verifier of his own. A file is JSON, an object a line, in UTF-8:

    {"head": {format, version, algorithm, keys: {key id: public key}, first, previous, …}}
    {"content": {…}, "hash": …}                        an entry
    {"left_out": {algorithm, digest, sequence}, "hash": …}   an entry that is not shown
    {"checkpoint": {at, hash, key, previous, sequence, signature}}
    {"end": {digest, key, lines, signature}}

digest = H(the bytes of the content as they stand in the file); hash = H("algorithm sequence previous-hash digest");
H is SHA-256 or SM3 in hexadecimal. A checkpoint is signed by Ed25519 and names the sequence of the one before it. The
end is signed too; its digest is H of all bytes before its line.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # words for type checkers that Python 3.8 does not know yet
    from collections.abc import Mapping

    State = tuple[int, ...]
    Point = tuple[int, int, int, int]  # in extended coordinates

FORMAT, VERSION = "dangwu-audit", 1
START = "0" * 64  # what comes before the first entry
WHOLE, FAULTY, UNREADABLE = 0, 1, 2  # what the program returns


# SM3, by GB/T 32905-2016


def _left(word: int, places: int) -> int:
    places %= 32
    return ((word << places) | (word >> (32 - places))) & 0xFFFFFFFF


_SM3_START = (
    0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600,
    0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E,
)  # fmt: skip
_SM3_CONSTANTS = tuple(_left(0x79CC4519 if j < 16 else 0x7A879D8A, j) for j in range(64))


def _sm3_expanded(block: bytes) -> list[int]:
    w = [int.from_bytes(block[i : i + 4], "big") for i in range(0, 64, 4)]
    for j in range(16, 68):
        x = w[j - 16] ^ w[j - 9] ^ _left(w[j - 3], 15)
        w.append(x ^ _left(x, 15) ^ _left(x, 23) ^ _left(w[j - 13], 7) ^ w[j - 6])
    return w


def _sm3_compressed(state: State, block: bytes) -> State:
    w = _sm3_expanded(block)
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        ss1 = _left((_left(a, 12) + e + _SM3_CONSTANTS[j]) & 0xFFFFFFFF, 7)
        ff = a ^ b ^ c if j < 16 else (a & b) | (a & c) | (b & c)
        gg = e ^ f ^ g if j < 16 else (e & f) | (~e & g)
        tt1 = (ff + d + (ss1 ^ _left(a, 12)) + (w[j] ^ w[j + 4])) & 0xFFFFFFFF
        tt2 = (gg + h + ss1 + w[j]) & 0xFFFFFFFF
        a, b, c, d = tt1, a, _left(b, 9), c
        e, f, g, h = tt2 ^ _left(tt2, 9) ^ _left(tt2, 17), e, _left(f, 19), g
    return tuple(x ^ y for x, y in zip(state, (a, b, c, d, e, f, g, h)))  # noqa: B905 - Python 3.8 has no strict


def sm3(message: bytes) -> str:
    """SM3 in hexadecimal, for machines whose OpenSSL does not offer it."""
    padded = message + b"\x80" + bytes(-(len(message) + 9) % 64) + (8 * len(message)).to_bytes(8, "big")
    state: State = _SM3_START
    for start in range(0, len(padded), 64):
        state = _sm3_compressed(state, padded[start : start + 64])
    return "".join(f"{word:08x}" for word in state)


# Ed25519, by RFC 8032

_P = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P
_ROOT = pow(2, (_P - 1) // 4, _P)  # a square root of -1
_NEUTRAL: Point = (0, 1, 1, 0)


def _sum(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % _P, (p[1] + p[0]) * (q[1] + q[0]) % _P
    c, d = 2 * p[3] * q[3] * _D % _P, 2 * p[2] * q[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _multiple(times: int, point: Point) -> Point:
    result = _NEUTRAL
    while times:
        if times & 1:
            result = _sum(result, point)
        point = _sum(point, point)
        times >>= 1
    return result


def _point(encoded: bytes) -> Point:
    """The point with this encoding. Raises ValueError where there is none."""
    number = int.from_bytes(encoded, "little")
    sign, y = number >> 255, number & ((1 << 255) - 1)
    u, v = (y * y - 1) % _P, (_D * y * y + 1) % _P
    x = u * pow(v, 3, _P) * pow(u * pow(v, 7, _P), (_P - 5) // 8, _P) % _P
    if (v * x * x - u) % _P:
        x = x * _ROOT % _P
    if (v * x * x - u) % _P or y >= _P or (x == 0 and sign):
        raise ValueError("no point of the curve")
    if x & 1 != sign:
        x = _P - x
    return x, y, 1, x * y % _P


_BASE = _point((4 * pow(5, _P - 2, _P) % _P).to_bytes(32, "little"))


def _encoded(point: Point) -> bytes:
    inverse = pow(point[2], _P - 2, _P)
    x, y = point[0] * inverse % _P, point[1] * inverse % _P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def is_signed(message: str, signature: str, public_key: str) -> bool:
    """Whether this is the signature of the message by the key; signature and key in hexadecimal."""
    try:
        key, signed = bytes.fromhex(public_key), bytes.fromhex(signature)
        if len(key) != 32 or len(signed) != 64:
            return False
        scalar = int.from_bytes(signed[32:], "little")
        hashed = hashlib.sha512(signed[:32] + key + message.encode()).digest()
        x, y, z, t = _multiple(int.from_bytes(hashed, "little") % _ORDER, _point(key))
    except ValueError:
        return False
    return scalar < _ORDER and _encoded(_sum(_multiple(scalar, _BASE), (_P - x, y, z, _P - t))) == signed[:32]


# what is hashed and signed


def _openssl_has_sm3() -> bool:
    try:
        hashlib.new("sm3")
    except ValueError:
        return False
    return True


_SM3_OFFERED = _openssl_has_sm3()


def digest(algorithm: str, message: bytes) -> str:
    """The hash in hexadecimal, 64 digits. Raises ValueError for an algorithm other than sha256 and sm3."""
    if algorithm == "sha256":
        return hashlib.sha256(message).hexdigest()
    if algorithm == "sm3":
        return hashlib.new("sm3", message).hexdigest() if _SM3_OFFERED else sm3(message)
    raise ValueError(algorithm)


def link(algorithm: str, sequence: int, previous: str, content_digest: str) -> str:
    """The hash of an entry: it binds the content to the place in the chain."""
    return digest(algorithm, f"{algorithm} {sequence} {previous} {content_digest}".encode())


def key_id(public_key: str) -> str:
    """The name of a key, short enough to be compared with paper."""
    return hashlib.sha256(bytes.fromhex(public_key)).hexdigest()[:16]


def checkpoint_text(told: Mapping[str, Any]) -> str:
    """What is signed in a checkpoint."""
    place = f"{told['previous']} {told['sequence']} {told['hash']}"
    return f"dangwu-audit-checkpoint-1 {told['key']} {place} {told['at']}"


def end_text(told: Mapping[str, Any]) -> str:
    """What is signed at the end of an export."""
    return f"dangwu-audit-export-1 {told['key']} {told['lines']} {told['digest']}"
