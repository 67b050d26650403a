"""Letting time go by: for `dangwu tick`, and for the process that watches over a running site."""

import logging
import time

from django.db import DatabaseError, connections
from django.utils import timezone

LOG = logging.getLogger("dangwu.tick")
MINUTE = 60  # seconds


def tick_now() -> list[str]:
    """Run what is due; the names of what came to its end. Nothing where the database does not answer: the next minute
    tries again.
    """
    from dangwu.foundation.ticking import tick  # noqa: PLC0415 - models are ready only after the set-up

    try:
        return tick(timezone.now())
    except DatabaseError:
        LOG.exception("nothing could be done by itself")
        connections.close_all()
        return []


class Minutes:
    """Ticks once a minute, however often it is asked."""

    def __init__(self) -> None:
        self._next = time.monotonic()

    def pass_by(self) -> None:
        """Tick where a minute has passed."""
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + MINUTE
            tick_now()
