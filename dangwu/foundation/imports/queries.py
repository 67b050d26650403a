"""Reading batches and what they would do."""

import json
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from typing import Any

from django.db.models import Q, QuerySet

from dangwu.foundation.actors import Actor
from dangwu.foundation.imports.keepers import Keepers
from dangwu.foundation.imports.kinds import Kind
from dangwu.foundation.imports.models import Batch, RememberedHead, StagedRow, Undoing
from dangwu.foundation.sealing.sealed import Sealed, unlogged
from dangwu.foundation.sheets.amending import Heads

OWN = "what somebody handed in himself is shown to him"


def batches_for(actor: Actor, kinds: Iterable[Kind], on: date) -> QuerySet[Batch]:
    """The batches that somebody opened, and those that were written where he may bring in such workbooks."""
    seen = Q(by_key=actor.key)
    written = Q(state__in=(Batch.State.WRITTEN, Batch.State.UNDOING, Batch.State.UNDONE))
    for keepers, names in _by_keepers(kinds).items():
        scope = keepers.reach(actor, on)
        if not scope.is_nothing:
            seen |= written & Q(kind__in=names) & (Q() if scope.everywhere else scope.paths("place"))
    return Batch.objects.filter(seen).order_by("-opened_at")


def _by_keepers(kinds: Iterable[Kind]) -> dict[Keepers, list[str]]:
    found: dict[Keepers, list[str]] = {}
    for kind in kinds:
        found.setdefault(kind.keepers, []).append(kind.name)
    return found


def rows_of(batch: Batch, state: str = "") -> QuerySet[StagedRow]:
    """The rows of a batch in the order of the file, or only those of one state."""
    rows = StagedRow.objects.filter(batch=batch).order_by("place")
    return rows.filter(state=state) if state else rows


def content_of(row: StagedRow) -> dict[str, Any]:
    """What a row would do."""
    content: dict[str, Any] = json.loads(opened(row))
    return content


def groups_of(batch: Batch) -> list[dict[str, Any]]:
    """The problems of a batch by what repairs them."""
    return list(_told_of(batch).get("groups", ()))


def samples_of(batch: Batch) -> dict[str, list[str]]:
    """Some texts of each column of its file, by the letter."""
    return dict(_told_of(batch).get("samples", {}))


def _told_of(batch: Batch) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(opened(batch, "told") or "{}")
    return told


def opened(row: Batch | StagedRow | Undoing, column: str = "content") -> str:
    """A sealed column of a batch; empty where nothing is kept."""
    sealed: Sealed | None = getattr(row, column)
    with unlogged("what somebody handed in himself is read for him alone, and is nobody's record"):
        return sealed.open(OWN) if sealed else ""


def remembered_columns(kind: str, heads: Heads) -> dict[str, str]:
    """For which fields the columns under such a head were taken before, by their letters."""
    kept = RememberedHead.objects.filter(kind=kind, digest=head_digest(heads)).first()
    return dict(kept.columns) if kept else {}


def head_digest(heads: Heads) -> str:
    """What tells one head from another: the texts of its columns and where they stand."""
    return sha256(json.dumps(heads, ensure_ascii=False).encode()).hexdigest()
