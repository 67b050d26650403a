import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection as site_connection

from dangwu.foundation.backup.archive import verified
from dangwu.foundation.backup.refusals import UnsuitedError
from dangwu.foundation.backup.restoring import Restore
from dangwu.foundation.backup.schema import migrate_to, schema_of
from dangwu.foundation.backup.snapshot import standing_in
from dangwu.foundation.backup.targets import Settings, is_empty
from dangwu.foundation.backup.tests.conftest import PASSPHRASE, Site, backed_up, filled, restored
from dangwu.foundation.backup.tests.filling import rows_of, tables


def test_a_file_comes_back_as_it_was(site: Settings, empty_file: Site, home: Path) -> None:
    backed_up(site, home / "a.backup")
    assert rows_of(restored(home / "a.backup", empty_file())) == rows_of(site)


def test_a_file_comes_back_by_way_of_a_server(
    site: Settings, empty_file: Site, empty_database: Site, home: Path
) -> None:
    backed_up(site, home / "a.backup")
    server = restored(home / "a.backup", empty_database())
    assert rows_of(server) == rows_of(site)
    backed_up(server, home / "b.backup")
    assert rows_of(restored(home / "b.backup", empty_file())) == rows_of(site)


@pytest.fixture(params=["file", "server"])
def another(request: pytest.FixtureRequest, empty_file: Site) -> Settings:
    """A target of either kind with rows and keys of its own."""
    made: Site = request.getfixturevalue("empty_database") if request.param == "server" else empty_file
    other = filled(made())
    with standing_in(other) as connection:
        tables(connection)["Word"].objects.create(word="只在这里")
    return other


def test_what_a_target_held_is_gone_whole(site: Settings, another: Settings, home: Path) -> None:
    backed_up(site, home / "a.backup")
    assert not is_empty(another)
    assert rows_of(restored(home / "a.backup", another)) == rows_of(site)


def test_the_next_row_gets_a_key_that_none_had_before(site: Settings, another: Settings, home: Path) -> None:
    with standing_in(site) as connection:
        shelves = tables(connection)["Shelf"].objects
        deleted = shelves.create(name="随即删去")
        highest = deleted.pk
        deleted.delete()
    backed_up(site, home / "a.backup")
    with standing_in(restored(home / "a.backup", another)) as connection:
        assert tables(connection)["Shelf"].objects.create(name="新").pk == highest + 1
    backed_up(another, home / "b.backup")
    with standing_in(restored(home / "b.backup", site)) as connection:
        assert tables(connection)["Shelf"].objects.create(name="新").pk == highest + 2


def test_relations_are_still_watched_after_a_restore(site: Settings, another: Settings, home: Path) -> None:
    backed_up(site, home / "a.backup")
    with (
        standing_in(restored(home / "a.backup", another)) as connection,
        pytest.raises(Exception, match=r"(?i)foreign key"),
    ):
        tables(connection)["Thing"].objects.create(shelf_id=10**9)


def test_a_backup_from_before_an_upgrade_is_upgraded(another: Settings, empty_file: Site, home: Path) -> None:
    old = empty_file()
    with standing_in(old) as connection:
        migrate_to(connection, [("samples", "0001_initial")])
        tables(connection)["Shelf"].objects.create(name="升级之前")
    assert backed_up(old, home / "a.backup").head.migrations == (("samples", "0001_initial"),)
    with standing_in(restored(home / "a.backup", another)) as connection:
        assert tables(connection)["Shelf"].objects.get(name="升级之前").label == "未分类"


def test_a_backup_of_a_newer_program_is_refused(site: Settings, another: Settings, home: Path) -> None:
    backed_up(site, home / "a.backup")
    manifest = verified(home / "a.backup", PASSPHRASE)
    newer = manifest.head.model_copy(update={"migrations": (*manifest.head.migrations, ("samples", "0003_later"))})
    before = rows_of(another)
    with pytest.raises(UnsuitedError, match="比程序新"):
        Restore(home / "a.backup", PASSPHRASE).perform(manifest.model_copy(update={"head": newer}), another)
    assert rows_of(another) == before


def test_a_database_of_a_newer_program_is_not_backed_up(site: Settings, home: Path) -> None:
    with closing(sqlite3.connect(site["NAME"])) as database, database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('samples', '0003_later', '2026-11-23')"
        )
    with pytest.raises(UnsuitedError, match="比程序新"):
        backed_up(site, home / "a.backup")
    assert not (home / "a.backup").exists()


def test_a_text_that_the_target_cannot_hold_leaves_it_as_it_was(
    site: Settings, empty_database: Site, home: Path
) -> None:
    with closing(sqlite3.connect(site["NAME"])) as database, database:
        database.execute("INSERT INTO samples_word (word) VALUES ('空' || char(0) || '字符')")
    backed_up(site, home / "a.backup")
    target = empty_database()
    with pytest.raises(UnsuitedError, match="存不下"):
        restored(home / "a.backup", target)
    with standing_in(target) as connection:
        assert schema_of(connection).migrations == ()


def test_the_sites_own_database_is_in_its_place_again(site: Settings, empty_file: Site, home: Path) -> None:
    before = site_connection.settings_dict["NAME"]
    backed_up(site, home / "a.backup")
    restored(home / "a.backup", empty_file())
    assert site_connection.settings_dict["NAME"] == before


def test_a_restore_leaves_no_drafts_behind_and_clears_those_of_a_killed_one(
    site: Settings, empty_file: Site, home: Path
) -> None:
    backed_up(site, home / "a.backup")
    target = empty_file()
    for left in ("", "-wal", "-shm"):
        Path(target["NAME"]).with_name(f".{Path(target['NAME']).name}.restoring{left}").write_bytes(b"half")
    restored(home / "a.backup", target)
    assert [path.name for path in home.iterdir() if path.name.startswith(".")] == []


def test_files_and_keys_come_back_readable_by_their_owner_alone(site: Settings, empty_file: Site, home: Path) -> None:
    kept = {"keys/0001.json": b"key", "files/2026/scan.pdf": bytes(range(256)) * 2000, "files/empty": b""}
    for name, content in kept.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_bytes(content)
    backed_up(site, home / "a.backup")
    for name in kept:
        (home / name).unlink()
    restore = Restore(home / "a.backup", PASSPHRASE)
    restore.perform(restore.check(), empty_file())
    assert {name: (home / name).read_bytes() for name in kept} == kept
    assert {(home / name).stat().st_mode & 0o777 for name in kept} == {0o600}


def test_neither_the_passphrase_nor_retired_keys_are_in_a_backup(site: Settings, home: Path) -> None:
    (home / "keys/retired").mkdir(parents=True)
    for name in ("keys/0002.json", "keys/backup-passphrase", "keys/retired/0001.json"):
        (home / name).write_text("x")
    manifest = backed_up(site, home / "a.backup")
    assert [part.name for part in manifest.parts if part.kind == "file"] == ["keys/0002.json"]


def test_a_backup_taken_while_others_write_holds_one_moment(site: Settings, empty_file: Site, home: Path) -> None:
    stop, written = threading.Event(), [0]

    def write() -> None:
        with closing(sqlite3.connect(site["NAME"], timeout=20, isolation_level=None)) as database:
            while not stop.is_set():
                database.execute("BEGIN IMMEDIATE")
                database.execute("INSERT INTO samples_shelf (name, label) VALUES ('双', '')")
                database.execute("INSERT INTO samples_word (word) VALUES ('双' || last_insert_rowid())")
                database.execute("COMMIT")
                written[0] += 1

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    try:
        manifests = [backed_up(site, home / f"{number}.backup") for number in range(5)]
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    pairs = [manifest.rows() for manifest in manifests]
    assert len({rows["samples_shelf"] - rows["samples_word"] for rows in pairs}) == 1
    assert pairs[0]["samples_shelf"] < pairs[-1]["samples_shelf"]
    counted = {name: len(rows) for name, rows in rows_of(restored(home / "4.backup", empty_file())).items()}
    assert counted == pairs[-1]
