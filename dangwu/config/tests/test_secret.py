import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from dangwu.config.secret import kept_secret


def test_the_key_is_made_once_and_kept(tmp_path: Path) -> None:
    first = kept_secret(tmp_path / "secret-key")
    assert kept_secret(tmp_path / "secret-key") == first
    assert len(first) >= 50


def test_only_its_owner_can_read_the_key(tmp_path: Path) -> None:
    kept_secret(tmp_path / "secret-key")
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_processes_that_start_together_get_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(kept_secret, [tmp_path / "secret-key"] * 32))
    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]


def test_two_sites_have_different_keys(tmp_path: Path) -> None:
    assert kept_secret(tmp_path / "one") != kept_secret(tmp_path / "two")
