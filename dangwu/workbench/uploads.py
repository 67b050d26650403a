"""Putting aside what a browser sends, until the check has taken its own copy."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from django.conf import settings

from dangwu.compliance.intake import HandedIn
from dangwu.compliance.models import Workbook
from dangwu.foundation.files.names import shown_name

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MOST_BYTES = 200

Sent = tuple[Workbook.Role, "UploadedFile[Any]"]


@contextmanager
def put_aside(sent: Iterable[Sent]) -> Iterator[list[HandedIn]]:
    """The uploads as files, for as long as the block runs."""
    with _folder() as folder:
        taken: list[HandedIn] = []
        for role, upload in sent:
            name = told_apart(shown_name(upload.name or ""), {handed.name for handed in taken})
            path = folder / f"{len(taken)}{Path(name).suffix.lower()}"
            _write(upload, path)
            taken.append(HandedIn(role, path, name))
        yield taken


@contextmanager
def put_one_aside(upload: "UploadedFile[Any]") -> Iterator[Path]:
    """One upload as a file under its owner's name."""
    with _folder() as folder:
        path = folder / shortened(shown_name(upload.name or ""))
        _write(upload, path)
        yield path


@contextmanager
def _folder() -> Iterator[Path]:
    uploads = Path(settings.HOME) / "uploads"
    uploads.mkdir(mode=0o700, exist_ok=True)
    with TemporaryDirectory(prefix="sent-", dir=uploads) as folder:
        yield Path(folder)


def shortened(name: str) -> str:
    """A name that every file system takes, its end kept."""
    path = Path(name)
    room = MOST_BYTES - len(path.suffix.encode())
    return path.stem.encode()[:room].decode(errors="ignore") + path.suffix


def _write(upload: "UploadedFile[Any]", path: Path) -> None:
    with path.open("wb") as file:
        file.writelines(upload.chunks())


def told_apart(name: str, taken: set[str]) -> str:
    """The name, with a number where another file bears it already."""
    path, number, told = Path(name), 2, name
    while told in taken:
        told, number = f"{path.stem}（{number}）{path.suffix}", number + 1
    return told
