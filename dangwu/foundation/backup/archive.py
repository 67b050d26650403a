"""What is inside a backup: lines of JSON, so that any language can read it in twenty years.

{"format": 1, "product": …, "made_at": …, "engine": …, "migrations": [[app, name], …]}
{"kind": "table", "name": …, "columns": [...], "last_key": …}   then lines of rows, each a list of rows
{"count": …, "sha256": …}                           over the lines since the part began
…                                                   likewise {"kind": "file"}, then lines of base64
{"parts": [{"kind", "name", "count", "sha256"}, …]}
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from dangwu.foundation.backup.refusals import DamagedError
from dangwu.foundation.backup.sealing import INCOMPLETE, opened

Kind = Literal["table", "file"]
Entries = list[Any]


class Shape(BaseModel):
    """A line that is not content."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Head(Shape):
    """What a backup says of itself before its parts. `made_at` is in ISO format, with its time zone."""

    format: Literal[1] = 1
    product: str
    made_at: str
    engine: str
    migrations: tuple[tuple[str, str], ...]


class Opening(Shape):
    """The beginning of a part. `last_key` is the highest key that the database ever gave to a row of the table."""

    kind: Kind
    name: str
    columns: tuple[str, ...] = ()
    last_key: int | None = None


class Closing(Shape):
    """The end of a part: how many rows or bytes, and the digest of its lines."""

    count: int
    sha256: str


class Part(Closing):
    """A part as the list at the end tells it."""

    kind: Kind
    name: str


class Contents(Shape):
    """The list of all parts, in their order."""

    parts: tuple[Part, ...]


class Manifest(Shape):
    """What a backup holds, once all of it has been read and found right."""

    head: Head
    parts: tuple[Part, ...]

    def rows(self) -> dict[str, int]:
        """How many rows each table has."""
        return {part.name: part.count for part in self.parts if part.kind == "table"}


class Sink(Protocol):
    """Where an archive is written to."""

    def write(self, content: bytes) -> None:
        """Take more."""


class ArchiveWriter:
    """Writes parts one after the other, from entries that come in batches."""

    def __init__(self, sink: Sink, head: Head) -> None:
        """Begin with the head."""
        self._sink = sink
        self._head = head
        self._parts: list[Part] = []
        self._put(head)

    def add(self, opening: Opening, batches: Iterable[Entries]) -> None:
        """Write a part. The entries of a table count as rows, those of a file as bytes of what they encode."""
        digest, count = hashlib.sha256(), 0
        self._put(opening)
        for batch in batches:
            line = json.dumps(batch, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            digest.update(line)
            self._sink.write(line)
            count += _weight(opening.kind, batch)
        part = Part(kind=opening.kind, name=opening.name, count=count, sha256=digest.hexdigest())
        self._put(Closing(count=part.count, sha256=part.sha256))
        self._parts.append(part)

    def finish(self) -> Manifest:
        """Write the list of parts."""
        self._put(Contents(parts=tuple(self._parts)))
        return Manifest(head=self._head, parts=tuple(self._parts))

    def _put(self, shape: Shape) -> None:
        self._sink.write(shape.model_dump_json().encode() + b"\n")


def _weight(kind: Kind, batch: Entries) -> int:
    return len(batch) if kind == "table" else sum(len(text) * 3 // 4 - text[-2:].count("=") for text in batch)


S = TypeVar("S", bound=Shape)


class Archive:
    """Reads a backup from its beginning to its end. Every method raises DamagedError where it does not add up."""

    def __init__(self, path: Path, passphrase: str) -> None:
        """Read the head. Raises a BackupRefusal where the file cannot be opened with this passphrase, OSError."""
        self._lines = _lines(opened(path, passphrase))
        self.head = self._next(Head)
        self.manifest: Manifest | None = None

    def parts(self) -> Iterator[tuple[Opening, Iterator[Entries]]]:
        """Each part with its entries, which must be taken before the next part; `manifest` is known after the last."""
        seen: list[Part] = []
        line = self._line()
        while not line.startswith(b'{"parts"'):
            opening = _shaped(Opening, line)
            yield opening, self._entries(opening, seen)
            line = self._line()
        if _shaped(Contents, line).parts != tuple(seen) or next(self._lines, None) is not None:
            raise DamagedError("备份文件的目录与内容对不上，不能使用。请换一份备份。")
        self.manifest = Manifest(head=self.head, parts=tuple(seen))

    def _entries(self, opening: Opening, seen: list[Part]) -> Iterator[Entries]:
        digest, count = hashlib.sha256(), 0
        while (line := self._line()).startswith(b"["):
            digest.update(line + b"\n")
            batch = _batch(line)
            count += _weight(opening.kind, batch)
            yield batch
        read = Closing(count=count, sha256=digest.hexdigest())
        if _shaped(Closing, line) != read:
            raise DamagedError(f"备份文件中“{opening.name}”的内容与所记的数目或摘要不符，不能使用。请换一份备份。")
        seen.append(Part(kind=opening.kind, name=opening.name, **read.model_dump()))

    def _line(self) -> bytes:
        line = next(self._lines, None)
        if line is None:
            raise DamagedError(INCOMPLETE)
        return line

    def _next(self, shape: type[S]) -> S:
        return _shaped(shape, self._line())


def verified(path: Path, passphrase: str) -> Manifest:
    """What a backup holds, after reading every byte of it. Raises a BackupRefusal, OSError."""
    archive = Archive(path, passphrase)
    for _, batches in archive.parts():
        for _batch in batches:
            pass
    assert archive.manifest
    return archive.manifest


def _lines(blocks: Iterator[bytes]) -> Iterator[bytes]:
    rest: list[bytes] = []
    for block in blocks:
        first, *others = block.split(b"\n")
        rest.append(first)
        for piece in others:
            yield b"".join(rest)
            rest = [piece]
    if any(rest):
        raise DamagedError(INCOMPLETE)


def _batch(line: bytes) -> Entries:
    try:
        return list(json.loads(line))
    except ValueError:
        raise DamagedError("备份文件的内容不合格式，不能使用。请换一份备份。") from None


def _shaped(shape: type[S], line: bytes) -> S:
    try:
        return shape.model_validate_json(line)
    except ValidationError:
        raise DamagedError("备份文件的内容不合格式，不能使用。请换一份备份。") from None
