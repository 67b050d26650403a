"""Opening a workbook that somebody handed in: everything that can be wrong with a file is found before it is read."""

import mmap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, cast

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from dangwu.foundation.sheets.archives import counts_from_1904, inspect_archive
from dangwu.foundation.sheets.cells import is_blank
from dangwu.foundation.sheets.delimited import read_delimited
from dangwu.foundation.sheets.errors import Shown, errors_in
from dangwu.foundation.sheets.shapes import Cell, UnreadableWorkbookError
from dangwu.foundation.sheets.trial import can_be_opened

LARGEST_FILE = 200 * 1024 * 1024
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WEB_PAGE = (b"<html", b"<!doctype html", b"<table", b"<meta", b"<?xml", b"mime-version:", b"<style", b"<div")
_WITH_MACROS = {".xlsm", ".xltm", ".xlam"}
_TEXT = {".csv", ".txt", ".tsv"}
_SNIFFED = 1024


class Block(NamedTuple):
    """Cells merged into one; rows and columns count from 0, the last ones belong to it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class RawSheet:
    """The cells of one sheet as they stand, the first line and column included even where they are empty."""

    name: str
    rows: list[list[Cell]]
    blocks: tuple[Block, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets of a file that have any content; `since_1904` says from which year its day numbers count."""

    file: str
    sheets: tuple[RawSheet, ...]
    since_1904: bool = False


def open_workbook(path: Path) -> Workbook:
    """Read all sheets of an .xlsx, .xls or .csv file. Raises UnreadableWorkbookError where that cannot be done."""
    magic = _magic(path)
    if path.suffix.lower() in _WITH_MACROS:
        raise _has_macros(path)
    if magic.startswith(_ZIP):
        faulty = inspect_archive(path)
        sheets = _calamine_sheets(path)
        if faulty:
            sheets = _with_errors(sheets, errors_in(path, faulty))
        workbook = Workbook(path.name, sheets, counts_from_1904(path))
    elif magic.startswith(_OLE):
        _inspect_compound_file(path)
        workbook = Workbook(path.name, _calamine_sheets(path))
    else:
        workbook = Workbook(path.name, (_text_sheet(path, magic),))
    filled = tuple(sheet for sheet in workbook.sheets if any(not is_blank(cell) for row in sheet.rows for cell in row))
    if not filled:
        raise UnreadableWorkbookError(f"“{path.name}”里没有内容，请确认选对了文件，保存后再试。")
    return Workbook(workbook.file, filled, workbook.since_1904)


def _magic(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise UnreadableWorkbookError(f"找不到文件“{path.name}”，请检查文件名和所在文件夹。")
        size = path.stat().st_size
        if size > LARGEST_FILE:
            limit = LARGEST_FILE // 1024**2
            raise UnreadableWorkbookError(
                f"“{path.name}”超过 {limit} 兆字节，请删去图片和无关的工作表，或拆成几个文件。"
            )
        with path.open("rb") as file:
            magic = file.read(_SNIFFED)
    except OSError as error:
        raise UnreadableWorkbookError(
            f"打不开文件“{path.name}”，请检查是否有权限读取，或是否正被别的程序占用。"
        ) from error
    if not magic:
        raise UnreadableWorkbookError(f"“{path.name}”是空文件，请重新导出或另存后再试。")
    return magic


def _has_macros(path: Path) -> UnreadableWorkbookError:
    return UnreadableWorkbookError(f"“{path.name}”含有宏，为安全起见不读取。请用 Excel 或 WPS 打开，另存为 .xlsx。")


def _is_encrypted(path: Path) -> UnreadableWorkbookError:
    return UnreadableWorkbookError(f"“{path.name}”设有打开密码。请用 Excel 或 WPS 打开，取消密码后另存为 .xlsx。")


def _is_damaged(path: Path) -> UnreadableWorkbookError:
    return UnreadableWorkbookError(f"“{path.name}”已损坏或不是工作簿。请用 Excel 或 WPS 打开，确认内容后另存为 .xlsx。")


def _inspect_compound_file(path: Path) -> None:
    """The old container also holds encrypted new workbooks and macros; its directory names what is in it."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find("EncryptedPackage".encode("utf-16-le")) >= 0:
            raise _is_encrypted(path)
        if content.find("_VBA_PROJECT".encode("utf-16-le")) >= 0:
            raise _has_macros(path)
    if not can_be_opened(path):
        raise _is_damaged(path)


def _calamine_sheets(path: Path) -> tuple[RawSheet, ...]:
    try:
        with path.open("rb") as file, CalamineWorkbook.from_object(file) as workbook:
            return tuple(_worksheets(path, workbook))
    except PasswordError as error:
        raise _is_encrypted(path) from error
    except (CalamineError, OSError, ValueError) as error:
        raise _is_damaged(path) from error
    except BaseException as error:
        # calamine is written in Rust: where it fails an assumption of its own, the error is no Exception
        if type(error).__name__ == "PanicException":
            raise _is_damaged(path) from error
        raise


def _worksheets(path: Path, workbook: CalamineWorkbook) -> Iterator[RawSheet]:
    for described in workbook.sheets_metadata:
        if described.typ in (SheetTypeEnum.MacroSheet, SheetTypeEnum.Vba):
            raise _has_macros(path)
        if described.typ == SheetTypeEnum.WorkSheet:
            sheet = workbook.get_sheet_by_name(described.name)
            rows = cast("list[list[Cell]]", sheet.to_python(skip_empty_area=False))
            hidden = described.visible != SheetVisibleEnum.Visible
            yield RawSheet(described.name, rows, _blocks(sheet.merged_cell_ranges or ()), hidden)


def _with_errors(sheets: Sequence[RawSheet], errors: Mapping[str, Sequence[Shown]]) -> tuple[RawSheet, ...]:
    for sheet in sheets:
        for shown in errors.get(sheet.name, ()):
            if shown.row < len(sheet.rows) and shown.column < len(sheet.rows[shown.row]):
                sheet.rows[shown.row][shown.column] = shown.text
    return tuple(sheets)


def _blocks(ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> tuple[Block, ...]:
    return tuple(Block(top, left, bottom, right) for (top, left), (bottom, right) in ranges)


def _text_sheet(path: Path, magic: bytes) -> RawSheet:
    start = magic.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\0", b"").lower()
    if start.startswith(_WEB_PAGE):
        raise UnreadableWorkbookError(
            f"“{path.name}”其实是网页，只是用了表格的文件名。请用 Excel 或 WPS 打开后另存为 .xlsx。"
        )
    if path.suffix.lower() not in _TEXT:
        raise UnreadableWorkbookError(
            f"“{path.name}”不是 Excel 工作簿，能读取的是 .xlsx、.xls 和 .csv。"
            "请用 Excel 或 WPS 打开，确认内容后另存为 .xlsx。"
        )
    return RawSheet(path.stem, read_delimited(path))
