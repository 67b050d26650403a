"""The database: whether it answers, is whole, keeps what it acknowledged, and fits the program."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection

from dangwu.config.doctor.findings import Finding, fault, warning, well
from dangwu.config.health import pending_migrations
from dangwu.foundation.search.rebuilding import faults

SUBJECT = "数据库"
FULL = 2  # SQLite's name for: on disk before it is acknowledged
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL", "mysql": "MySQL 兼容"}


def check_database(_at: datetime) -> Iterator[Finding]:
    """Reach the database and look at it as its kind needs."""
    if _is_missing():
        yield fault(
            SUBJECT, f"找不到 {connection.settings_dict['NAME']}", "新网站请用 dangwu run 启动；原有数据请从备份恢复"
        )
        return
    try:
        connection.ensure_connection()
        yield well(SUBJECT, f"能连上，{NAMES.get(connection.vendor, connection.vendor)} {_version()}")
        if connection.vendor == "sqlite":
            yield from _sqlite()
        elif connection.vendor == "postgresql":
            yield from _postgresql()
        yield from _migrations()
    except DatabaseError:
        yield fault(SUBJECT, "连不上或读不了", "请检查数据库是否在运行、DANGWU_DATABASE_URL 是否写对、文件权限是否正确")


def check_search(_at: datetime) -> Iterator[Finding]:
    """The search box finds what there is."""
    if wrong := faults():
        told = "、".join(f"{title} {number} 条" for title, number in wrong.items())
        yield warning("搜索", f"检索内容与记录对不上：{told}", "请运行 dangwu reindex；仍有问题时加上 --afresh")
    else:
        yield well("搜索", "检索内容与记录一致")


def _is_missing() -> bool:
    """A look at SQLite must not leave an empty file behind."""
    return connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).is_file()


def _version() -> str:
    return ".".join(map(str, connection.get_database_version()))


def _sqlite() -> Iterator[Finding]:
    broken = _asked("PRAGMA quick_check(1)") != "ok" or _asked("PRAGMA foreign_key_check") is not None
    if broken:
        yield fault(
            SUBJECT, "文件已损坏或记录互相对不上", "请停下网站，保留现有文件，用 dangwu restore 从最近的备份恢复"
        )
    else:
        yield well(SUBJECT, "文件完好，记录互相对得上")
    if _asked("PRAGMA journal_mode") != "wal" or _asked("PRAGMA synchronous") != FULL:
        yield warning(SUBJECT, "没有按“写完才算数”的方式运行，断电时可能丢失最近的记录", "请恢复程序自带的数据库设置")
    else:
        yield well(SUBJECT, "每次保存都在写入磁盘之后才算数")


def _postgresql() -> Iterator[Finding]:
    unsafe = [name for name in ("fsync", "full_page_writes", "synchronous_commit") if _asked(f"SHOW {name}") == "off"]
    if unsafe:
        yield warning(
            SUBJECT, "服务器关闭了写盘保护，断电时可能丢失或损坏记录", f"请在服务器上打开 {'、'.join(unsafe)}"
        )
    else:
        yield well(SUBJECT, "每次保存都在写入磁盘之后才算数")


def _migrations() -> Iterator[Finding]:
    if pending := pending_migrations():
        yield fault(
            SUBJECT, f"有 {len(pending)} 项升级没有做完", "请先 dangwu backup，再用 dangwu run 启动，会自动升级"
        )
    else:
        yield well(SUBJECT, "数据表与程序版本一致")


def _asked(sql: str) -> Any:  # noqa: ANN401 - whatever the database says
    with connection.cursor() as cursor:
        cursor.execute(sql)
        row = cursor.fetchone()
    return row and row[0]
