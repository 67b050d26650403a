"""Opening a batch, deciding about it, writing it, taking it back."""

import base64
import json
import pickle
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from itertools import count, islice
from pathlib import Path
from typing import Any, NamedTuple

from django.db import transaction

from dangwu.foundation.actions import action, sum_up
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.foundation.imports import keeping
from dangwu.foundation.imports.decisions import Decisions
from dangwu.foundation.imports.kinds import Accepted, Into, Kind, Task
from dangwu.foundation.imports.models import Batch, StagedRow, Undoing
from dangwu.foundation.imports.queries import content_of, opened, remembered_columns
from dangwu.foundation.imports.remembering import remember_columns
from dangwu.foundation.imports.staging import Prepared, Staging, grouped, of_the_file, stage
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.scope import Scope
from dangwu.foundation.sealing.sealed import Sealed, seal
from dangwu.foundation.sheets.mapping import label_of
from dangwu.foundation.sheets.shapes import Fix, Sheet, UnreadableWorkbookError
from dangwu.foundation.undo.journals import TakenBack, journal, merged, read, take_back, written

CHUNK, TOLD_EACH = 1_000, 200
MANY = 5_000
State = Batch.State
DONE = (State.WRITTEN, State.UNDOING, State.UNDONE)
WRITTEN_STATES = (StagedRow.State.NEW, StagedRow.State.CHANGED)
READY = 0.3  # of the way
FAST = 1  # how hard rows are packed
STAGED = ("sheets", "head_rows", "columns", "fixes", "told", "counts", "state", "message")
Told = Callable[[str, float], None]


def may_import(*, by: Actor, kind: Kind, into: Into, on: date, **_: object) -> bool:
    """Whether the actor may bring such workbooks into this part of the tree."""
    return _lies_in(into.place, kind.keepers.reach(by, on))


def may_write(*, by: Actor, batch: Batch, kind: Kind, on: date, **_: object) -> bool:
    """Whether the batch is the actor's own, and he still may bring it in."""
    return batch.by_key == by.key and _lies_in(batch.place, kind.keepers.reach(by, on))


def may_undo(*, by: Actor, batch: Batch, kind: Kind, on: date, **_: object) -> bool:
    """Whether the actor keeps the part of the tree into which the batch went: he need not have written it himself."""
    return _lies_in(batch.place, kind.keepers.reach(by, on))


def _lies_in(place: str, scope: Scope) -> bool:
    """Whether a part of the tree lies in a scope; the whole of it does for nobody but those who see all of it."""
    return scope.covers(place) if place else scope.everywhere


@action("import.open", allow=may_import)
def open_batch(*, by: Actor, kind: Kind, path: Path, file: str, into: Into, now: datetime, on: date) -> Batch:
    """Keep a file, under its owner's name, that is to be brought in, until somebody decides about it."""
    batch = Batch(kind=kind.name, by_key=by.key, by_name=by.name, file=file, opened_at=now)
    batch.under, batch.place, batch.on = into.under, into.place, into.since
    keeping.keep_file(batch, path)
    batch.save()
    open_deed().about(batch, name=f"{kind.title}“{file}”", place=into.place)
    return batch


def stage_batch(*, by: Actor, batch: Batch, kind: Kind, told: Told | None = None) -> Batch:
    """Work out anew what a batch would do. One that cannot be read is refused, with the reason as its message."""
    tell = told or (lambda step, share: keeping.tell_progress(batch, step, share))
    is_kept = False
    while not is_kept:
        try:
            with keeping.opened_file(batch) as path:
                staging = stage(kind, task_of(by, batch, kind), path, told=tell)
        except UnreadableWorkbookError as refusal:
            return refuse_batch(batch, str(refusal))
        is_kept = keep_staging(batch, kind, staging)
        if not is_kept:
            batch.refresh_from_db()
    return batch


def refuse_batch(batch: Batch, message: str) -> Batch:
    """Say why a batch cannot be read; what is being written, or was, stays as it is."""
    batch.state, batch.message = State.REFUSED, message[:500]
    waiting = Batch.objects.filter(pk=batch.pk).exclude(state__in=(*DONE, State.WRITING))
    waiting.update(state=batch.state, message=batch.message)
    return batch


def task_of(by: Actor, batch: Batch, kind: Kind) -> Task:
    """What is brought in, with all that was decided, and what is remembered of its head."""
    return Task(by, batch.on, batch.under, decisions_of(batch), partial(remembered_columns, kind.name))


def decisions_of(batch: Batch) -> Decisions:
    """What was decided about a batch so far."""
    return Decisions.read(opened(batch, "decisions"))


@transaction.atomic
def decide(*, batch: Batch, sheet: str | None = None, **later: dict[str, Any]) -> Batch:
    """Keep further decisions, by the names of `Decisions`, beside those that were made meanwhile in another window; the
    batch is to be staged anew. Raises ObjectionError.
    """
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    if locked.state in {*DONE, State.WRITING}:
        raise ObjectionError("这个批次正在导入，或者已经导入、撤销，不能再改。")
    decisions = decisions_of(locked).and_also(sheet=sheet, **later)
    batch.decisions = _sealed(batch, "decisions", decisions.written)
    batch.save(update_fields=["decisions"])
    return batch


@transaction.atomic
def keep_staging(batch: Batch, kind: Kind, staging: Staging) -> bool:
    """Put what was worked out in the place of what stood there; False where more was decided meanwhile, so that it no
    longer holds. What is being written, or was, stays as it is.
    """
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    if locked.state in {*DONE, State.WRITING}:
        return True
    if locked.decisions != batch.decisions:
        return False
    sheet = kind.sheet(batch.on)
    batch.sheets = "、".join(staging.sheets)[: keeping_length(Batch, "sheets")]
    batch.head_rows = list(staging.head_rows)
    batch.columns = [
        {"column": c.letter, "head": c.head, "field": c.field or "", "confidence": round(c.confidence, 2)}
        for c in staging.columns
    ]
    batch.fixes = [_told_fix(fix, sheet) for fix in staging.fixes]
    groups = [*of_the_file(staging.problems, sheet), *grouped(staging.rows, sheet)]
    told = {"groups": groups, "samples": staging.samples}
    batch.told = _sealed(batch, "told", json.dumps(told, ensure_ascii=False, separators=(",", ":")))
    batch.counts = staging.counts
    batch.state, batch.message = State.STAGED, ""
    StagedRow.objects.filter(batch=batch).delete()
    rows = (_row(batch, place, row) for place, row in enumerate(staging.rows, 1))
    while chunk := list(islice(rows, CHUNK)):
        StagedRow.objects.bulk_create(chunk)
    batch.save(update_fields=STAGED)
    return True


def keeping_length(model: Any, name: str) -> int:  # noqa: ANN401 - any model
    """How many characters a column holds."""
    return int(model._meta.get_field(name).max_length)  # noqa: SLF001 - Django's own way


def _told_fix(fix: Fix, sheet: Sheet) -> dict[str, Any]:
    told = {"rule": fix.rule, "cells": fix.cells, "example": fix.example}
    return {**told, "field": fix.field, "column": fix.column, "label": label_of(sheet, fix.field)}


def _row(batch: Batch, place: int, row: Prepared) -> StagedRow:
    staged = StagedRow(batch=batch, place=place, sheet=row.sheet, number=row.number, state=row.state)
    staged.content = _sealed(staged, "content", row.text)
    return staged


# --- writing


class _RestagedError(Exception):
    """What was made ready is not what is staged by now."""


class _Ready(NamedTuple):
    """The rows of a batch, ready to be written, and which staging they are of. A thousand at a time they lie packed:
    tens of thousands would fill the memory.
    """

    pieces: deque[bytes]
    staged: str


def write_batch(
    *, by: Actor, batch: Batch, kind: Kind, now: datetime, on: date, told: Told = lambda _step, _share: None
) -> Batch:
    """Write all rows of a batch that would change something, or nothing at all. `told` gets a Chinese step and the
    share of the way. What can be made ready beforehand is, so that others wait as little as may be.

    Rows about which there is a doubt are left out. Raises ObjectionError where rows are in error, and OutdatedError
    where what they rest on has changed since.
    """
    while True:
        ready = _Ready(deque(), "")
        if may_write(by=by, batch=batch, kind=kind, on=on):
            refuse_unready(Batch.objects.get(pk=batch.pk))
            ready = _made_ready(by, batch, kind, told)
        with suppress(_RestagedError):
            return _write(by=by, batch=batch, kind=kind, now=now, on=on, ready=ready, told=told)


def _made_ready(by: Actor, batch: Batch, kind: Kind, told: Told) -> _Ready:
    """Unseal what is staged, and make of it what needs nothing that others write."""
    found = StagedRow.objects.filter(batch=batch, state__in=WRITTEN_STATES).order_by("place")
    staged, total = found.values_list("uid", flat=True).first() or "", found.count()
    rows, pieces = found.iterator(CHUNK), deque[bytes]()
    while chunk := [kind.prepare(_accepted(row)) for row in islice(rows, CHUNK)]:
        pieces.append(zlib.compress(pickle.dumps(chunk), FAST))
        told("正在准备", READY * len(pieces) * CHUNK / max(total, len(pieces) * CHUNK))
    return _Ready(pieces, staged)


def _accepted(row: StagedRow) -> Accepted:
    content = content_of(row)
    return Accepted(row.sheet, row.number, content["target"], content["draft"], content["basis"])


@action("import.write", allow=may_write)
def _write(*, by: Actor, batch: Batch, kind: Kind, now: datetime, on: date, ready: _Ready, told: Told) -> Batch:
    """Write what was made ready."""
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    refuse_unready(batch)
    first = StagedRow.objects.filter(batch=batch, state__in=WRITTEN_STATES).order_by("place").first()
    if first is None or first.uid != ready.staged:
        raise _RestagedError
    journals = _Journals(batch)
    kind.write(replace(task_of(by, batch, kind), written=journals.keep_if_many), _taken(ready.pieces, batch, told))
    journals.keep()
    remember_columns(kind.name, batch.columns)
    batch.state, batch.written_at, batch.message = State.WRITTEN, now, ""
    batch.save(update_fields=["state", "written_at", "message"])
    open_deed().about(batch, name=f"{kind.title}“{batch.file}”", place=batch.place)
    return batch


def _taken(pieces: deque[bytes], batch: Batch, told: Told) -> Iterator[Accepted]:
    """The rows one by one; those that were written are kept no longer."""
    done, total = 0, batch.counts["new"] + batch.counts["changed"]
    while pieces:
        for row in pickle.loads(zlib.decompress(pieces.popleft())):  # noqa: S301 - packed above, by this very process
            if not done % TOLD_EACH:
                told("正在写入", READY + (1 - READY) * done / total)
            done += 1
            yield row


def refuse_unready(batch: Batch) -> None:
    """Raise ObjectionError for a batch that cannot be written as it stands."""
    if not batch.is_open and batch.state != State.WRITING:
        raise ObjectionError("这个批次已经导入或者撤销，请查看它现在的状态。")
    if errors := batch.counts["error"]:
        raise ObjectionError(f"还有 {errors} 行有错误，没有导入任何内容。请先改正，或者选择不导入这些行。")
    if not batch.counts["new"] + batch.counts["changed"]:
        raise ObjectionError("没有要新增或者变更的内容，不需要导入。")


class _Journals:
    """Keeps what it takes to undo what the open deed does. Of very many rows it does so as they are written, and lets
    the audit sum them up, so that none is kept in memory.
    """

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self._places = count(1)

    def keep_if_many(self) -> None:
        if len(open_deed().changes) > MANY:
            self.keep()
            sum_up(open_deed())

    def keep(self) -> None:
        entries = iter(journal(open_deed().changes))
        while chunk := list(islice(entries, CHUNK)):
            piece = Undoing(batch=self._batch, place=next(self._places))
            piece.content = _sealed(piece, "content", _packed(written(chunk)))
            piece.save()


# --- taking back


@action("import.undo", allow=may_undo)
def undo_batch(*, by: Actor, batch: Batch, kind: Kind, now: datetime, on: date, leaving: bool = False) -> TakenBack:
    """Make everything that a batch wrote what it was before. Where somebody has built on it nothing is done, and the
    answer names what stands in the way; `leaving` those as they are, the rest is taken back.

    Raises ObjectionError for a batch that was not written.
    """
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.state not in {State.WRITTEN, State.UNDOING}:
        raise ObjectionError("这个批次没有导入，或者已经撤销过。")
    pieces = [opened(piece) for piece in Undoing.objects.filter(batch=batch).order_by("place")]
    if not pieces:
        raise ObjectionError("导入已超过三十天，撤销所需的内容已经清除，不能撤销。")
    entries = merged(entry for piece in pieces for entry in read(_unpacked(piece)))
    back = take_back(entries, leaving=leaving, check=kind.refuse_return)
    open_deed().about(batch, name=f"{kind.title}“{batch.file}”", place=batch.place)
    if back.rows or not back.obstacles:
        batch.state, batch.undone_at = State.UNDONE, now
        batch.save(update_fields=["state", "undone_at"])
    return back


def forget_batch(batch: Batch) -> None:
    """Throw away a batch with its file and everything staged; what it wrote stays."""
    keeping.forget_file(batch)
    batch.delete()


def _sealed(row: Any, column: str, text: str) -> Sealed:  # noqa: ANN401 - a row with a uid and a sealed column
    label = row._meta.get_field(column).label  # noqa: SLF001 - Django's own way
    return seal(text, owner=row.uid, field=label, findable=False)


def _packed(text: str) -> str:
    return base64.b64encode(zlib.compress(text.encode(), 3)).decode()


def _unpacked(text: str) -> str:
    return zlib.decompress(base64.b64decode(text)).decode()
