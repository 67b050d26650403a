"""Workbooks in the format of before 2007 (.xls). No library at hand writes one: its records are put together here."""

import struct
from pathlib import Path

import pytest

from dangwu.foundation.sheets.opening import Block, open_workbook
from dangwu.foundation.sheets.shapes import UnreadableWorkbookError

SECTOR = 512
SMALLEST_STREAM = 4096
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def record(kind: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack("<HH", kind, len(body)) + body


def begin(kind: int) -> bytes:
    return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 1997, 0, 6))


def label(row: int, column: int, text: str) -> bytes:
    units = text.encode("utf-16-le")
    return record(0x0204, struct.pack("<HHHHB", row, column, 0, len(units) // 2, 1), units)


def number(row: int, column: int, value: float) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def merged(top: int, bottom: int, left: int, right: int) -> bytes:
    return record(0x00E5, struct.pack("<HHHHH", 1, top, bottom, left, right))


def stream(*cells: bytes, rows: int = 10, name: str = "名册") -> bytes:
    """The records of a workbook with one sheet, as long as a stream must be that is kept in whole sectors."""
    end = record(0x000A)
    title = name.encode("utf-16-le")
    sheet = begin(0x0010) + record(0x0200, struct.pack("<IIHHH", 0, rows, 0, 10, 0)) + b"".join(cells) + end
    filler = record(0x005C, b" " * SMALLEST_STREAM)
    start = len(begin(0x0005)) + len(filler) + len(record(0x0085, bytes(8), title)) + len(end)
    entry = record(0x0085, struct.pack("<IBBBB", start, 0, 0, len(name), 1), title)
    whole = begin(0x0005) + filler + entry + end + sheet
    return whole + bytes(-len(whole) % SECTOR)


def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<HBBIII", len(text), kind, 1, FREE, FREE, child)
    return text.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, size)


def compound_file(content: bytes) -> bytes:
    """A container with one stream: the table of sectors, the directory, the stream."""
    sectors = len(content) // SECTOR
    chain = [TABLE, END, *range(3, sectors + 2), END]
    table = struct.pack("<128I", *chain, *[FREE] * (128 - len(chain)))
    directory = (entry("Root Entry", 5, 1, END, 0) + entry("Workbook", 2, FREE, 2, len(content))).ljust(SECTOR, b"\0")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, SMALLEST_STREAM, END, 0, END, 0)
    return head + struct.pack("<109I", 0, *[FREE] * 108) + table + directory + content


def test_an_old_workbook_is_read_with_its_merged_cells(tmp_path: Path) -> None:
    cells = (
        label(0, 0, "姓名"),
        label(0, 1, "入党时间"),
        label(1, 0, "王芳"),
        number(1, 1, 1998.07),
        merged(1, 2, 0, 0),
    )
    (tmp_path / "名册.xls").write_bytes(compound_file(stream(*cells)))
    sheet = open_workbook(tmp_path / "名册.xls").sheets[0]
    assert (sheet.name, sheet.rows) == ("名册", [["姓名", "入党时间"], ["王芳", 1998.07]])
    assert sheet.blocks == (Block(1, 0, 2, 0),)


def test_a_file_that_claims_to_be_far_bigger_than_it_is_harms_nobody(tmp_path: Path) -> None:
    lying = stream(label(0, 0, "姓名"), rows=2**32 - 1)
    (tmp_path / "名册.xls").write_bytes(compound_file(lying))
    with pytest.raises(UnreadableWorkbookError, match="已损坏"):
        open_workbook(tmp_path / "名册.xls")


def test_a_chain_of_sectors_that_runs_in_a_circle_is_refused(tmp_path: Path) -> None:
    whole = bytearray(compound_file(stream(label(0, 0, "姓名"))))
    whole[SECTOR + 12 : SECTOR + 16] = struct.pack("<I", 2)
    (tmp_path / "名册.xls").write_bytes(whole)
    with pytest.raises(UnreadableWorkbookError, match=r"已损坏|没有内容"):
        open_workbook(tmp_path / "名册.xls")
