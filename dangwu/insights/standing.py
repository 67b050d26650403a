"""The figures of this installation, read once for as long as the site runs."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from dangwu.insights.figures import Figures, load_figures
from dangwu.records.standing import activity_kinds


def declared_figures() -> Figures:
    """Every figure that the rulebook declares. Raises RulebookError."""
    return _read(Path(settings.RULEBOOK) / "statistics")


@lru_cache(maxsize=2)
def _read(directory: Path) -> Figures:
    return load_figures(directory, activity_kinds())
