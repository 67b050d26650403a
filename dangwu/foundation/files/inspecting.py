"""What a file is, told by its content and not by its name; what may do harm when it is opened is refused."""

import re
import unicodedata
import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from dangwu.foundation.archives import DAMAGED
from dangwu.foundation.objections import ObjectionError

LARGEST: Final = 20 * 1024**2
HIGHEST_RATIO: Final = 100
LARGEST_UNPACKED: Final = 200 * 1024**2
MOST_ENTRIES: Final = 5_000
_SMALL = 8 * 1024**2  # unpacked bytes that no ratio forbids
_CHUNK = 1 << 20
_END_OF_ARCHIVE = b"PK\x05\x06"
_PDF_HARM = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia)\b")
_OFFICE_HARM = re.compile(r"vbaproject\.bin$|/macrosheets/|/activex/|oleobject\d*\.bin$", re.IGNORECASE)
_MACRO_TYPE = b"macroEnabled"
OFFERED: Final = "可以上传 PDF、Word（docx）、Excel（xlsx）、图片（jpg、png）和文本文件（txt）。"


@dataclass(frozen=True, slots=True)
class FileType:
    """A kind of file that is kept."""

    name: str
    suffix: str
    media: str


PDF = FileType("PDF", ".pdf", "application/pdf")
DOCX = FileType("Word", ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
XLSX = FileType("Excel", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
JPEG = FileType("图片", ".jpg", "image/jpeg")
PNG = FileType("图片", ".png", "image/png")
TEXT = FileType("文本", ".txt", "text/plain")
TYPES: Final = {kind.suffix: kind for kind in (PDF, DOCX, XLSX, JPEG, PNG, TEXT)}
PICTURES: Final = frozenset({JPEG, PNG})
ACCEPTED: Final = ",".join(kind.media for kind in TYPES.values()) + ",.docx,.xlsx,.pdf,.txt"
_MAIN_PARTS: Final = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}


class FileRefusedError(ObjectionError):
    """A file that is not kept, and what its owner can do."""


def type_of(content: bytes, name: str) -> FileType:
    """What a file is. Raises FileRefusedError; `name` is for the words alone."""
    if not content:
        raise FileRefusedError(f"“{name}”是空的，请重新选择。")
    if len(content) > LARGEST:
        raise FileRefusedError(f"“{name}”超过 {LARGEST // 1024**2} MB，请压缩图片或者拆分后再上传。")
    kind = _by_first_bytes(content, name)
    if kind in {DOCX, XLSX}:
        return kind
    if kind is PDF:
        _check_pdf(content, name)
    if _END_OF_ARCHIVE in content[-66_000:]:
        raise FileRefusedError(f"“{name}”中夹带了压缩包，为安全起见不保存。请重新导出后再上传。")
    return kind


def _by_first_bytes(content: bytes, name: str) -> FileType:
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"PK\x03\x04"):
        return _office_type(content, name)
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1"}:
        raise FileRefusedError(f"“{name}”是 HEIC 格式的照片，很多电脑打不开。请在手机相册中导出为 JPG 后再上传。")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRefusedError(
            f"“{name}”是旧格式或者加了密码的文档。请用办公软件取消密码，另存为 docx 或 xlsx 后再上传。"
        )
    if _is_text(content):
        return TEXT
    raise FileRefusedError(f"不能保存“{name}”这种文件。{OFFERED}")


def _check_pdf(content: bytes, name: str) -> None:
    if b"%%EOF" not in content[-2048:]:
        raise FileRefusedError(f"“{name}”不完整，可能没有传完。请重新上传。")
    if _PDF_HARM.search(content):
        raise FileRefusedError(f"“{name}”中含有脚本或者夹带的文件，为安全起见不保存。请重新打印为 PDF 后再上传。")


def _office_type(content: bytes, name: str) -> FileType:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = {entry.filename for entry in archive.infolist()}
            kind = next((kind for part, kind in _MAIN_PARTS.items() if part in names), None)
            if kind is None or "[Content_Types].xml" not in names:
                raise FileRefusedError(f"“{name}”是压缩包。请解压后只上传需要的文件。{OFFERED}")
            _check_archive(archive, content, name)
    except (*DAMAGED, RuntimeError) as error:
        raise FileRefusedError(f"“{name}”已损坏，打不开。请用办公软件打开并另存后再上传。") from error
    return kind


def _check_archive(archive: zipfile.ZipFile, content: bytes, name: str) -> None:
    """No macros, nothing behind or before the archive, and no more in it than it seems: sizes are not believed."""
    entries = archive.infolist()
    if any(_OFFICE_HARM.search(entry.filename) for entry in entries):
        raise FileRefusedError(f"“{name}”含有宏或者嵌入的程序，为安全起见不保存。请去掉后另存为 docx 或 xlsx。")
    end = content.rfind(_END_OF_ARCHIVE)
    if len(content) - end != 22 + int.from_bytes(content[end + 20 : end + 22], "little"):
        raise FileRefusedError(f"“{name}”的末尾夹带了别的内容，为安全起见不保存。请另存后再上传。")
    left = min(LARGEST_UNPACKED, max(_SMALL, len(content) * HIGHEST_RATIO))
    for entry in entries:
        with archive.open(entry) as part:
            while chunk := part.read(_CHUNK):
                left -= len(chunk)
                if entry.filename == "[Content_Types].xml" and _MACRO_TYPE in chunk:
                    raise FileRefusedError(f"“{name}”含有宏，为安全起见不保存。请另存为 docx 或 xlsx 后再上传。")
                if left < 0:
                    raise FileRefusedError(f"“{name}”解压后大得不正常，为安全起见不保存。")
    if len(entries) > MOST_ENTRIES:
        raise FileRefusedError(f"“{name}”解压后大得不正常，为安全起见不保存。")


def _is_text(content: bytes) -> bool:
    """Whether it is text as offices write it: nothing in it steers a machine."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return not any(unicodedata.category(sign) in {"Cc", "Cn"} and sign not in "\t\r\n\f" for sign in text)
    return False
