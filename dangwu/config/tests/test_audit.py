from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.db import transaction
from pytest_django import Settings

from dangwu.config.cli import main
from dangwu.foundation.audit.chain import Record, append
from dangwu.foundation.audit.models import Checkpoint

AT = datetime(2026, 10, 15, 1, tzinfo=UTC)
DEED = Record("organisation.rename", "account:17", "安安", "organisations.organisation:3", "第三支部", "0001", "", AT)


def dangwu(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["audit", *map(str, arguments)], prog_name="dangwu")


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.KEYS = tmp_path / "keys"
    for _ in range(3):
        with transaction.atomic():
            append(DEED)
    return tmp_path


@pytest.mark.django_db
def test_the_log_is_exported_and_verified_against_paper(folder: Path) -> None:
    paper = dangwu("checkpoint").output.strip()
    assert paper == str(Checkpoint.objects.get())
    assert dangwu("export", "-o", folder / "log").output == f"审计日志已写到 {folder / 'log'}\n"
    result = dangwu("verify", folder / "log", "--checkpoint", paper)
    assert (result.exit_code, "核验通过。" in result.output) == (0, True)


@pytest.mark.django_db
def test_an_altered_file_returns_one(folder: Path) -> None:
    dangwu("export", "-o", folder / "log")
    (folder / "log").write_bytes((folder / "log").read_bytes().replace(b"account:17", b"account:18", 1))
    result = dangwu("verify", folder / "log")
    assert result.exit_code == 1
    assert result.output.startswith("核验不通过。第 1 条")


@pytest.mark.django_db
def test_without_a_file_the_tables_are_verified(folder: Path) -> None:
    assert folder.is_dir()
    assert dangwu("verify").exit_code == 0
    result = dangwu("verify", "--checkpoint", f"第 2 条 · {'0' * 16}")
    assert (result.exit_code, "与纸上的校验点不符" in result.output) == (1, True)


@pytest.mark.django_db
def test_some_days_are_exported_both_ends_included(folder: Path) -> None:
    dangwu("export", "--since", "2026-10-15", "--until", "2026-10-15", "-o", folder / "log")
    assert "共 3 条" in dangwu("verify", folder / "log").output
    dangwu("export", "--since", "2026-10-16", "-o", folder / "log")
    assert "没有记录" in dangwu("verify", folder / "log").output


def test_the_verifier_is_one_file(tmp_path: Path) -> None:
    dangwu("verifier", "-o", tmp_path / "verify.py")
    assert (tmp_path / "verify.py").read_text().startswith("#!/usr/bin/env python3")


def test_mistakes_are_told(tmp_path: Path) -> None:
    said = dangwu("verifier", "-o", tmp_path / "none" / "verify.py")
    assert (said.exit_code, "不存在，请先建立" in said.output) == (2, True)
    said = dangwu("export", "--since", "2026-10-16", "--until", "2026-10-15", "-o", tmp_path / "log")
    assert (said.exit_code, "截止日期早于起始日期" in said.output) == (2, True)
