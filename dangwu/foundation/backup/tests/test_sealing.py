import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dangwu.foundation.backup.refusals import DamagedError, UnsuitedError, WrongPassphraseError
from dangwu.foundation.backup.sealing import (
    CHUNK,
    FORMAT,
    HEADER,
    LEVEL,
    MAGIC,
    TAG,
    Seal,
    SealedWriter,
    checksum_of,
    opened,
)
from dangwu.foundation.backup.tests.conftest import CHEAP, PASSPHRASE
from dangwu.foundation.backup.tests.filling import chance


def sealed(path: Path, *pieces: bytes) -> Path:
    with path.open("wb") as file:
        writer = SealedWriter(file, Seal.fresh(PASSPHRASE, CHEAP))
        for piece in pieces:
            writer.write(piece)
        writer.finish()
    return path


def noise(size: int) -> bytes:
    return chance(size).randbytes(size)


def size_that_fills(chunks: int) -> int:
    """How much noise makes so many chunks to the last byte, once it is compressed."""
    return next(
        size for size in range(chunks * CHUNK, 0, -1) if len(zlib.compress(noise(size), LEVEL)) == chunks * CHUNK
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.binary(max_size=2000), max_size=6))
def test_what_was_sealed_is_opened(pieces: list[bytes], tmp_path: Path) -> None:
    assert b"".join(opened(sealed(tmp_path / "a", *pieces), PASSPHRASE)) == b"".join(pieces)


@pytest.mark.parametrize("beyond", [-1, 0, 1])
@pytest.mark.parametrize("chunks", [1, 2])
def test_content_around_the_edge_of_a_chunk_comes_back(chunks: int, beyond: int, tmp_path: Path) -> None:
    content = noise(size_that_fills(chunks) + beyond)
    assert b"".join(opened(sealed(tmp_path / "a", content), PASSPHRASE)) == content


def test_content_that_shrinks_a_thousandfold_is_opened_in_small_blocks(tmp_path: Path) -> None:
    path = sealed(tmp_path / "a", *[bytes(CHUNK)] * 200)
    assert path.stat().st_size < CHUNK
    sizes = [len(block) for block in opened(path, PASSPHRASE)]
    assert sum(sizes) == 200 * CHUNK
    assert max(sizes) <= CHUNK


def test_the_same_content_is_never_sealed_alike(tmp_path: Path) -> None:
    first, second = sealed(tmp_path / "a", b"1"), sealed(tmp_path / "b", b"1")
    assert first.read_bytes()[-20:] != second.read_bytes()[-20:]


@pytest.mark.parametrize(("form", "cost"), [(FORMAT + 1, CHEAP), (FORMAT, 40)])
def test_a_file_of_a_later_program_asks_for_an_upgrade(form: int, cost: int, tmp_path: Path) -> None:
    bare = HEADER.pack(MAGIC, form, cost, bytes(16), bytes(7), bytes(16), bytes(8))
    (tmp_path / "a").write_bytes(bare[:-8] + checksum_of(bare))
    with pytest.raises(UnsuitedError, match="升级"):
        next(opened(tmp_path / "a", PASSPHRASE))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", noise(HEADER.size), MAGIC])
def test_what_is_no_backup_is_told_so(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(DamagedError, match="不是党务系统的备份"):
        next(opened(tmp_path / "a", PASSPHRASE))


def test_another_passphrase_opens_nothing(tmp_path: Path) -> None:
    with pytest.raises(WrongPassphraseError):
        next(opened(sealed(tmp_path / "a", b"1"), PASSPHRASE + "。"))


def test_a_chunk_fits_only_its_own_place() -> None:
    seal = Seal.fresh(PASSPHRASE, CHEAP)
    chunk = seal.close(b"1", 3, last=False)
    assert len(chunk) == 1 + TAG
    assert seal.open(chunk, 3, last=False) == b"1"
    for number, last in ((2, False), (3, True)):
        with pytest.raises(DamagedError):
            seal.open(chunk, number, last=last)
