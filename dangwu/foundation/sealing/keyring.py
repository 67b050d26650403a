"""The keys of a site: files in a folder of their own, apart from the database, its backups and the secret key.

Data keys are numbered; the newest of the suite in use seals, all of them open. An index key, one for each suite, makes
blind indexes and stays when data keys are renewed. Files appear whole and once: processes that start together agree.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Final, Self

from django.conf import settings

from dangwu.foundation.sealing.keys import Key, KeysError, MissingKeyError, put, read, safe_folder
from dangwu.foundation.sealing.suites import SUITES, Suite

RETIRED: Final = "retired"


class Keyring:
    """The keys in a folder, as they were when it was last read."""

    def __init__(self, folder: Path, suite: Suite) -> None:
        """Read nothing yet; `load` does."""
        self.folder = folder
        self.suite = suite
        self._data: dict[bytes, Key] = {}
        self._index: tuple[Key, ...] = ()
        self._current: Key | None = None
        self._seen = self._highest = 0
        self._lock = Lock()

    @classmethod
    def load(cls, folder: Path, suite: Suite) -> Self:
        """The keys in a folder; what the suite still lacks is made. Raises KeysError."""
        ring = cls(folder, suite)
        safe_folder(folder)
        ring.reload()
        if ring._current is None:
            ring.add_key(only_as_first=True)
        if not any(key.suite is suite for key in ring._index):
            put(folder / _index_name(suite), Key.fresh(suite))
            ring.reload()
        return ring

    def reload(self) -> None:
        """Read the folder anew."""
        with self._lock:
            seen = self._changed()
            self._highest = _highest_number(self.folder)
            self._data = {key.id: key for key in map(read, _numbered(self.folder))}
            own = [key for key in self._data.values() if key.suite is self.suite]
            self._current = own[-1] if own else None
            self._index = tuple(self._index_keys())
            self._seen = seen

    def _index_keys(self) -> Iterator[Key]:
        others = (suite for suite in SUITES.values() if suite is not self.suite)
        for suite in (self.suite, *others):
            path = self.folder / _index_name(suite)
            if path.exists():
                yield read(path)

    def _changed(self) -> int:
        try:
            return self.folder.stat().st_mtime_ns
        except OSError as error:
            raise KeysError(f"密钥文件夹 {self.folder} 不存在或无法读取。请从密钥备份恢复，或检查设置。") from error

    @property
    def current(self) -> Key:
        """The key that seals now, also where another process has added it a moment ago."""
        if self._changed() != self._seen:
            self.reload()
        if self._current is None:
            raise KeysError(f"密钥文件夹 {self.folder} 中没有可用于加密的密钥。请从密钥备份恢复。")
        return self._current

    def key(self, key_id: bytes) -> Key:
        """The data key with this id, looked for once more in the folder where it is new. Raises MissingKeyError."""
        found = self._data.get(key_id)
        if found is None:
            self.reload()
            found = self._data.get(key_id)
        if found is None:
            raise MissingKeyError(
                f"缺少编号为 {key_id.hex()} 的密钥，用它加密的内容无法打开。请把该密钥的备份放回 {self.folder}。"
            )
        return found

    @property
    def data_keys(self) -> tuple[Key, ...]:
        """All data keys, the oldest first."""
        return tuple(self._data.values())

    def has(self, key_id: bytes) -> bool:
        """Whether it knows a data key with this id."""
        return key_id in self._data

    @property
    def index_keys(self) -> tuple[Key, ...]:
        """The index key of the suite in use, then those of suites in which indexes may still be kept."""
        return self._index

    def add_key(self, *, only_as_first: bool = False) -> Key:
        """Make a data key of the suite in use, with which everything is sealed from now on.

        `only_as_first` leaves it where another process has just made the first one.
        """
        key = Key.fresh(self.suite)
        while not put(self.folder / f"{self._highest + 1:04}.json", key):
            self.reload()
            if only_as_first and self._current is not None:
                return self._current
        self.reload()
        return key

    def put_away(self, key_id: bytes) -> Path:
        """Move a key to the folder of retired keys, where nothing looks for it; returns where it lies.

        Destroying that file is for people to decide: older backups open only with it.
        """
        (path,) = (path for path in _numbered(self.folder) if read(path).id == key_id)
        retired = self.folder / RETIRED
        retired.mkdir(mode=0o700, exist_ok=True)
        target = path.rename(retired / f"{path.stem}-{key_id.hex()}.json")
        self.reload()
        return target


@cache
def _loaded(folder: Path, suite_name: str) -> Keyring:
    if suite_name not in SUITES:
        raise KeysError(f"加密算法“{suite_name}”无法识别，只能是 international（国际算法）或 national（国密算法）。")
    return Keyring.load(folder, SUITES[suite_name])


def keyring() -> Keyring:
    """The keys of this site, read once in a process. Raises KeysError."""
    return _loaded(settings.KEYS, settings.SEALING_SUITE)


def _index_name(suite: Suite) -> str:
    return f"index-{suite.name}.json"


def _numbered(folder: Path) -> list[Path]:
    return sorted(folder.glob("[0-9][0-9][0-9][0-9]*.json"))


def _highest_number(folder: Path) -> int:
    """The highest number ever given: that of a retired key is not given again."""
    return max((int(path.name[:4]) for path in (*_numbered(folder), *_numbered(folder / RETIRED))), default=0)
