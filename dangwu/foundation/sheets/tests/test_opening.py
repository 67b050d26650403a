"""Files as they are handed in: read, or refused with a sentence that says what to do."""

import io
import zipfile
from datetime import date
from pathlib import Path

import msoffcrypto
import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook as Book
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from dangwu.foundation.sheets import archives, opening
from dangwu.foundation.sheets.opening import Block, open_workbook
from dangwu.foundation.sheets.shapes import UnreadableWorkbookError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def saved(path: Path, *rows: list[object]) -> Path:
    book = Book()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableWorkbookError) as caught:
        open_workbook(path)
    return str(caught.value)


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_a_workbook_gives_every_sheet_with_content_its_cells_where_they_stand(tmp_path: Path) -> None:
    book = Book()
    book.active["B2"] = "姓名"
    book.active["B3"] = date(1998, 7, 1)
    book.active.merge_cells("B2:C2")
    book.create_sheet("空白")
    book.save(tmp_path / "名册.xlsx")
    workbook = open_workbook(tmp_path / "名册.xlsx")
    assert [sheet.rows[1][1] for sheet in workbook.sheets] == ["姓名"]
    assert workbook.sheets[0].rows[2][1] == date(1998, 7, 1)
    assert workbook.sheets[0].blocks == (Block(1, 1, 1, 2),)
    assert not workbook.since_1904


def test_a_workbook_says_from_which_year_it_counts_days(tmp_path: Path) -> None:
    book = Book()
    book.epoch = CALENDAR_MAC_1904
    book.active["A1"] = "姓名"
    book.save(tmp_path / "名册.xlsx")
    assert open_workbook(tmp_path / "名册.xlsx").since_1904


def test_an_xlsx_under_the_old_file_name_is_read_by_its_content(tmp_path: Path) -> None:
    saved(tmp_path / "名册.xlsx", ["姓名"]).rename(tmp_path / "名册.xls")
    assert open_workbook(tmp_path / "名册.xls").sheets[0].rows == [["姓名"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_tables_are_read_in_every_encoding_and_with_every_delimiter(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    text = f"姓名{delimiter}党组织\r\n王芳{delimiter}“第一”党支部\r\n"
    path = written(tmp_path / "名册.csv", text.encode(encoding))
    assert open_workbook(path).sheets[0].rows == [["姓名", "党组织"], ["王芳", "“第一”党支部"]]


def test_a_quoted_cell_of_a_text_table_keeps_its_delimiters_and_lines(tmp_path: Path) -> None:
    path = written(tmp_path / "名册.csv", '姓名,备注\n王芳,"甲,乙\n丙"\n'.encode())
    assert open_workbook(path).sheets[0].rows[1] == ["王芳", "甲,乙\n丙"]


@pytest.mark.parametrize(
    ("name", "content", "asked"),
    [
        ("名册.xlsx", b"", "空文件"),
        ("名册.xlsx", b"PK\x03\x04 and then nothing of use", "已损坏"),
        ("名册.xlsx", b"%PDF-1.7 ...", "不是 Excel 工作簿"),
        ("名册.xls", "<html><table><tr><td>姓名</td></tr></table>".encode(), "其实是网页"),
        ("名册.xls", b"\xef\xbb\xbf\r\n<?xml version='1.0'?><Workbook/>", "其实是网页"),
        ("名册.xls", "<HTML><body>姓名".encode("utf-16"), "其实是网页"),
        ("名册.xls", OLE, "已损坏"),
        ("名册.xls", OLE + "EncryptedPackage".encode("utf-16-le"), "取消密码后另存为 .xlsx"),
        ("名册.xls", OLE + "_VBA_PROJECT_CUR".encode("utf-16-le"), "含有宏"),
        ("名册.xlsm", b"PK\x03\x04", "含有宏"),
        ("名册.csv", b"\x81\x00\xff\xff", "编码"),
        ("名册.csv", b"a,b\0c", "编码"),
        ("名册.csv", b" , \r\n,\r\n", "没有内容"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(tmp_path: Path, name: str, content: bytes, asked: str) -> None:
    assert asked in refusal(written(tmp_path / name, content))


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert "找不到文件" in refusal(tmp_path / "名册.xlsx")
    assert "找不到文件" in refusal(tmp_path)


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"
    with path.open("wb") as file:
        file.truncate(opening.LARGEST_FILE + 1)
    assert "超过 200 兆字节" in refusal(path)


def test_a_workbook_with_a_password_is_refused(tmp_path: Path) -> None:
    plain = saved(tmp_path / "plain.xlsx", ["姓名"])
    with plain.open("rb") as source, (tmp_path / "名册.xlsx").open("wb") as target:
        OOXMLFile(source).encrypt("a password", target)
    assert msoffcrypto.OfficeFile((tmp_path / "名册.xlsx").open("rb")).is_encrypted()
    assert "取消密码" in refusal(tmp_path / "名册.xlsx")


def test_a_workbook_with_macros_inside_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path / "名册.xlsx", ["姓名"])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    assert "含有宏" in refusal(path)


def test_a_workbook_cut_short_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path / "名册.xlsx", ["姓名"])
    assert "已损坏" in refusal(written(path, path.read_bytes()[:-200]))


def test_another_archive_is_no_workbook(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "名册.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert "不是 .xlsx 工作簿" in refusal(tmp_path / "名册.xlsx")


def bomb(path: Path) -> Path:
    saved(path, ["姓名"])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet2.xml", bytes(48 * 1024**2))
    return path


def test_an_archive_that_unpacks_to_far_more_is_refused(tmp_path: Path) -> None:
    assert "大得不正常" in refusal(bomb(tmp_path / "名册.xlsx"))


def test_an_archive_that_lies_about_its_size_is_refused_all_the_same(tmp_path: Path) -> None:
    path = bomb(tmp_path / "名册.xlsx")
    size = (48 * 1024**2).to_bytes(4, "little")
    assert path.read_bytes().count(size) == 2
    assert "大得不正常" in refusal(written(path, path.read_bytes().replace(size, (10).to_bytes(4, "little"))))


def test_a_declared_size_beyond_all_limits_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "LARGEST_CONTENT", 1000)
    assert "大得不正常" in refusal(saved(tmp_path / "名册.xlsx", ["姓名"]))


def test_one_stray_cell_far_away_is_named_instead_of_filling_the_memory(tmp_path: Path) -> None:
    book = Book()
    book.active["A1"] = "姓名"
    book.active["XFD1048576"] = "x"
    book.save(tmp_path / "名册.xlsx")
    assert "第 1048576 行、第 16384 列" in refusal(tmp_path / "名册.xlsx")


def test_a_wide_sheet_of_few_lines_is_read(tmp_path: Path) -> None:
    book = Book()
    book.active["A1"] = "姓名"
    book.active["XFD200"] = "x"
    book.save(tmp_path / "名册.xlsx")
    assert len(open_workbook(tmp_path / "名册.xlsx").sheets[0].rows) == 200


def test_a_damaged_sheet_in_a_sound_archive_is_refused(tmp_path: Path) -> None:
    source = io.BytesIO(saved(tmp_path / "plain.xlsx", ["姓名"]).read_bytes())
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(tmp_path / "名册.xlsx", "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<worksheet><sheetData><row" if "sheet1" in name else old.read(name))
    assert "已损坏" in refusal(tmp_path / "名册.xlsx")
