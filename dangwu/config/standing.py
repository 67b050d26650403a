"""What commands for a site that stands have in common: its tables, its organisations by name, files to write."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
import django

from dangwu.config.site import Refusal
from dangwu.config.troubles import trouble_of

if TYPE_CHECKING:
    from dangwu.organisations.models import Standing

BROUGHT_IN = {
    "organisations": "党组织信息表",
    "roster": "党员名册",
    "posts": "党内职务表",
    "affiliations": "组织关系沿革表",
    "admissions": "发展党员情况表",
    "appointments": "任用表",
}
TAKEN_OUT = ("organisations", "roster", "posts", "admissions", "appointments")
"""Kinds of workbook by their words, so that help pages need no site; a test holds them against the kinds."""

OUTPUT = click.Path(dir_okay=False, path_type=Path)


def wake() -> None:
    """Bring Django up. Refusal where the tables are not there, or those of an older version."""
    django.setup()
    from django.db import DatabaseError  # noqa: PLC0415 - Django must be up

    from dangwu.config.health import pending_migrations  # noqa: PLC0415

    try:
        pending = pending_migrations()
    except DatabaseError as error:
        raise Refusal("数据库读不了。请运行 dangwu doctor 查看原因。") from error
    if pending:
        raise Refusal("系统还没有建好，或者还没有升级。请先运行 dangwu setup，或者运行一次 dangwu run。")


def require_folder(file: Path | None) -> None:
    """Refuse a file in a folder that is not there, before any work is done."""
    if file and not file.resolve().parent.is_dir():
        raise click.UsageError(f"文件夹“{file.parent}”不存在，请先建立")


def write_file(file: Path, content: bytes) -> None:
    """Write a file. Refusal where the system does not let it."""
    try:
        file.write_bytes(content)
    except OSError as error:
        raise Refusal(f"“{file}”写不了：{trouble_of(error)}。") from error


def organisation_named(name: str, on: date) -> "Standing | None":
    """The organisation that was named, as it stood on a day; None for an empty name. A usage error where there is none,
    or several may be meant.
    """
    if not name:
        return None
    from dangwu.foundation.scope import Scope  # noqa: PLC0415 - Django must be up
    from dangwu.organisations.matching import Ambiguous, Found  # noqa: PLC0415
    from dangwu.organisations.queries import names_of, standing_of, standings  # noqa: PLC0415

    names = names_of(standings(Scope.everything(on)))
    match names.find(name):
        case Found(key):
            return standing_of(key, on)
        case Ambiguous(keys):
            raise click.UsageError(f"“{name}”可能是：{'、'.join(map(names.name_of, keys))}，请写全称")
        case unknown:
            close = "、".join(map(names.name_of, unknown.suggestions))
            raise click.UsageError(f"没有“{name}”这个党组织{f'，是否为：{close}' if close else ''}")
