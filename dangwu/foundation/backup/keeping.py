"""Which backups a site keeps."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

KEPT = 14  # unless DANGWU_BACKUP_KEEP says otherwise
PATTERN = "dangwu-*.backup"


def backups_folder() -> Path:
    """The folder of backups, made where there is none."""
    folder = Path(settings.HOME) / "backups"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def name_at(at: datetime) -> str:
    """The name of a backup: they sort by their age."""
    return f"dangwu-{timezone.localtime(at):%Y%m%d-%H%M%S}.backup"


def backups() -> list[Path]:
    """The backups in the folder, the newest first."""
    return sorted((path for path in backups_folder().glob(PATTERN) if path.is_file()), reverse=True)


def forget_old(kept: int) -> list[Path]:
    """Delete all but so many of the newest, at least one; returns what was deleted."""
    old = backups()[max(kept, 1) :]
    for path in old:
        path.unlink(missing_ok=True)
    return old
