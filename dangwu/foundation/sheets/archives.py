"""Looking into an .xlsx before it is read: it is a zip archive, and may unpack to far more than it seems."""

import re
import zipfile
from collections.abc import Iterator
from copy import copy
from pathlib import Path

from dangwu.foundation.archives import DAMAGED
from dangwu.foundation.sheets.shapes import UnreadableWorkbookError

LARGEST_CONTENT = 1024**3
HIGHEST_RATIO = 250
MOST_CELLS = 20_000_000
_MOST_ENTRIES = 5_000
_SMALL = 32 * 1024**2
_CHUNK = 1 << 20
_WORKBOOK = "xl/workbook.xml"
_MACROS = re.compile(r"vbaproject\.bin$|^xl/macrosheets/", re.IGNORECASE)
_COLUMN = re.compile(rb'r=["\']([A-Za-z]{1,3})\d')
_HIGH_ROW, _LOWER_ROWS = re.compile(rb'r=["\'][A-Za-z]{1,3}(\d{6,})["\']'), 99_999
_ANY_ROW = re.compile(rb'r=["\'][A-Za-z]{1,3}(\d+)["\']')
_LONGEST_REFERENCE = 16
_ERRORS = (b' t="e"', b" t='e'")


def inspect_archive(path: Path) -> frozenset[str]:
    """Refuse an archive that is no workbook, holds macros, is damaged, or unpacks to more than can be read safely.

    Gives the entries of which cells show errors of the office program.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _check_contents(path, archive)
            return frozenset(_unpack_within_limits(path, archive))
    except (*DAMAGED, OSError) as error:
        raise UnreadableWorkbookError(
            f"“{path.name}”已损坏，打不开。请用 Excel 或 WPS 打开并修复，另存为 .xlsx；打不开的请重新导出。"
        ) from error
    except RuntimeError as error:  # zipfile's word for an encrypted entry
        raise UnreadableWorkbookError(f"“{path.name}”设有密码，请取消密码后另存为 .xlsx。") from error


def counts_from_1904(path: Path) -> bool:
    """Whether the day numbers of the workbook count from 1904, as old office programs of Apple computers have it."""
    with zipfile.ZipFile(path) as archive:
        return re.search(rb'date1904\s*=\s*["\'](1|true)', archive.read(_WORKBOOK)) is not None


def _check_contents(path: Path, archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    if any(_MACROS.search(name) for name in names):
        raise UnreadableWorkbookError(f"“{path.name}”含有宏，为安全起见不读取。请用 Excel 或 WPS 打开，另存为 .xlsx。")
    if _WORKBOOK not in names:
        raise UnreadableWorkbookError(f"“{path.name}”不是 .xlsx 工作簿。请用 Excel 或 WPS 打开后另存为 .xlsx。")
    if len(names) > _MOST_ENTRIES or sum(entry.file_size for entry in archive.infolist()) > LARGEST_CONTENT:
        raise _too_large(path)


def _too_large(path: Path) -> UnreadableWorkbookError:
    return UnreadableWorkbookError(
        f"“{path.name}”解压后大得不正常，为安全起见不读取。请只复制需要的内容到新的工作簿，另存为 .xlsx。"
    )


def _unpack_within_limits(path: Path, archive: zipfile.ZipFile) -> Iterator[str]:
    packed = path.stat().st_size
    budget = min(LARGEST_CONTENT, max(_SMALL, packed * HIGHEST_RATIO))
    for entry in archive.infolist():
        extent = _Extent(_HIGH_ROW, _LOWER_ROWS)
        for chunk in _unpacked(archive, entry, budget):
            budget -= len(chunk)
            extent.see(chunk)
        if budget < 0:
            raise _too_large(path)
        if extent.cells > MOST_CELLS:
            _check_exact_extent(path, archive, entry)
        if extent.shows_errors:
            yield entry.filename


def _check_exact_extent(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    extent = _Extent(_ANY_ROW)
    for chunk in _unpacked(archive, entry, LARGEST_CONTENT):
        extent.see(chunk)
    if extent.cells > MOST_CELLS:
        raise UnreadableWorkbookError(
            f"“{path.name}”的表格边界太远（第 {extent.row} 行、第 {extent.column} 列）。"
            "请删去表格以外的零散内容，或把表格复制到新的工作簿，另存为 .xlsx。"
        )


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: int) -> Iterator[bytes]:
    """Chunks of an entry, up to one past the budget. The size that the archive declares is not believed: it may lie."""
    unbelieved = copy(entry)
    unbelieved.file_size = budget + 2 * _CHUNK
    with archive.open(unbelieved) as content:
        while budget >= 0 and (chunk := content.read(_CHUNK)):
            budget -= len(chunk)
            yield chunk


class _Extent:
    """How far out the outermost cells of a sheet lie. One stray cell makes a sheet of millions, most of them empty.

    Looking only for rows of many digits is faster; any lower ones are then taken to be as high as those can be.
    """

    def __init__(self, rows: re.Pattern[bytes], lower_rows: int = 0) -> None:
        self._rows = rows
        self.row = lower_rows
        self.column = 0
        self.shows_errors = False
        self._columns: set[bytes] = set()
        self._cut_off = b""

    def see(self, chunk: bytes) -> None:
        """Note the cells of the next chunk of the sheet."""
        text = self._cut_off + chunk
        self._cut_off = text[-_LONGEST_REFERENCE:]
        for letters in set(_COLUMN.findall(text)) - self._columns:
            self._columns.add(letters)
            self.column = max(self.column, _number(letters))
        self.shows_errors = self.shows_errors or any(mark in text for mark in _ERRORS)
        self.row = max(self.row, max(map(int, set(self._rows.findall(text))), default=0))

    @property
    def cells(self) -> int:
        """The size of the rectangle that holds all cells."""
        return self.row * self.column


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number
