import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import override_settings
from django_tasks_db.models import DBTaskResult

from dangwu.config.cli import main
from dangwu.config.doctor.examining import CHECKS, examination
from dangwu.config.doctor.findings import Check, Finding, Level, well
from dangwu.config.doctor.keys import check_passphrase, check_permissions, check_seals
from dangwu.config.doctor.machine import check_backups, check_clock, check_disk
from dangwu.config.doctor.running import (
    check_administrators,
    check_holidays,
    check_rulebook,
    check_settings,
    check_sign_on,
    check_worker,
)
from dangwu.foundation.actors import CommandLine
from dangwu.foundation.backup.noting import note_backup
from tests.accounts import account

AT = datetime(2026, 11, 23, 4, tzinfo=UTC)
ALL_WELL = {Level.WELL}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name in ("DANGWU_BACKUP_PASSPHRASE", "DANGWU_BACKUP_PASSPHRASE_FILE"):
        monkeypatch.delenv(name, raising=False)
    tmp_path.chmod(0o700)
    (tmp_path / "keys").mkdir(mode=0o700)
    with override_settings(HOME=tmp_path, KEYS=tmp_path / "keys"):
        yield tmp_path


def levels(check: Check, at: datetime = AT) -> set[Level]:
    findings = [*check(at)]
    assert all(finding.remedy for finding in findings if finding.level != Level.WELL)
    return {finding.level for finding in findings}


def test_a_folder_that_others_may_read_is_a_fault_with_its_cure(home: Path) -> None:
    assert levels(check_permissions) == ALL_WELL
    (home / "keys").chmod(0o755)
    (finding,) = check_permissions(AT)
    assert finding.level == Level.FAULT
    assert f"chmod 700 {home / 'keys'}" in finding.remedy


@pytest.mark.django_db
def test_a_look_at_the_keys_makes_none(home: Path) -> None:
    assert levels(check_seals) == {Level.WARNING}
    assert [*(home / "keys").iterdir()] == []


@pytest.mark.parametrize(
    ("passphrase", "level"), [(None, Level.WARNING), ("太短", Level.FAULT), ("一句足够长的备份口令呀呀", Level.WELL)]
)
def test_the_passphrase_of_backups_is_there_and_long_enough(
    passphrase: str | None, level: Level, monkeypatch: pytest.MonkeyPatch
) -> None:
    if passphrase:
        monkeypatch.setenv("DANGWU_BACKUP_PASSPHRASE", passphrase)
    assert levels(check_passphrase) == {level}


@pytest.mark.parametrize(
    ("hours", "level"), [(1, Level.WELL), (25, Level.WELL), (30, Level.WARNING), (24 * 8, Level.FAULT)]
)
def test_a_backup_grows_old(hours: int, level: Level, home: Path) -> None:
    (home / "backups").mkdir()
    path = home / "backups/dangwu-20261101-000000.backup"
    path.touch()
    moment = (AT - timedelta(hours=hours)).timestamp()
    os.utime(path, (moment, moment))
    assert levels(check_backups) == {level}


def test_a_site_without_backups_is_told_how_to_take_one() -> None:
    (finding,) = check_backups(AT)
    assert finding.level == Level.WARNING
    assert "dangwu backup" in finding.remedy


@pytest.mark.django_db
def test_a_clock_that_went_back_behind_the_last_deed_is_a_fault() -> None:
    assert levels(check_clock) == ALL_WELL
    note_backup(by=CommandLine("backup"), at=AT, rows=1)
    assert levels(check_clock, datetime(2026, 1, 1, tzinfo=UTC)) == {Level.FAULT}


@pytest.mark.django_db
@pytest.mark.parametrize("year", [1970, 2013])
def test_a_clock_in_another_age_is_a_fault(year: int) -> None:
    assert levels(check_clock, datetime(year, 1, 1, tzinfo=UTC)) == {Level.FAULT}


def test_a_folder_that_takes_no_files_is_told_with_the_reason(home: Path) -> None:
    with override_settings(HOME=home / "gone"):
        (finding,) = check_disk(AT)
    assert finding.level == Level.FAULT
    assert "文件夹不存在" in finding.remedy


@pytest.mark.parametrize(
    "unsafe",
    [
        {"DEBUG": True},
        {"SECRET_KEY": "short"},
        {"ALLOWED_HOSTS": ["*"]},
        {"ALLOWED_HOSTS": ["party.example"], "CSRF_COOKIE_SECURE": False},
    ],
)
def test_unsafe_settings_are_faults(unsafe: dict[str, object]) -> None:
    with override_settings(**unsafe):
        assert Level.FAULT in levels(check_settings)


def test_a_site_behind_https_is_well() -> None:
    with override_settings(DEBUG=False, ALLOWED_HOSTS=["party.example"], CSRF_COOKIE_SECURE=True):
        assert levels(check_settings) == ALL_WELL


@pytest.mark.django_db
def test_work_that_waits_is_a_fault() -> None:
    assert levels(check_worker) == ALL_WELL
    DBTaskResult.objects.create(args_kwargs={}, task_path="a.b", backend_name="default", run_after=AT)
    DBTaskResult.objects.update(enqueued_at=AT - timedelta(minutes=6))
    assert levels(check_worker) == {Level.FAULT}


def test_a_rulebook_with_an_error_is_a_fault(home: Path) -> None:
    assert levels(check_rulebook) == ALL_WELL
    with override_settings(RULEBOOK=home):
        assert levels(check_rulebook) == {Level.FAULT}


@pytest.mark.parametrize(("year", "level"), [(2025, Level.WELL), (2030, Level.WARNING)])
def test_years_without_holidays_are_named(year: int, level: Level) -> None:
    (finding,) = check_holidays(datetime(year, 6, 1, tzinfo=UTC))
    assert finding.level == level
    assert str(year + 1) in finding.text


def test_a_check_that_breaks_is_told_without_its_message_and_the_others_go_on() -> None:
    def broken(_at: datetime) -> Iterator[Finding]:
        raise ValueError("张三")

    def sound(_at: datetime) -> Iterator[Finding]:
        yield well("磁盘", "可写")

    first, second = examination(AT, (("数据库", broken), ("磁盘", sound)))
    assert (first.level, second.level) == (Level.FAULT, Level.WELL)
    assert "张三" not in str(first)


@pytest.mark.django_db
def test_a_duty_that_nobody_has_is_named() -> None:
    account("security", duty="security")
    (finding,) = check_administrators(AT)
    assert (finding.level, finding.text) == (Level.WARNING, "还没有系统管理员、审计管理员")


def test_a_sign_on_file_with_an_error_is_a_fault(home: Path) -> None:
    file = home / "sign-on.toml"
    file.write_text("[[provider]\n")
    with override_settings(SIGN_ON=file):
        (finding,) = check_sign_on(AT)
    assert finding.level is Level.FAULT


@pytest.mark.django_db
def test_the_command_tells_every_subject_and_returns_the_gravest() -> None:
    shown = CliRunner().invoke(main, ["doctor"])
    told = json.loads(CliRunner().invoke(main, ["doctor", "--json"]).output)
    assert {finding["subject"] for finding in told} >= {subject for subject, _ in CHECKS}
    assert shown.exit_code == max({"well": 0, "warning": 1, "fault": 2}[finding["level"]] for finding in told)
    for finding in told:
        assert finding["text"] in shown.output
