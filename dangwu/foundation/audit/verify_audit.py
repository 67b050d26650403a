#!/usr/bin/env python3
"""Re-checks an exported audit log of Dangwu. Needs nothing but this file and Python 3.8 or later.

    python3 verify_audit.py 审计日志.jsonl --checkpoint "第 1234 条 · 9f3a-…"

The format, so that anybody can write a verifier of his own. A file is canonical JSON, an object a line, in UTF-8:

    {"head": {algorithm, first, format, keys: {key id: public key}, made, place, previous, since, until, version}}
    {"content": {…}, "hash": …}                                  an entry
    {"hash": …, "left_out": {algorithm, digest, sequence}}       an entry that is not shown
    {"checkpoint": {at, hash, key, previous, sequence, signature}}
    {"end": {checkpoints, entries, hash, head, key, sequence, signature}}

H is SHA-256 or SM3, in hexadecimal. digest = H(the bytes of the content as they stand in the file);
hash = H("algorithm sequence previous-hash digest"). A checkpoint follows the entry whose hash it signs, and names the
sequence of the checkpoint before it. The end has H of the head's line, H of all lines of checkpoints, the number of
entries shown and the last hash. What is signed, by Ed25519, is told by checkpoint_text and end_text.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # words for type checkers that Python 3.8 does not know yet
    from collections.abc import Iterable, Mapping, Sequence

    Point = tuple[int, int, int, int]  # in extended coordinates

FORMAT, VERSION = "dangwu-audit", 1
START = "0" * 64  # what comes before the first entry
WHOLE, FAULTY, UNREADABLE = 0, 1, 2  # what the program returns


# SM3, by GB/T 32905-2016


def _left(word: int, places: int) -> int:
    return ((word << places) | (word >> (32 - places))) & 0xFFFFFFFF


_SM3_START = (0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E)
_EARLY = 16  # the rounds that mix with exclusive or alone
_SM3_CONSTANTS = tuple(_left(0x79CC4519 if j < _EARLY else 0x7A879D8A, j % 32) for j in range(64))


def _sm3_expanded(block: bytes) -> list[int]:
    w = [int.from_bytes(block[i : i + 4], "big") for i in range(0, 64, 4)]
    for j in range(16, 68):
        x = w[j - 16] ^ w[j - 9] ^ _left(w[j - 3], 15)
        w.append(x ^ _left(x, 15) ^ _left(x, 23) ^ _left(w[j - 13], 7) ^ w[j - 6])
    return w


def _sm3_compressed(state: tuple[int, ...], block: bytes) -> tuple[int, ...]:
    w = _sm3_expanded(block)
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        ss1 = _left((_left(a, 12) + e + _SM3_CONSTANTS[j]) & 0xFFFFFFFF, 7)
        ff = a ^ b ^ c if j < _EARLY else (a & b) | (a & c) | (b & c)
        gg = e ^ f ^ g if j < _EARLY else (e & f) | (~e & g)
        tt1 = (ff + d + (ss1 ^ _left(a, 12)) + (w[j] ^ w[j + 4])) & 0xFFFFFFFF
        tt2 = (gg + h + ss1 + w[j]) & 0xFFFFFFFF
        a, b, c, d = tt1, a, _left(b, 9), c
        e, f, g, h = tt2 ^ _left(tt2, 9) ^ _left(tt2, 17), e, _left(f, 19), g
    return tuple(x ^ y for x, y in zip(state, (a, b, c, d, e, f, g, h)))  # noqa: B905 - Python 3.8 has no strict


def sm3(message: bytes) -> str:
    """SM3 in hexadecimal, for machines whose OpenSSL does not offer it."""
    padded = message + b"\x80" + bytes(-(len(message) + 9) % 64) + (8 * len(message)).to_bytes(8, "big")
    state: tuple[int, ...] = _SM3_START
    for start in range(0, len(padded), 64):
        state = _sm3_compressed(state, padded[start : start + 64])
    return "".join(f"{word:08x}" for word in state)


# Ed25519, by RFC 8032

_P = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P
_ROOT = pow(2, (_P - 1) // 4, _P)  # a square root of -1


def _sum(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % _P, (p[1] + p[0]) * (q[1] + q[0]) % _P
    c, d = 2 * p[3] * q[3] * _D % _P, 2 * p[2] * q[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _multiple(times: int, point: Point) -> Point:
    result: Point = (0, 1, 1, 0)  # the neutral one
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
        if (len(key), len(signed), signed.hex()) != (32, 64, signature):
            return False
        scalar = int.from_bytes(signed[32:], "little")
        hashed = hashlib.sha512(signed[:32] + key + message.encode()).digest()
        x, y, z, t = _multiple(int.from_bytes(hashed, "little") % _ORDER, _point(key))
    except ValueError:
        return False
    return scalar < _ORDER and _encoded(_sum(_multiple(scalar, _BASE), (_P - x, y, z, _P - t))) == signed[:32]


def digest(algorithm: str, message: bytes) -> str:
    """The hash in hexadecimal, 64 digits. Raises ValueError for an algorithm other than sha256 and sm3."""
    if algorithm == "sha256":
        return hashlib.sha256(message).hexdigest()
    if algorithm == "sm3":
        try:
            return hashlib.new("sm3", message).hexdigest()
        except ValueError:  # this OpenSSL does not offer it
            return sm3(message)
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
    size = f"{told['sequence']} {told['hash']} {told['entries']}"
    return f"dangwu-audit-export-1 {told['key']} {told['head']} {size} {told['checkpoints']}"


def as_line(told: Mapping[str, Any]) -> bytes:
    """A line of an export: canonical JSON."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


# reading an export


class AlteredError(Exception):
    """The log is not as it was written; the message says where and how."""


class UnreadableError(Exception):
    """No export of an audit log."""


LEAST_DIGITS = 16  # of a hash on paper
ENTRY, HASH, LINE_END = b'{"content":', b',"hash":"', b'"}\n'
TAIL = len(HASH) + 64 + len(LINE_END)


class Log:
    """An export that is being read, from the head on; each line is checked against all before it."""

    def __init__(self, head_line: bytes, printed: Sequence[tuple[int, str]] = (), keys: Sequence[str] = ()) -> None:
        """Begin with the head. Where ids of keys are given, no other key is believed."""
        head = _head(head_line)
        self.algorithm, self.keys = head["algorithm"], head["keys"]
        self.head_digest = digest(self.algorithm, head_line)
        self.first, self.sequence, self.hash = head["first"], head["first"] - 1, head["previous"]
        self.printed, self.believed = printed, keys
        self.shown = self.checkpoint = 0
        self.checkpoint_lines: list[bytes] = []
        self.signed_by: set[str] = set()
        self.ended = False
        self._compare_with_paper()

    def read(self, line: bytes) -> None:
        """Check the next line. Raises AlteredError."""
        if self.ended:
            raise AlteredError("结尾的签名之后还有内容：文件被人续写过。")
        if line.startswith(ENTRY):
            self._read_entry(line)
            return
        told = json.loads(line)
        if as_line(told) != line:
            raise ValueError(line)
        if "left_out" in told:
            self._read_left_out(**told["left_out"], stated=told["hash"])
        elif "checkpoint" in told:
            self._read_checkpoint(told["checkpoint"], line)
        else:
            self._read_end(told["end"])

    def _read_entry(self, line: bytes) -> None:
        content, tail = line[len(ENTRY) : -TAIL], line[-TAIL:]
        told = json.loads(content)
        stated = tail[len(HASH) : -len(LINE_END)]
        if tail != HASH + stated + LINE_END:
            raise ValueError(line)
        self._read_left_out(told["algorithm"], digest(told["algorithm"], content), told["sequence"], stated.decode())
        self.shown += 1

    def _read_left_out(self, algorithm: str, digest: str, sequence: int, stated: str) -> None:
        if sequence != self.sequence + 1:
            raise AlteredError(
                f"第 {self.sequence + 1} 条不在应有的位置，那里是第 {sequence} 条：记录被删去、重复、添加或调换过。"
            )
        self.hash = link(algorithm, sequence, self.hash, digest)
        self.sequence = sequence
        if stated != self.hash:
            raise AlteredError(f"第 {sequence} 条与它的校验值不符：这一条被改动过，或者它前面的记录被换过。")
        self._compare_with_paper()

    def _compare_with_paper(self) -> None:
        for sequence, beginning in self.printed:
            if sequence == self.sequence and not self.hash.startswith(beginning):
                raise AlteredError(
                    f"第 {sequence} 条与纸上的校验点不符：纸上是 {grouped(beginning)}，日志是 "
                    f"{grouped(self.hash[: len(beginning)])}。打印之后，这一条或者它前面的记录被改写过。"
                )

    def _read_checkpoint(self, told: Mapping[str, Any], line: bytes) -> None:
        sequence = told["sequence"]
        if (sequence, told["hash"]) != (self.sequence, self.hash):
            raise AlteredError(f"第 {sequence} 条的校验点与日志不符：签名之后，这一条或者它前面的记录被改写过。")
        if told["previous"] != self.checkpoint and (self.checkpoint or told["previous"] >= max(self.first - 1, 1)):
            raise AlteredError(f"第 {told['previous']} 条的校验点不见了，或者第 {self.checkpoint} 条的校验点是添加的。")
        self._believe(checkpoint_text(told), told, f"第 {sequence} 条的校验点")
        self.checkpoint = sequence
        self.checkpoint_lines.append(line)

    def _believe(self, text: str, told: Mapping[str, Any], what: str) -> None:
        key = told["key"]
        if key not in self.keys or (self.believed and key not in self.believed):
            raise AlteredError(f"{what}用了不认识的公钥（{key}），签名不能作数。")
        if not is_signed(text, told["signature"], self.keys[key]):
            raise AlteredError(f"{what}的签名无效：内容或签名被改动过。")
        self.signed_by.add(key)

    def _read_end(self, told: Mapping[str, Any]) -> None:
        self._believe(end_text(told), told, "结尾")
        checkpoints = digest(self.algorithm, b"".join(self.checkpoint_lines))
        found = (self.head_digest, checkpoints, self.sequence, self.hash, self.shown)
        if found != (told["head"], told["checkpoints"], told["sequence"], told["hash"], told["entries"]):
            raise AlteredError(
                f"结尾的签名写明到第 {told['sequence']} 条，列出 {told['entries']} 条；文件到第 {self.sequence} 条，"
                f"列出 {self.shown} 条。开头、条数或校验点被改动过。"
            )
        self.ended = True

    def finish(self) -> None:
        """Check that nothing is missing, once everything is read. Raises AlteredError."""
        if not self.ended:
            raise AlteredError(f"文件不完整：到第 {self.sequence} 条为止，没有结尾的签名，后面的内容可能被截去。")
        for sequence, _ in self.printed:
            if not self.first - 1 <= sequence <= self.sequence:
                raise AlteredError(
                    f"纸上的校验点是第 {sequence} 条，文件里只有第 {self.first} 条至第 {self.sequence} 条。"
                    "请导出包含这一条的日志再核；如果导出的已经是全部，说明日志被截短了。"
                )


def _head(line: bytes) -> Any:  # noqa: ANN401 - whatever JSON holds
    try:
        head = json.loads(line)["head"]
        digest(head["algorithm"], bytes.fromhex(head["previous"]))
        known = (head["format"], head["version"], as_line({"head": head})) == (FORMAT, VERSION, line)
        if known and head["first"] > 0 and all(key_id(key) == name for name, key in head["keys"].items()):
            return head
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    raise UnreadableError("这不是本系统导出的审计日志，或者开头已经损坏，或者需要较新的核验程序。")


def verify(lines: Iterable[bytes], printed: Sequence[tuple[int, str]] = (), keys: Sequence[str] = ()) -> Log:
    """Check an export line by line. Raises AlteredError at the first fault, UnreadableError where it is no export."""
    numbered = iter(lines)
    log = Log(next(numbered, b""), printed, keys)
    for number, line in enumerate(numbered, 2):
        try:
            log.read(line)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise AlteredError(f"第 {number} 行不是日志原来的写法（在第 {log.sequence} 条之后）：被改动过。") from None
    log.finish()
    return log


def grouped(digits: str) -> str:
    """Hexadecimal digits in groups of four, as on paper."""
    return "-".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def printed_checkpoint(text: str) -> tuple[int, str]:
    """Read what stands on paper: “第 1234 条 · 9f3a-…”. Raises ValueError for anything else, and for too few digits."""
    found = re.search(r"(\d+)\s*条?[^0-9a-f]+([0-9a-f][0-9a-f\W]*)$", text.strip().lower())
    digits = re.sub(r"\W", "", found.group(2)) if found else ""
    if not found or not LEAST_DIGITS <= len(digits) <= len(START):
        raise ValueError(
            f"“{text}”不是打印的校验点，请照页脚写，如“第 1234 条 · 9f3a-…”，校验码至少写 {LEAST_DIGITS} 位。"
        )
    return int(found.group(1)), digits


def sentences(log: Log) -> list[str]:
    """What was verified, in words for people."""
    count, keys = log.sequence - log.first + 1, "、".join(sorted(log.signed_by))
    told = ["核验通过。", "这份日志里没有记录。"]
    if count:
        told[1] = f"第 {log.first} 条至第 {log.sequence} 条，共 {count} 条，逐条相连，没有改动、缺失或调换。"
    if count > log.shown:
        told.append(f"其中 {count - log.shown} 条不在导出范围内，只核对了校验值。")
    told.append(f"校验点 {len(log.checkpoint_lines)} 个，签名有效。公钥编号 {keys}，请与单位留存的编号核对。")
    told += [f"与纸上的校验点一致：第 {sequence} 条 · {grouped(digits)}" for sequence, digits in log.printed]
    if not log.printed:
        told.append("没有核对纸上的校验点。日志整段重写过的话，只有和打印件页脚的校验点核对才能发现。")
    return told


def outcome(path: Path, papers: Sequence[str] = (), keys: Sequence[str] = ()) -> tuple[int, str]:
    """What the program returns and says of a file, compared with checkpoints as they stand on paper."""
    try:
        printed = [printed_checkpoint(paper) for paper in papers]
        with path.open("rb") as lines:
            return WHOLE, "\n".join(sentences(verify(lines, printed, keys)))
    except AlteredError as error:
        return FAULTY, f"核验不通过。{error}"
    except OSError:
        return UNREADABLE, f"打不开文件“{path}”，请核对文件名。"
    except (UnreadableError, ValueError) as error:
        return UNREADABLE, str(error)


USAGE = """用法：python3 verify_audit.py 日志文件 [--checkpoint "第 1234 条 · 9f3a-…"] [--key 公钥编号]

核对导出的审计日志：有没有改动、缺失、调换，签名是否有效，与打印件页脚的校验点是否一致。
--checkpoint 和 --key 可以写多次。返回 0 表示通过，1 表示日志有问题，2 表示文件或参数读不了。"""


def main(arguments: Sequence[str]) -> int:
    """Verify a file and say what was found."""
    words = list(arguments)
    files: list[str] = []
    options: dict[str, list[str]] = {"--checkpoint": [], "--key": []}
    while words:
        word = words.pop(0)
        options.get(word, files).append(words.pop(0) if word in options and words else word)
    code, told = UNREADABLE, USAGE
    if len(files) == 1 and not files[0].startswith("-"):
        code, told = outcome(Path(files[0]), options["--checkpoint"], options["--key"])
    print(told)  # noqa: T201 - a program for the command line
    return code


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr] # a console without Chinese
    sys.exit(main(sys.argv[1:]))
