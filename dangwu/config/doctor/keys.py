"""The keys of the site, and the passphrase of its backups."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings

from dangwu.config.doctor.findings import Finding, fault, warning, well
from dangwu.foundation.backup.passphrase import known_passphrase, passphrase_file
from dangwu.foundation.backup.refusals import BackupRefusal
from dangwu.foundation.sealing.fields import SealedField
from dangwu.foundation.sealing.inspection import indexes_fit, missing_keys
from dangwu.foundation.sealing.keys import KeysError

OTHERS = 0o077  # what nobody but the owner may do


def check_permissions(_at: datetime) -> Iterator[Finding]:
    """Folders and files that hold secrets are for their owner alone."""
    open_to_others = [path for path in _secret_paths() if os.name != "nt" and path.stat().st_mode & OTHERS]
    for path in open_to_others:
        wanted = "700" if path.is_dir() else "600"
        yield fault("密钥", f"{path} 能被本机其他用户读取", f"请运行 chmod {wanted} {path}")
    if not open_to_others:
        yield well("密钥", "密钥和数据文件夹只有本系统的用户能读")


def _secret_paths() -> Iterator[Path]:
    yield Path(settings.HOME)
    if settings.KEYS.is_dir():
        yield settings.KEYS
        yield from (path for path in settings.KEYS.rglob("*") if not path.is_symlink())


def check_seals(_at: datetime) -> Iterator[Finding]:
    """Everything that is sealed can be opened and found with the keys that are there."""
    if not any(settings.KEYS.glob("[0-9]*.json")):
        yield warning(
            "密钥", f"{settings.KEYS} 中还没有密钥", "新网站可以不管；若有过数据，请先从备份恢复密钥，再启动网站"
        )
        return
    try:
        yield from _seals()
    except KeysError as error:
        yield fault("密钥", str(error).rstrip("。"), "修好之前请不要启动网站")


def _seals() -> Iterator[Finding]:
    fields = [
        field
        for model in apps.get_models()
        for field in model._meta.get_fields()  # noqa: SLF001 - Django's own way
        if isinstance(field, SealedField)
    ]
    missing = missing_keys(fields)
    if missing:
        ids = "、".join(key.hex() for key in missing)
        text = f"缺少编号为 {ids} 的密钥，{sum(missing.values())} 项加密内容打不开"
        yield fault("密钥", text, f"请从密钥备份把它放回 {settings.KEYS}")
    elif not all(map(indexes_fit, fields)):
        yield fault("密钥", "索引密钥不是当初那一把，按号码查不到人", f"请从备份恢复 {settings.KEYS} 中的索引密钥")
    else:
        yield well("密钥", "加密的内容都能打开")


def check_passphrase(_at: datetime) -> Iterator[Finding]:
    """There is a passphrase for backups, and people know that it must lie elsewhere too."""
    try:
        known = known_passphrase()
    except BackupRefusal as refusal:
        yield fault("备份口令", str(refusal).rstrip("。"), "旧备份仍要用旧口令打开，请一并保管")
        return
    if known is None:
        yield warning("备份口令", "还没有备份口令", "请运行 dangwu backup，会自动生成")
    elif os.environ.get("DANGWU_BACKUP_PASSPHRASE"):
        yield well("备份口令", "由环境变量给出")
    else:
        yield well("备份口令", f"存在 {passphrase_file()}；请确认别处另有一份，没有它备份打不开")
