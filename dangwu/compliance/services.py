"""Opening a check, performing it, throwing it away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dangwu.compliance.models import Check, Workbook


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A workbook handed in: what for, where the file lies now, and the name its owner gave it."""

    role: Workbook.Role
    path: Path
    name: str


def open_check(*, workbooks: Sequence[HandedIn], on: date, since: date, packs: Sequence[str]) -> Check:
    """Keep the check and its workbooks until it is performed. `since` and `on` are both inclusive."""
    raise NotImplementedError


def discard_check(*, check: Check) -> None:
    """Delete a check with everything that was read for it."""
    check.unit.delete()
