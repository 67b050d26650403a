import stat
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pytest
from pytest_django import Settings

from dangwu.foundation.sealing.keyring import Keyring, keyring
from dangwu.foundation.sealing.keys import Key, KeysError
from dangwu.foundation.sealing.suites import INTERNATIONAL, NATIONAL, SUITES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "keys"


def _first_ids(folder: Path, _: int) -> tuple[bytes, bytes]:
    ring = Keyring.load(folder, INTERNATIONAL)
    return ring.current.id, ring.index_keys[0].id


def test_keys_are_made_once_and_kept(folder: Path) -> None:
    first = Keyring.load(folder, INTERNATIONAL)
    again = Keyring.load(folder, INTERNATIONAL)
    assert again.current.secret == first.current.secret
    assert again.index_keys == first.index_keys
    assert sorted(path.name for path in folder.iterdir()) == ["0001.json", "index-international.json"]


def test_only_their_owner_can_read_the_keys(folder: Path) -> None:
    Keyring.load(folder, INTERNATIONAL)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_processes_that_start_together_agree_on_the_keys(folder: Path) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("fork")) as pool:
        ids = set(pool.map(partial(_first_ids, folder), range(16)))
    assert len(ids) == 1
    assert len(list(folder.iterdir())) == 2


def test_a_key_that_is_added_seals_and_the_older_one_still_opens(folder: Path) -> None:
    ring = Keyring.load(folder, INTERNATIONAL)
    old, new = ring.current, ring.add_key()
    assert ring.current == new
    assert ring.key(old.id) == old
    assert ring.index_keys == Keyring.load(folder, INTERNATIONAL).index_keys


def test_a_key_that_another_process_added_is_found(folder: Path) -> None:
    ring, other = Keyring.load(folder, INTERNATIONAL), Keyring.load(folder, INTERNATIONAL)
    added = other.add_key()
    assert ring.key(added.id) == added
    assert ring.current == added


def test_a_change_of_suite_makes_new_keys_and_keeps_the_old_ones(folder: Path) -> None:
    old = Keyring.load(folder, INTERNATIONAL)
    ring = Keyring.load(folder, NATIONAL)
    assert ring.current.suite is NATIONAL
    assert ring.key(old.current.id) == old.current
    assert [key.suite for key in ring.index_keys] == [NATIONAL, INTERNATIONAL]


def test_a_key_that_is_not_there_is_told_with_its_id(folder: Path) -> None:
    with pytest.raises(KeysError, match="00000000"):
        Keyring.load(folder, INTERNATIONAL).key(bytes(4))


def test_a_retired_key_is_put_away_and_its_number_not_given_again(folder: Path) -> None:
    ring = Keyring.load(folder, INTERNATIONAL)
    first, second = ring.current, ring.add_key()
    kept = ring.put_away(second.id)
    assert ring.current == first
    assert Key.from_json(kept.read_text()) == second
    ring.add_key()
    assert sorted(path.name for path in folder.glob("0*")) == ["0001.json", "0003.json"]


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (lambda folder: folder.chmod(0o750), "其他用户"),
        (lambda folder: (folder / "0001.json").chmod(0o644), "其他用户"),
        (lambda folder: (folder / "0001.json").write_text("{}"), "已损坏"),
        (lambda folder: (folder / "index-international.json").write_text("{"), "已损坏"),
    ],
)
def test_keys_that_are_unsafe_or_damaged_are_refused(
    folder: Path, harm: Callable[[Path], object], sentence: str
) -> None:
    Keyring.load(folder, INTERNATIONAL)
    harm(folder)
    with pytest.raises(KeysError, match=sentence):
        Keyring.load(folder, INTERNATIONAL)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(KeysError, match="无法建立"):
        Keyring.load(tmp_path / "file" / "keys", INTERNATIONAL)


def test_a_folder_that_has_gone_is_told_before_anything_is_sealed(folder: Path) -> None:
    ring = Keyring.load(folder, INTERNATIONAL)
    folder.rename(folder.with_name("elsewhere"))
    with pytest.raises(KeysError, match="不存在"):
        _ = ring.current


def test_a_key_does_not_show_itself() -> None:
    key = Key.fresh(NATIONAL)
    assert repr(key) == f"Key(national, {key.id.hex()})"


@pytest.mark.parametrize("name", SUITES)
def test_the_keys_of_the_site_are_where_the_settings_say(settings: Settings, folder: Path, name: str) -> None:
    settings.KEYS, settings.SEALING_SUITE = folder, name
    assert keyring() is keyring()
    assert keyring().current.suite.name == name
    assert folder.is_dir()


def test_a_suite_that_nobody_knows_is_refused(settings: Settings, folder: Path) -> None:
    settings.KEYS, settings.SEALING_SUITE = folder, "rot13"
    with pytest.raises(KeysError, match="无法识别"):
        keyring()
