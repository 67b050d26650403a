"""How far a backup or a restore is."""

from collections.abc import Callable

Progress = Callable[[str, int], None]  # what is being done, and how much of it in per cent


def in_silence(_step: str, _percent: int) -> None:
    """Tell nobody."""
