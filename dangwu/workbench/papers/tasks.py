"""Archives are packed in the background; what lies on the disk of them goes after a week."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from dangwu.foundation.background import impersonal
from dangwu.records.paper_models import Bundle
from dangwu.workbench.papers.bundling import Progress, pack
from dangwu.workbench.papers.offered import offer_named

KEPT = timedelta(days=7)
State = Bundle.State


@task()
@impersonal
def pack_bundle(bundle_id: int) -> None:
    """Pack an archive that waits; one that is packed already is left alone."""
    if Bundle.objects.filter(pk=bundle_id, state=State.WAITING).update(state=State.PACKING):
        pack_now(Bundle.objects.get(pk=bundle_id))


def pack_now(bundle: Bundle) -> None:
    """Pack it; where that breaks off, its page says so."""
    mine = Bundle.objects.filter(pk=bundle.pk)
    try:
        _pack(bundle, lambda done, total: mine.update(done=done, total=total))
    except Exception:
        mine.update(state=State.FAILED)
        raise
    mine.update(state=State.READY)


def _pack(bundle: Bundle, progress: Progress) -> None:
    target, day = file_of(bundle), timezone.localdate(bundle.asked_at)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = target.with_suffix(".new")
    order = offer_named(bundle.paper), bundle.suffix
    pack(bundle.path, bundle.year, order, fresh, today=day, progress=progress)
    fresh.chmod(0o600)
    fresh.replace(target)


def resume() -> None:
    """Queue again what a stopped worker left half way; call it before a worker starts."""
    for bundle in Bundle.objects.filter(state=State.PACKING):
        Bundle.objects.filter(pk=bundle.pk).update(state=State.WAITING)
        pack_bundle.enqueue(bundle.pk)


def file_of(bundle: Bundle) -> Path:
    """Where the archive lies."""
    return Path(settings.HOME) / "ledgers" / f"{bundle.uid}.zip"


def forget_old_bundles(now: datetime) -> int:
    """Throw away archives that are older than a week; how many."""
    old = list(Bundle.objects.filter(asked_at__lt=now - KEPT))
    for bundle in old:
        file_of(bundle).unlink(missing_ok=True)
        bundle.delete()
    return len(old)
