"""Throwing away what an import needed, once its time is over. What it wrote stays, and who imported what."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from dangwu.foundation.imports import keeping
from dangwu.foundation.imports.models import Batch, StagedRow, Undoing
from dangwu.foundation.imports.services.batches import DONE, forget_batch

KEPT = timedelta(days=30)
"""For so long after it was written, or handed in and never written, a batch can be looked at and undone."""


def forget_old_batches(*, now: datetime) -> int:
    """Throw away batches that nobody wrote, and the files, rows and journals of those that were written long ago; how
    many batches they were.
    """
    abandoned = list(Batch.objects.exclude(state__in=DONE).filter(opened_at__lt=now - KEPT))
    for batch in abandoned:
        forget_batch(batch)
    with_content = Exists(StagedRow.objects.filter(batch=OuterRef("pk"))) | Exists(
        Undoing.objects.filter(batch=OuterRef("pk"))
    )
    done = list(Batch.objects.filter(with_content, state__in=DONE, written_at__lt=now - KEPT))
    for batch in done:
        _forget_content(batch)
    keeping.forget_strays(set(Batch.objects.values_list("uid", flat=True)))
    return len(abandoned) + len(done)


@transaction.atomic
def _forget_content(batch: Batch) -> None:
    keeping.forget_file(batch)
    StagedRow.objects.filter(batch=batch).delete()
    Undoing.objects.filter(batch=batch).delete()
    batch.decisions, batch.told, batch.columns, batch.fixes = None, None, [], []
    batch.save(update_fields=["decisions", "told", "columns", "fixes"])
