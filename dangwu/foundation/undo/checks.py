"""What is asked of every row before it stands again as it stood."""

from collections.abc import Callable

from django.db import models

Check = Callable[[models.Model], None]
"""Whether a row may stand again as it stood. Raises ObjectionError."""


def freely(_row: models.Model) -> None:
    """Ask nothing: the days of a line and the versions of the rows say enough."""
