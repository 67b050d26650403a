"""The kinds of activity of this installation, read once for as long as the site runs."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from dangwu.records.kinds import ActivityKinds, load_activity_kinds


def activity_kinds() -> ActivityKinds:
    """Every kind of activity that the rulebook declares. Raises RulebookError."""
    return _read(Path(settings.RULEBOOK) / "activities")


@lru_cache(maxsize=2)
def _read(directory: Path) -> ActivityKinds:
    return load_activity_kinds(directory)
