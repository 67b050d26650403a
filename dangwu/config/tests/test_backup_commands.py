"""`dangwu backup` and `dangwu restore` on the tables of the house."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from dangwu.config.cli import main
from dangwu.config.settings import database
from dangwu.foundation.actors import CommandLine
from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.backup.noting import note_backup
from dangwu.foundation.backup.sealing import COSTS
from dangwu.foundation.backup.snapshot import standing_in
from dangwu.foundation.backup.taking import take_backup
from dangwu.foundation.files.storing import content_of, looked_into
from dangwu.records.models import Attachment, Signature
from dangwu.records.services.attaching import attach_file
from dangwu.records.services.minuting import conclude_activity
from dangwu.records.tests.test_likeness import STUDY
from dangwu.records.told import Told
from tests.cast import OFFICE, bureau

VARIABLE = "DANGWU_BACKUP_PASSPHRASE"
PASSPHRASE = "一句只用在这里的备份口令"
DEED = ("backup.take", "command:test")
RESTORED = ("backup.restore", "command:restore")
AT = datetime(2026, 11, 23, 4, tzinfo=UTC)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Path:
    """A folder with the database of a site in which one deed was done, and a backup of it."""
    folder = tmp_path_factory.mktemp("house")
    with django_db_blocker.unblock(), standing_in(database(f"sqlite:///{folder}/dangwu.sqlite3")):
        call_command("migrate", verbosity=0)
        note_backup(by=CommandLine("test"), at=AT, rows=0)
        take_backup(folder / "a", passphrase=PASSPHRASE, at=AT, cost=min(COSTS))
    return folder


@pytest.fixture
def home(
    house: Path, tmp_path: Path, django_db_blocker: DjangoDbBlocker, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """A site with a home of its own, and with a backup beside it."""
    for name in [name for name in os.environ if name.startswith("DANGWU_BACKUP")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv(VARIABLE, PASSPHRASE)
    for name in ("dangwu.sqlite3", "a"):
        shutil.copy(house / name, tmp_path)
    folders = {"HOME": tmp_path, "KEYS": tmp_path / "keys", "MEDIA_ROOT": tmp_path / "files"}
    site = database(f"sqlite:///{tmp_path / 'dangwu.sqlite3'}")
    with django_db_blocker.unblock(), override_settings(**folders), standing_in(site):
        yield tmp_path


def call(*arguments: object) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments)])


def verbs() -> list[tuple[str, str]]:
    return [*AuditEntry.objects.order_by("sequence").values_list("verb", "actor_key")]


def test_the_first_backup_makes_a_passphrase_and_says_to_keep_it_elsewhere(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE)
    first, second = call("backup", "-o", home / "b"), call("backup", "-o", home / "c")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "这台机器以外" in first.stderr
    assert second.stderr == ""
    kept = home / "keys/backup-passphrase"
    assert kept.read_text().strip() not in first.output
    assert kept.stat().st_mode & 0o777 == 0o600


def test_only_so_many_of_the_newest_backups_are_kept_and_each_is_told_to_the_audit(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "backups").mkdir()
    for day in range(1, 6):
        (home / f"backups/dangwu-2026010{day}-000000.backup").touch()
    monkeypatch.setenv("DANGWU_BACKUP_KEEP", "2")
    assert "已删去较早的备份 4 份" in call("backup").output
    oldest, _ = sorted(path.name for path in (home / "backups").iterdir())
    assert oldest == "dangwu-20260105-000000.backup"
    assert verbs() == [DEED, ("backup.take", "command:backup")]


@pytest.mark.parametrize(("name", "words"), [("dangwu.sqlite3", "已经存在"), ("gone/b", "文件夹不存在")])
def test_a_place_that_will_not_do_is_told(name: str, words: str, home: Path) -> None:
    before = (home / "dangwu.sqlite3").read_bytes()
    answer = call("backup", "-o", home / name)
    assert answer.exit_code == 2
    assert words in answer.output
    assert (home / "dangwu.sqlite3").read_bytes() == before


def test_a_drill_leaves_the_site_alone(home: Path) -> None:
    drill = f"sqlite:///{home / 'drill.sqlite3'}"
    assert call("restore", home / "a", "--into", drill).exit_code == 0
    assert verbs() == [DEED]
    with standing_in(database(drill)):
        assert verbs() == [DEED, RESTORED]


def test_a_check_touches_nothing(home: Path) -> None:
    before = {path.name: path.read_bytes() for path in home.iterdir()}
    answer = call("restore", home / "a", "--check")
    assert answer.exit_code == 0
    assert "备份完好" in answer.output
    assert {path.name: path.read_bytes() for path in home.iterdir()} == before


def test_a_site_with_data_is_replaced_only_on_request_and_after_a_backup_of_it(home: Path) -> None:
    refused = call("restore", home / "a")
    assert refused.exit_code == 1
    assert "--replace" in refused.output
    assert call("restore", home / "a", "--replace").exit_code == 0
    assert verbs() == [DEED, RESTORED]
    (kept,) = (home / "backups").glob("before-restore-*.backup")
    assert call("restore", kept, "--check").exit_code == 0


def test_a_file_and_what_minutes_are_found_by_come_back_to_an_empty_machine(home: Path) -> None:
    by, office = CommandLine("test"), bureau().standings[OFFICE].organisation
    told = Told(kind="general_assembly", held_on=date(2026, 5, 9), topic="讨论年度工作", minutes=STUDY)
    held = conclude_activity(by=by, organisation=office, told=told, today=date(2026, 5, 12))
    looked = looked_into("签到表".encode(), "签到表.txt")
    attach_file(by=by, activity=held, name="签到表.txt", looked=looked, today=date(2026, 5, 12))
    signed = signatures()
    assert call("backup", "-o", home / "b").exit_code == 0
    connection.close()
    for gone in (home / "files", home / "keys"):
        shutil.rmtree(gone)
    for gone in home.glob("dangwu.sqlite3*"):
        gone.unlink()
    assert call("restore", home / "b").exit_code == 0
    (kept,) = Attachment.objects.unscoped("a test")
    assert (kept.name, content_of(kept.file).decode()) == ("签到表.txt", "签到表")
    assert signed
    assert signatures() == signed


def signatures() -> list[tuple[int, int]]:
    return list(Signature.objects.unscoped("a test").order_by("pk").values_list("activity", "band"))


@pytest.mark.parametrize(
    ("passphrase", "words"), [("一句别处的口令，也够长了", "口令不对"), ("太短", "至少要"), ("", "没有找到备份口令")]
)
def test_without_the_passphrase_nothing_is_restored(
    passphrase: str, words: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, passphrase)
    answer = call("restore", home / "a", "--replace")
    assert answer.exit_code == 1
    assert words in answer.output
    assert not (home / "backups").exists()


def test_a_damaged_backup_is_told_and_nothing_is_touched(home: Path) -> None:
    content = bytearray((home / "a").read_bytes())
    content[-100] ^= 1
    (home / "b").write_bytes(content)
    answer = call("restore", home / "b", "--replace")
    assert answer.exit_code == 1
    assert "损坏" in answer.output
    assert not (home / "backups").exists()


@pytest.mark.parametrize(
    ("address", "words"), [("nonsense", "看不懂"), ("postgres://nobody@127.0.0.1:9/none", "连不上")]
)
def test_a_target_that_cannot_be_reached_is_told(address: str, words: str, home: Path) -> None:
    answer = call("restore", home / "a", "--into", address)
    assert answer.exit_code == 2
    assert words in answer.output
