"""Signed statements of where the log stood. Printed at the foot of reports they are out of the operator's reach."""

from datetime import datetime, timedelta

from django.db import transaction

from dangwu.foundation.audit.chain import HEAD, lock_head
from dangwu.foundation.audit.keys import public_half, signing_key
from dangwu.foundation.audit.models import ChainHead, Checkpoint
from dangwu.foundation.audit.verify_audit import checkpoint_text, key_id

INTERVAL = timedelta(days=1)
ENTRIES = 1000
"""After so many entries a checkpoint is due, or after the interval where there is any."""


def checkpoint_now(at: datetime) -> Checkpoint | None:
    """Sign the log as it stands; the checkpoint there is, where nothing was added since; None for an empty log."""
    with transaction.atomic():
        head = lock_head()
        if head.sequence == head.checkpoint:
            return last_checkpoint()
        checkpoint = _signed(head, at)
        checkpoint.save()
        ChainHead.objects.filter(pk=HEAD).update(checkpoint=checkpoint.sequence)
    return checkpoint


def last_checkpoint() -> Checkpoint | None:
    """The newest; `str()` of it is what a report prints."""
    return Checkpoint.objects.order_by("-sequence").first()


def audit_footer() -> str:
    """What a report shows at its foot: the last checkpoint, or nothing where there is none yet."""
    last = last_checkpoint()
    return str(last) if last else ""


def is_due(at: datetime) -> bool:
    """Whether so much was added, or so much time has passed, that the log wants a checkpoint. Asks without locking."""
    head, last = ChainHead.objects.filter(pk=HEAD).first(), last_checkpoint()
    if head is None or head.sequence == head.checkpoint:
        return False
    return last is None or head.sequence - last.sequence >= ENTRIES or at - last.at >= INTERVAL


def _signed(head: ChainHead, at: datetime) -> Checkpoint:
    key = signing_key()
    checkpoint = Checkpoint(
        sequence=head.sequence, hash=head.hash, at=at, previous=head.checkpoint, key=key_id(public_half(key))
    )
    checkpoint.signature = key.sign(checkpoint_text(checkpoint.told()).encode()).hex()
    return checkpoint
