"""The machine: its clock, its disk, and the age of the last backup."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from dangwu.config.doctor.findings import Finding, fault, warning, well
from dangwu.config.troubles import trouble_of
from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.backup.keeping import backups
from dangwu.foundation.files.storing import lost

YEARS = range(2026, 2100)
SLACK = timedelta(minutes=5)  # by which a clock may have been set back without anybody noticing
DAILY, WEEKLY = timedelta(hours=26), timedelta(days=7)  # a daily backup may take its time
GIB = 1024**3
LITTLE, TOO_LITTLE = 5 * GIB, GIB  # bytes left on the disk


def check_clock(at: datetime) -> Iterator[Finding]:
    """The year can be true, time has not gone back, and the zone is China's."""
    now = timezone.localtime(at)
    newest = AuditEntry.objects.aggregate(newest=Max("at"))["newest"]
    if now.year not in YEARS:
        yield fault("时钟", f"机器时间是 {now:%Y-%m-%d %H:%M}，不可信", "请校准时间；在此之前不要办理有期限的事项")
    elif newest and newest > at + SLACK:
        told = f"{timezone.localtime(newest):%Y-%m-%d %H:%M}"
        yield fault("时钟", f"机器时间是 {now:%Y-%m-%d %H:%M}，早于最近一次操作的 {told}", "时间被拨回过，请校准时间")
    elif now.utcoffset() != timedelta(hours=8):
        yield warning(
            "时钟", f"时区是 {settings.TIME_ZONE}，不是北京时间", "请把时区改为 Asia/Shanghai，否则日期可能差一天"
        )
    else:
        yield well("时钟", f"{now:%Y-%m-%d %H:%M}，北京时间")


def check_backups(at: datetime) -> Iterator[Finding]:
    """The last backup is not older than a day."""
    found = backups()
    if not found:
        yield warning("备份", "还没有备份", "请运行 dangwu backup，并设成每天自动运行")
        return
    age = at - datetime.fromtimestamp(found[0].stat().st_mtime, UTC)
    told = f"最近一份是 {found[0].name}，共 {len(found)} 份"
    if age > WEEKLY:
        yield fault("备份", f"{told}，已超过 {age.days} 天", "请立即运行 dangwu backup，并查明自动备份为什么停了")
    elif age > DAILY:
        yield warning("备份", f"{told}，已超过一天", "请运行 dangwu backup，并检查自动备份")
    else:
        yield well("备份", f"{told}；请确认别的机器上也有一份")


def check_files(_at: datetime) -> Iterator[Finding]:
    """Every file that belongs to an activity lies where it should."""
    if missing := lost():
        yield fault("附件", f"有 {len(missing)} 个附件在磁盘上找不到", f"请从备份恢复 {settings.MEDIA_ROOT}")
    else:
        yield well("附件", "保存的附件都在")


def check_disk(_at: datetime) -> Iterator[Finding]:
    """The folder of the site takes files, and there is room for many more."""
    try:
        with tempfile.TemporaryFile(dir=settings.HOME) as file:
            file.write(bytes(4096))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        yield fault("磁盘", f"{settings.HOME} 写不进去", trouble_of(error))
        return
    free = shutil.disk_usage(settings.HOME).free
    told = f"{settings.HOME} 可写，还剩 {free / GIB:.1f} GB"
    if free < TOO_LITTLE:
        yield fault("磁盘", told, "空间就要用完，请立即清理或扩容")
    elif free < max(LITTLE, 3 * _size_of_backup()):
        yield warning("磁盘", told, "空间不多了，请安排清理或扩容")
    else:
        yield well("磁盘", told)


def _size_of_backup() -> int:
    return sum(path.stat().st_size for path in backups()[:1])
