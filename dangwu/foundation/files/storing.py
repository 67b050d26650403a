"""Files on the disk: written whole before anybody refers to them, unreadable from the moment on when nobody does.

A file is on the disk before its row is written, and its row goes before the file does. So whatever fails, and whenever:
every row has its file; a file without a row is rubbish that nothing can open, and is swept away.
"""

import os
import secrets
import time
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.db.models import Model

from dangwu.foundation.files.inspecting import PICTURES, TYPES, FileType, type_of
from dangwu.foundation.files.models import KeptFile, new_uid
from dangwu.foundation.files.pictures import written_anew
from dangwu.foundation.sealing.blind import blind
from dangwu.foundation.sealing.envelope import BrokenSealError
from dangwu.foundation.sealing.keyring import keyring
from dangwu.foundation.sealing.sealed import seal, unlogged
from dangwu.foundation.sealing.suites import NONCE_BYTES, SUITES

LABEL: Final = "foundation.keptfile.secret"
GRACE: Final = 24 * 3600
"""Seconds for which a file without a row is left alone: its row may be about to be written."""


class Looked(NamedTuple):
    """A file that was looked into, as it will be kept."""

    kind: FileType
    content: bytes


class LostFileError(Exception):
    """A file that is not where its row says, or was altered there."""


def looked_into(content: bytes, name: str) -> Looked:
    """What a file is and how it is kept: a picture without all that is not to be seen. Raises FileRefusedError."""
    kind = type_of(content, name)
    return Looked(kind, written_anew(content, kind, name) if kind in PICTURES else content)


def keep(looked: Looked, *, unit: int) -> KeptFile:
    """The row of a file, which is on the disk when this returns. The same content is kept once in a unit. Part of an
    action; OSError where the disk does not take it.
    """
    digest = blind(LABEL, sha256(looked.content).hexdigest())
    known = KeptFile.objects.filter(unit=unit, digest=digest).first()
    if known:
        return known
    uid, suite = new_uid(), keyring().suite
    key = secrets.token_bytes(suite.key_bytes)
    nonce = secrets.token_bytes(NONCE_BYTES)
    _write(path_of(uid), nonce + suite.aead(key).encrypt(nonce, looked.content, uid.encode()))
    secret = seal(f"{suite.name}:{b64encode(key).decode()}", owner=uid, field=LABEL, findable=False)
    row = KeptFile(unit=unit, uid=uid, digest=digest, kind=looked.kind.suffix, size=len(looked.content), secret=secret)
    row.save()
    return row


def content_of(row: KeptFile) -> bytes:
    """The file as it was kept. Raises LostFileError, MissingKeyError."""
    assert row.secret is not None
    with unlogged("a file is opened by whoever may see what it belongs to"):
        name, _, key = row.secret.open("打开附件").partition(":")
    try:
        sealed = path_of(row.uid).read_bytes()
        aead = SUITES[name].aead(b64decode(key, validate=True))
        return aead.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], row.uid.encode())
    except (OSError, InvalidTag, BrokenSealError) as error:
        raise LostFileError(row.uid) from error


def type_kept(row: KeptFile) -> FileType:
    """What it is."""
    return TYPES[row.kind]


def forget_unless(referred: Iterable[type[Model]], row: KeptFile, column: str = "file") -> None:
    """Let a file go to which no row of these models refers any more. Part of an action. With its row goes its key, so
    nobody reads it from then on; its bytes are swept away later.
    """
    if not any(model._base_manager.filter(**{column: row.pk}).exists() for model in referred):  # noqa: SLF001
        row.delete()


def path_of(uid: str) -> Path:
    """Where a file lies."""
    return folder() / uid[:2] / uid


def folder() -> Path:
    """Where files lie; backups take it along."""
    return Path(settings.MEDIA_ROOT) / "kept"


def strays() -> Iterator[Path]:
    """The files, drafts among them, to which no row refers, and which are older than a day."""
    known = set(KeptFile.objects.values_list("uid", flat=True))
    before = time.time() - GRACE
    for path in folder().glob("??/*"):
        if path.name not in known and path.stat().st_mtime < before:
            yield path


def sweep() -> int:
    """Delete what nobody refers to; how many files went."""
    swept = 0
    for path in list(strays()):
        with suppress(FileNotFoundError):
            path.unlink()
            swept += 1
    return swept


def lost() -> list[str]:
    """The numbers of the files that are not where their rows say."""
    return [uid for uid in KeptFile.objects.values_list("uid", flat=True) if not path_of(uid).is_file()]


def _write(path: Path, content: bytes) -> None:
    """All of it, or nothing under that name; on the disk when this returns."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        _settle(path.parent)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def _settle(place: Path) -> None:
    """Have the new name on the disk too, where the system can say so."""
    if os.name != "nt":
        opened = os.open(place, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
