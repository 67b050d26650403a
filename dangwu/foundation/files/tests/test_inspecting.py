"""What a file is, its content tells; what may do harm is not kept."""

import pytest

from dangwu.foundation.files.inspecting import (
    DOCX,
    JPEG,
    LARGEST,
    PDF,
    PNG,
    TEXT,
    XLSX,
    FileRefusedError,
    FileType,
    type_of,
)
from dangwu.foundation.files.names import named_as
from dangwu.foundation.files.tests import samples
from dangwu.foundation.files.tests.samples import archive, docx, jpeg, png, with_part, xlsx


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (samples.PDF, PDF),
        (docx(), DOCX),
        (xlsx(), XLSX),
        (jpeg(), JPEG),
        (png(), PNG),
        ("会议记录\r\n第一项".encode("gb18030"), TEXT),
        ("\ufeff会议记录 𠮷".encode(), TEXT),
    ],
    ids=lambda value: getattr(value, "suffix", ""),
)
def test_a_file_is_known_by_its_content(content: bytes, kind: FileType) -> None:
    assert type_of(content, "改了名字.exe") is kind


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "空的"),
        (b"a" * (LARGEST + 1), "超过 20 MB"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "不能保存"),
        (b"#!/bin/sh\x00", "不能保存"),
        (archive(readme=b"x"), "压缩包"),
        (b"Rar!\x1a\x07\x00", "不能保存"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧格式"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", "HEIC"),
        (with_part(docx(), "word/vbaProject.bin", b"x"), "宏"),
        (with_part(xlsx(), "xl/macrosheets/sheet1.xml", b"x"), "宏"),
        (with_part(docx(), "word/embeddings/oleObject1.bin", b"x"), "嵌入的程序"),
        (with_part(docx(), "word/media/a.bin", bytes(80 * 1024**2)), "大得不正常"),
        (docx()[:-200], "已损坏"),
        (docx() + b"x" * 30, "夹带"),
        (jpeg() + archive(tool=b"x"), "夹带了压缩包"),
        (samples.PDF + archive(tool=b"x"), "夹带了压缩包"),
        (samples.PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript>>"), "脚本"),
        (samples.PDF[:40], "不完整"),
    ],
)
def test_what_may_do_harm_or_cannot_be_opened_is_refused_with_a_way_out(content: bytes, says: str) -> None:
    with pytest.raises(FileRefusedError, match=says):
        type_of(content, "材料")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("照片.jpg.exe", "照片.jpg.jpg"),
        ("../../etc/passwd", "附件.jpg"),
        ("合影\u202egpj.exe", "合影gpj.jpg"),
        ("", "附件.jpg"),
        ("长" * 300, "长" * 96 + ".jpg"),
    ],
)
def test_a_name_ends_as_its_content_does(given: str, kept: str) -> None:
    assert named_as(given, ".jpg") == kept
