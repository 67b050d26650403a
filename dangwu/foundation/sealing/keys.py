"""A key, and the file in which it lies: whole or not at all, and for nobody else to read."""

import json
import os
import secrets
import stat
from base64 import b64decode, b64encode
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Final, Self

from dangwu.foundation.sealing.suites import SUITES, Aead, Suite

KEY_ID_BYTES: Final = 4


class KeysError(RuntimeError):
    """The keys are not there or not safe: a sentence for the operator, which says what to do."""


class MissingKeyError(KeysError):
    """One key is not there; what lies under others opens."""


@dataclass(frozen=True)
class Key:
    """A key of one suite. Its id is derived from it, so two keys never go by the same id."""

    suite: Suite
    secret: bytes
    made_at: datetime

    @cached_property
    def id(self) -> bytes:
        """Its id, four bytes, which tell nothing of the key."""
        return self.suite.mac(self.secret, b"dangwu key id")[:KEY_ID_BYTES]

    @cached_property
    def aead(self) -> Aead:
        """The encryption under this key."""
        return self.suite.aead(self.secret)

    def __repr__(self) -> str:
        """The id alone."""
        return f"Key({self.suite.name}, {self.id.hex()})"

    @classmethod
    def fresh(cls, suite: Suite) -> Self:
        """A random key."""
        return cls(suite, secrets.token_bytes(suite.key_bytes), datetime.now(UTC).replace(microsecond=0))

    def to_json(self) -> str:
        """As its file holds it."""
        told = {
            "id": self.id.hex(),
            "suite": self.suite.name,
            "made_at": self.made_at.isoformat(),
            "key": b64encode(self.secret).decode(),
        }
        return json.dumps(told, indent=1)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read a file. Raises ValueError or KeyError where it is damaged."""
        told = json.loads(text)
        suite = SUITES[told["suite"]]
        key = cls(suite, b64decode(told["key"], validate=True), datetime.fromisoformat(told["made_at"]))
        if len(key.secret) != suite.key_bytes or key.id.hex() != told["id"]:
            raise ValueError("the id does not fit the key")
        return key


def safe_folder(folder: Path) -> None:
    """Make the folder where it is not there; raises KeysError where others may look into it."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise KeysError(f"密钥文件夹 {folder} 无法建立。请检查上级文件夹的权限，或在设置中另选位置。") from error
    _refuse_open_to_others(folder, 0o700)


def _refuse_open_to_others(path: Path, mode: int) -> None:
    if os.name != "nt" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise KeysError(
            f"{path} 能被本机其他用户读取，不能存放密钥。请把权限改为 {mode:o}（只有运行本系统的用户可用）。"
        )


def read(path: Path) -> Key:
    """The key in a file. Raises KeysError."""
    try:
        _refuse_open_to_others(path, 0o600)
        return Key.from_json(path.read_text())
    except OSError as error:
        raise KeysError(f"密钥文件 {path} 无法读取。请检查文件权限，或从密钥备份恢复。") from error
    except (ValueError, KeyError) as error:
        raise KeysError(f"密钥文件 {path} 已损坏。请从密钥备份恢复，不要删除。") from error


def put(path: Path, key: Key) -> bool:
    """Write a key under a name that nobody has; False where somebody was faster. On disk when it returns."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(key.to_json())
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path) if os.name == "nt" else os.link(draft, path)
    except FileExistsError:
        return False
    except OSError as error:
        raise KeysError(f"密钥文件夹 {path.parent} 无法写入。请检查权限和剩余空间。") from error
    finally:
        draft.unlink(missing_ok=True)
    _settle(path.parent)
    return True


def _settle(folder: Path) -> None:
    """Have the folder's own entry on disk: a value sealed under a key that a power cut takes is lost."""
    with suppress(PermissionError):  # Windows opens no folders
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
