"""The words that open a backup."""

import os
import secrets
from pathlib import Path

from dangwu.foundation.backup.files import PASSPHRASE, keys_folder
from dangwu.foundation.backup.refusals import UnsuitedError

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is mistaken for another when copied by hand
SHORTEST = 12  # characters of a passphrase that people choose


def passphrase_file() -> Path:
    """Where the passphrase is kept unless the environment tells it."""
    return Path(os.environ.get("DANGWU_BACKUP_PASSPHRASE_FILE") or keys_folder() / PASSPHRASE)


def known_passphrase() -> str | None:
    """The passphrase from the environment or the file; None where there is neither.

    Raises UnsuitedError where it is too short to protect anything.
    """
    told = os.environ.get("DANGWU_BACKUP_PASSPHRASE", "")
    if not told and passphrase_file().is_file():
        told = passphrase_file().read_text(encoding="utf-8").strip()
    if told and len(told) < SHORTEST:
        raise UnsuitedError(f"备份口令太短，至少要 {SHORTEST} 个字符。请换一个更长的口令。")
    return told or None


def new_passphrase() -> str:
    """Make a passphrase of 138 random bits and keep it in its file, where there was none. Raises FileExistsError."""
    made = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(7))
    path = passphrase_file()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(made + "\n")
    return made
