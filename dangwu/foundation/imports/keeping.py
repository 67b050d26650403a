"""The file of a batch, sealed beside the database for as long as it is needed, and how far the work on it has come.

Progress lies in a file of its own: what is written inside a transaction nobody outside sees.
"""

import json
import shutil
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from django.conf import settings

from dangwu.foundation.imports.models import Batch
from dangwu.foundation.sealing.envelope import Place, disclose_bytes, enclose_bytes
from dangwu.foundation.sealing.keyring import keyring

_LABEL = "foundation.imports.file"
_DAY = 24 * 3600  # seconds; a batch that is being opened is not yet known


class Progress(NamedTuple):
    """What is being done, and the share of the way (0 to 1)."""

    step: str = ""
    share: float = 0.0


def keep_file(batch: Batch, path: Path) -> None:
    """Seal a copy of what was handed in."""
    folder = _folder(batch)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sealed(batch).write_bytes(enclose_bytes(path.read_bytes(), _place(batch), keyring()))


@contextmanager
def opened_file(batch: Batch) -> Iterator[Path]:
    """The file under its owner's name, for as long as the block runs. Raises FileNotFoundError, BrokenSealError."""
    content = disclose_bytes(_sealed(batch).read_bytes(), _place(batch), keyring())
    with TemporaryDirectory(dir=_folder(batch)) as folder:
        path = Path(folder) / batch.file
        path.write_bytes(content)
        yield path


def forget_file(batch: Batch) -> None:
    """Delete all that lies on the disk of a batch."""
    shutil.rmtree(_folder(batch), ignore_errors=True)


def forget_strays(known: Collection[str]) -> None:
    """Delete what lies on the disk of batches that are not there any more, or never came to be."""
    for folder in _root().glob("*"):
        if folder.name not in known and time.time() - folder.stat().st_mtime > _DAY:
            shutil.rmtree(folder, ignore_errors=True)


def tell_progress(batch: Batch, step: str, share: float) -> None:
    """Say how far the work has come; whoever reads meanwhile sees the old or the new."""
    path = _folder(batch) / "progress"
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(Progress(step, round(share, 3))), encoding="utf-8")
    fresh.replace(path)


def progress_of(batch: Batch) -> Progress:
    """How far the work has come."""
    with suppress(FileNotFoundError):
        return Progress(*json.loads((_folder(batch) / "progress").read_text(encoding="utf-8")))
    return Progress()


def _root() -> Path:
    return Path(settings.HOME) / "imports"


def _folder(batch: Batch) -> Path:
    return _root() / batch.uid


def _sealed(batch: Batch) -> Path:
    return _folder(batch) / "file.sealed"


def _place(batch: Batch) -> Place:
    return Place(_LABEL, batch.uid)
