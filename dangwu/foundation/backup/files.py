"""The files that belong to a site besides its database.

Sealed values are worth nothing without their keys, so the keys go along: the backup is sealed itself. Retired keys do
not: no row needs them, and whoever destroys one must not find it in every later backup. Neither do the passphrase of
the backup and the key that signs sessions, which a restored site makes anew.
"""

import base64
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from django.conf import settings

from dangwu.foundation.backup.refusals import DamagedError
from dangwu.foundation.sealing.keyring import RETIRED

PIECE = 3 * 64 * 1024  # bytes in a line; divisible by three, so that no line but the last is padded
PASSPHRASE = "backup-passphrase"  # noqa: S105 - the name of a file
LEFT_OUT = {PurePosixPath("keys", PASSPHRASE), PurePosixPath("keys", RETIRED)}


def folders() -> Mapping[str, Path]:
    """The folders that are backed up, by the name that a backup gives them."""
    return {"keys": keys_folder(), "files": Path(settings.MEDIA_ROOT)}


def keys_folder() -> Path:
    """Where the site keeps its keys."""
    return Path(getattr(settings, "KEYS", settings.HOME / "keys"))


def kept_files() -> Iterator[tuple[str, Path]]:
    """Every file that is backed up, with its name in the backup; drafts and what is no plain file are left aside."""
    for label, folder in folders().items():
        for path in sorted(folder.rglob("*")):
            name = PurePosixPath(label, path.relative_to(folder).as_posix())
            left_out = name in LEFT_OUT or name.parent in LEFT_OUT or path.name.startswith(".")
            if path.is_file() and not path.is_symlink() and not left_out:
                yield str(name), path


def pieces(path: Path) -> Iterator[list[str]]:
    """A file as lines of a backup; one that was deleted meanwhile has none."""
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                yield [base64.b64encode(piece).decode()]
    except FileNotFoundError:
        return


def place_of(name: str) -> Path:
    """Where a file of a backup belongs. Raises DamagedError for a name that leads elsewhere."""
    label, *parts = PurePosixPath(name).parts
    if label not in folders() or not parts or ".." in parts or "\\" in name:
        raise DamagedError("备份中有名称不合规矩的文件，不能使用。请换一份备份。")
    return folders()[label].joinpath(*parts)


class Incoming:
    """Files that come back: written beside their places first, moved there by `settle`, forgotten by `drop`."""

    def __init__(self) -> None:
        """Begin with none."""
        self._waiting: dict[Path, Path] = {}

    def take(self, name: str, batches: Iterable[list[str]]) -> None:
        """Write one file beside its place, readable by its owner alone."""
        place = place_of(name)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = place.with_name(f".{place.name}.{os.getpid()}")
        self._waiting[draft] = place
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for batch in batches:
                file.writelines(map(base64.b64decode, batch))
            file.flush()
            os.fsync(file.fileno())

    def settle(self) -> None:
        """Move every file to its place."""
        for draft, place in self._waiting.items():
            draft.replace(place)
        self._waiting.clear()

    def drop(self) -> None:
        """Remove what has not been moved."""
        for draft in self._waiting:
            draft.unlink(missing_ok=True)
