"""What the audit tells of backups: they carry everything away, and a restore takes back what was done since."""

from datetime import datetime

from django.utils import timezone

from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed


def _administers_the_system(*, by: Actor, **_: object) -> bool:
    return by.holds("system")


@action("backup.take", allow=_administers_the_system)
def note_backup(*, by: Actor, at: datetime, rows: int) -> None:  # noqa: ARG001 - the action tells who
    """Note that a backup was taken at that moment."""
    open_deed().reason = f"{_moment(at)} 的备份，共 {rows} 行"


@action("backup.restore", allow=_administers_the_system)
def note_restored(*, by: Actor, made_at: datetime) -> None:  # noqa: ARG001 - the action tells who
    """Note that the database is from now on as that backup told it."""
    open_deed().reason = f"恢复为 {_moment(made_at)} 的备份；此后的记录以备份为准"


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y年%m月%d日 %H:%M}"
