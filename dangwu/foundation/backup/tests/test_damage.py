"""Two hundred damaged backups: every one is refused, and the target is not touched."""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from pytest_django import DjangoDbBlocker

from dangwu.foundation.backup.refusals import BackupRefusal, DamagedError, WrongPassphraseError
from dangwu.foundation.backup.sealing import CHUNK, HEADER, TAG
from dangwu.foundation.backup.snapshot import standing_in
from dangwu.foundation.backup.targets import Settings
from dangwu.foundation.backup.tests.conftest import PASSPHRASE, backed_up, filled, living_in, restored, sqlite
from dangwu.foundation.backup.tests.filling import chance, tables

Damage = Callable[[bytes, Random], bytes]
FULL = CHUNK + TAG


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> bytes:
    """A backup of several chunks: what is in it cannot be compressed."""
    folder = tmp_path_factory.mktemp("good")
    with living_in(folder), django_db_blocker.unblock():
        site = filled(sqlite(folder / "site.sqlite3"))
        with standing_in(site) as connection:
            things = tables(connection)["Thing"].objects
            for seed in range(4):
                things.create(shelf_id=1, content=chance(seed).randbytes(CHUNK))
        backed_up(site, folder / "a.backup")
        return (folder / "a.backup").read_bytes()


@pytest.fixture
def target(home: Path) -> Iterator[Settings]:
    """A site that must stay as it is."""
    path = home / "target.sqlite3"
    path.write_bytes(b"not to be touched")
    yield sqlite(path)
    assert path.read_bytes() == b"not to be touched"
    assert sorted(found.name for found in home.iterdir()) == ["a.backup", "target.sqlite3"]


def chunks(content: bytes) -> list[bytes]:
    body = content[HEADER.size :]
    return [body[start : start + FULL] for start in range(0, len(body), FULL)]


def joined(content: bytes, pieces: list[bytes]) -> bytes:
    return content[: HEADER.size] + b"".join(pieces)


def flip(content: bytes, fate: Random) -> bytes:
    place = fate.randrange(HEADER.size, len(content))
    return content[:place] + bytes([content[place] ^ 1 << fate.randrange(8)]) + content[place + 1 :]


def cut_anywhere(content: bytes, fate: Random) -> bytes:
    return content[: fate.randrange(len(content))]


def cut_between_chunks(content: bytes, fate: Random) -> bytes:
    pieces = chunks(content)
    return joined(content, pieces[: fate.randrange(len(pieces))])


def swap(content: bytes, fate: Random) -> bytes:
    pieces = chunks(content)
    one, other = fate.sample(range(len(pieces)), 2)
    pieces[one], pieces[other] = pieces[other], pieces[one]
    return joined(content, pieces)


def double(content: bytes, fate: Random) -> bytes:
    pieces = chunks(content)
    place = fate.randrange(len(pieces))
    return joined(content, [*pieces[: place + 1], *pieces[place:]])


def leave_out(content: bytes, fate: Random) -> bytes:
    pieces = chunks(content)
    del pieces[fate.randrange(len(pieces))]
    return joined(content, pieces)


def edit_header(content: bytes, fate: Random) -> bytes:
    place = fate.randrange(HEADER.size)
    return content[:place] + bytes([content[place] ^ fate.randrange(1, 256)]) + content[place + 1 :]


def append(content: bytes, fate: Random) -> bytes:
    return content + fate.randbytes(fate.choice((1, TAG, FULL)))


KINDS: dict[Damage, int] = {
    flip: 80,
    cut_anywhere: 35,
    cut_between_chunks: 5,
    swap: 15,
    double: 10,
    leave_out: 10,
    edit_header: 35,
    append: 5,
}
DAMAGES = [(kind, seed) for kind, number in KINDS.items() for seed in range(number)]


@pytest.mark.parametrize(("damage", "seed"), DAMAGES, ids=lambda value: getattr(value, "__name__", str(value)))
def test_a_damaged_backup_is_refused_before_anything_is_touched(
    damage: Damage, seed: int, good: bytes, target: Settings, home: Path
) -> None:
    damaged = damage(good, chance(seed))
    assert damaged != good
    (home / "a.backup").write_bytes(damaged)
    with pytest.raises(DamagedError):
        restored(home / "a.backup", target)


@pytest.mark.parametrize("passphrase", ["", PASSPHRASE[:-1], PASSPHRASE + " ", "password", "一句别处的口令，也够长"])
def test_another_passphrase_is_told_from_damage(passphrase: str, good: bytes, target: Settings, home: Path) -> None:
    (home / "a.backup").write_bytes(good)
    with pytest.raises(WrongPassphraseError, match="口令不对"):
        restored(home / "a.backup", target, passphrase)


def test_two_hundred_backups_are_damaged() -> None:
    assert len(DAMAGES) + 5 == 200


def test_the_chunks_of_another_backup_do_not_fit(good: bytes, target: Settings, home: Path) -> None:
    with living_in(home):
        other = filled(sqlite(home / "other.sqlite3"))
        backed_up(other, home / "a.backup")
    (home / "other.sqlite3").unlink()
    foreign = (home / "a.backup").read_bytes()
    (home / "a.backup").write_bytes(joined(foreign, chunks(good)))
    with pytest.raises(BackupRefusal):
        restored(home / "a.backup", target)


def test_a_backup_shows_nothing_of_what_it_holds(good: bytes) -> None:
    for canary in ("samples_thing", "架子", "migrations", "买买提"):
        assert canary.encode() not in good
