"""All checks, one after the other; one that fails is a finding too."""

from collections.abc import Iterator
from datetime import datetime

from dangwu.config.doctor.databases import check_database, check_search
from dangwu.config.doctor.findings import Check, Finding, fault
from dangwu.config.doctor.keys import check_passphrase, check_permissions, check_seals
from dangwu.config.doctor.machine import check_backups, check_clock, check_disk, check_files
from dangwu.config.doctor.running import (
    check_administrators,
    check_holidays,
    check_rulebook,
    check_settings,
    check_sign_on,
    check_static_files,
    check_worker,
)

CHECKS: tuple[tuple[str, Check], ...] = (
    ("数据库", check_database),
    ("搜索", check_search),
    ("密钥", check_permissions),
    ("密钥", check_seals),
    ("备份口令", check_passphrase),
    ("备份", check_backups),
    ("时钟", check_clock),
    ("磁盘", check_disk),
    ("附件", check_files),
    ("设置", check_settings),
    ("管理员", check_administrators),
    ("单点登录", check_sign_on),
    ("后台任务", check_worker),
    ("页面文件", check_static_files),
    ("规则库", check_rulebook),
    ("放假安排", check_holidays),
)


def examination(at: datetime, checks: tuple[tuple[str, Check], ...] = CHECKS) -> Iterator[Finding]:
    for subject, check in checks:
        try:
            yield from check(at)
        except Exception as error:  # noqa: BLE001 - the report goes on, whatever is broken
            text = f"这一项没能检查（{type(error).__name__}）"
            yield fault(subject, text, "请先处理上面的问题，再运行一次")
