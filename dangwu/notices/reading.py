"""That one has seen a notice. It is kept for nobody but the recipient, so that he finds what is new to him: no action,
no line in the audit, and no page on which anybody else could see when he was here.
"""

from datetime import datetime

from dangwu.notices.models import Delivery


def note_read(delivery: Delivery, now: datetime) -> None:
    """Note it the first time."""
    Delivery.objects.filter(pk=delivery.pk, read_at=None).update(read_at=now)
