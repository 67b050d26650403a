"""The log as a file that anybody can verify who has no access to the site. It holds no names and no reasons, and of
personal values only commitments.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Max, Min, Q, QuerySet
from django.utils import timezone

from dangwu.foundation.audit.canonical import moment
from dangwu.foundation.audit.chain import hash_algorithm
from dangwu.foundation.audit.keys import public_half, public_keys, signing_key
from dangwu.foundation.audit.models import AuditEntry, Checkpoint
from dangwu.foundation.audit.verify_audit import (
    ENTRY,
    FORMAT,
    HASH,
    LINE_END,
    START,
    VERSION,
    as_line,
    digest,
    end_text,
    key_id,
)
from dangwu.kernel.span import Span
from dangwu.kernel.tree_path import TreePath

CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Extent:
    """What part of the log: some days, a subtree. None is no limit."""

    span: Span | None = None
    subtree: TreePath | None = None

    def entries(self) -> QuerySet[AuditEntry]:
        """The entries of these days in their order, without gaps: a clock that was set back leaves none out."""
        entries = AuditEntry.objects.order_by("sequence")
        ends = entries.filter(during(self.span)).aggregate(first=Min("sequence"), last=Max("sequence"))
        return entries.filter(sequence__gte=ends["first"] or 1, sequence__lte=ends["last"] or 0)

    def shows(self, entry: AuditEntry) -> bool:
        """Whether the content of an entry is told; otherwise only its hash is."""
        return self.subtree is None or entry.place.startswith(self.subtree.text)


def during(span: Span | None) -> Q:
    """The condition that an entry was written on one of these days, as days begin and end here."""
    if span is None:
        return Q()
    return Q(at__gte=_midnight(span.start), at__lt=_midnight(span.end))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def export_lines(extent: Extent, at: datetime) -> Iterator[bytes]:
    """The lines of the file, one after the other; `verify_audit` tells the format. The whole is signed; `at` is now."""
    entries = extent.entries()
    export = _Export(extent, entries.first(), at)
    checkpoints = {checkpoint.sequence: checkpoint for checkpoint in Checkpoint.objects.all()}
    yield export.head_line
    yield from export.checkpoint(checkpoints)
    for entry in entries.iterator(CHUNK):
        yield export.entry(entry)
        yield from export.checkpoint(checkpoints)
    yield export.end()


class _Export:
    """What was written so far."""

    def __init__(self, extent: Extent, first: AuditEntry | None, at: datetime) -> None:
        self.extent = extent
        self.algorithm = hash_algorithm()
        self.sequence = first.sequence - 1 if first else 0
        self.hash = first.previous if first else START
        self.shown = 0
        self.checkpoint_lines: list[bytes] = []
        self.head_line = as_line({"head": self._head(at)})

    def _head(self, at: datetime) -> dict[str, Any]:
        span, subtree = self.extent.span, self.extent.subtree
        return {
            "algorithm": self.algorithm,
            "first": self.sequence + 1,
            "format": FORMAT,
            "keys": public_keys(),
            "made": moment(at),
            "place": str(subtree or ""),
            "previous": self.hash,
            "since": span and span.start.isoformat(),
            "until": span and span.end.isoformat(),
            "version": VERSION,
        }

    def entry(self, entry: AuditEntry) -> bytes:
        self.sequence, self.hash = entry.sequence, entry.hash
        if self.extent.shows(entry):
            self.shown += 1
            return ENTRY + entry.content.encode() + HASH + entry.hash.encode() + LINE_END
        left_out = {"algorithm": entry.algorithm, "digest": entry.digest, "sequence": entry.sequence}
        return as_line({"hash": entry.hash, "left_out": left_out})

    def checkpoint(self, checkpoints: Mapping[int, Checkpoint]) -> Iterator[bytes]:
        """The line of the checkpoint at the entry that was written last, where there is one."""
        if self.sequence in checkpoints:
            self.checkpoint_lines.append(as_line({"checkpoint": checkpoints[self.sequence].told()}))
            yield self.checkpoint_lines[-1]

    def end(self) -> bytes:
        key = signing_key()
        told: dict[str, Any] = {
            "checkpoints": digest(self.algorithm, b"".join(self.checkpoint_lines)),
            "entries": self.shown,
            "hash": self.hash,
            "head": digest(self.algorithm, self.head_line),
            "key": key_id(public_half(key)),
            "sequence": self.sequence,
        }
        return as_line({"end": {**told, "signature": key.sign(end_text(told).encode()).hex()}})
