"""Reading and writing batches: at once where they are small, in the background where they are big."""

from contextlib import suppress
from typing import Any

from django.utils import timezone
from django_tasks import task

from dangwu.access.models import Account
from dangwu.access.scoping import AccountActor
from dangwu.foundation.actors import Actor, CommandLine
from dangwu.foundation.background import impersonal
from dangwu.foundation.imports import keeping
from dangwu.foundation.imports.kinds import OutdatedError
from dangwu.foundation.imports.models import Batch
from dangwu.foundation.imports.services.batches import refuse_batch, stage_batch, undo_batch, write_batch
from dangwu.foundation.objections import ObjectionError, RefusedError
from dangwu.foundation.undo.journals import TakenBack
from dangwu.workbench.imports.kinds import KINDS
from dangwu.workbench.imports.obstacles import named_obstacles
from dangwu.workbench.imports.wording import few

AT_ONCE = 3_000  # rows that are read and written within a second or two
State = Batch.State
BROKEN_OFF = "读取中途出错，没有导入任何内容。请重试；仍然出错的，请把日志交给管理员。"
OBSTRUCTED = "没有撤销：导入以后，"
INTERRUPTED = "撤销没有做完，什么都没有改动，请再撤销一次。"
NOT_WRITTEN = "导入中途出错，没有写入任何内容。请重试；仍然出错的，请把日志交给管理员。"


@task()
@impersonal
def read(batch_id: int) -> None:
    """Read a batch that waits; one that is read already, or was thrown away, is left alone."""
    taken = Batch.objects.filter(pk=batch_id, state=State.WAITING).update(state=State.READING)
    if taken:
        read_now(Batch.objects.get(pk=batch_id))


@task()
@impersonal
def write(batch_id: int) -> None:
    """Write a batch that somebody confirmed."""
    batch = Batch.objects.filter(pk=batch_id, state=State.WRITING).first()
    if batch:
        write_now(batch, told=lambda step, share: keeping.tell_progress(batch, step, share))


@task()
@impersonal
def undo(batch_id: int, key: str, *, leaving: bool) -> None:
    """Take back a batch for whoever asked for it; what was in the way stands on its page."""
    batch = Batch.objects.filter(pk=batch_id, state=State.UNDOING).first()
    if batch:
        with suppress(ObjectionError, RefusedError):
            undo_now(batch, actor_with(key), leaving=leaving)


def resume() -> None:
    """Queue again what a stopped worker left half way; call it before a worker starts. Nothing that was half undone is
    undone: whoever wants it asks again.
    """
    for batch in Batch.objects.filter(state=State.READING):
        _move(batch, State.READING, State.WAITING)
        read.enqueue(batch.pk)
    for batch in Batch.objects.filter(state=State.WRITING):
        write.enqueue(batch.pk)
    for batch in Batch.objects.filter(state=State.UNDOING):
        _move(batch, State.UNDOING, State.WRITTEN, INTERRUPTED)


def read_again(batch: Batch, rows: int) -> None:
    """Have a batch of so many rows read, after something was decided about it or for the first time."""
    if rows <= AT_ONCE:
        read_now(batch)
    elif any(_move(batch, state, State.WAITING) for state in (State.STAGED, State.REFUSED, State.WAITING)):
        read.enqueue(batch.pk)


def read_now(batch: Batch) -> None:
    """Read a batch in the name of whoever brings it in."""
    try:
        stage_batch(by=opener_of(batch), batch=batch, kind=KINDS[batch.kind])
    except Exception:
        refuse_batch(batch, BROKEN_OFF)
        raise


def write_confirmed(batch: Batch) -> None:
    """Write a batch that was confirmed just now."""
    if batch.counts["rows"] <= AT_ONCE:
        write_now(batch)
    elif _move(batch, State.STAGED, State.WRITING):
        write.enqueue(batch.pk)


def write_now(batch: Batch, **how: Any) -> None:  # noqa: ANN401 - what `write_batch` takes
    """Write a batch in the name of whoever brings it in. What is in the way stands on its page afterwards; where others
    changed what it rests on, it is read anew.
    """
    now = timezone.now()
    on = timezone.localdate(now)
    try:
        write_batch(by=opener_of(batch), batch=batch, kind=KINDS[batch.kind], now=now, on=on, **how)
    except OutdatedError as objection:
        _not_written(batch, "")
        read_now(batch)
        _not_written(batch, objection.message)
    except (ObjectionError, RefusedError) as objection:
        _not_written(batch, str(objection))
    except Exception:
        _not_written(batch, NOT_WRITTEN)
        raise


def undo_asked(batch: Batch, by: Actor, *, leaving: bool) -> TakenBack | None:
    """Take a batch back for whoever asks, at once or in the background; what stands in the way, where that is known."""
    if batch.counts["new"] + batch.counts["changed"] <= AT_ONCE:
        return undo_now(batch, by, leaving=leaving)
    if _move(batch, State.WRITTEN, State.UNDOING):
        undo.enqueue(batch.pk, by.key, leaving=leaving)
    return None


def undo_now(batch: Batch, by: Actor, *, leaving: bool) -> TakenBack:
    """Take a batch back. Where something stands in the way it stays as it is, and its page names that. Raises
    ObjectionError, RefusedError.
    """
    now = timezone.now()
    on = timezone.localdate(now)
    try:
        back = undo_batch(by=by, batch=batch, kind=KINDS[batch.kind], now=now, on=on, leaving=leaving)
    except (ObjectionError, RefusedError) as objection:
        _move(batch, State.UNDOING, State.WRITTEN, str(objection))
        raise
    except Exception:
        _move(batch, State.UNDOING, State.WRITTEN, INTERRUPTED)
        raise
    names = named_obstacles(back.obstacles)
    kept = f"；{few(names)}之后又有变动，保持不动" if names else "，与导入以前完全一样"
    if not _move(batch, State.UNDONE, State.UNDONE, f"恢复 {back.rows} 条记录{kept}。"):
        told = f"{OBSTRUCTED}{few(names)}的登记又有变动。可以只撤销其余的。"
        any(_move(batch, state, State.WRITTEN, told) for state in (State.UNDOING, State.WRITTEN))
    return back


def opener_of(batch: Batch) -> Actor:
    """Whoever brings it in."""
    return actor_with(batch.by_key)


def actor_with(key: str) -> Actor:
    """Whoever bears a key."""
    kind, _, word = key.partition(":")
    if kind == "account":
        return AccountActor(Account.objects.get(pk=word), timezone.localdate())
    return CommandLine(word)


def _not_written(batch: Batch, message: str) -> None:
    """Let a batch wait again, with what was in the way; one that somebody else wrote meanwhile is left alone."""
    any(_move(batch, state, State.STAGED, message) for state in (State.WRITING, State.STAGED))


def _move(batch: Batch, was: str, state: str, message: str = "") -> bool:
    """Bring a batch from one state into another; False where it is not in the first by now."""
    moved = Batch.objects.filter(pk=batch.pk, state=was).update(state=state, message=message[:500])
    return bool(moved)
