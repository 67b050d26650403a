"""Files as offices and phones have them, and as somebody who means harm would make them."""

import zipfile
from io import BytesIO

from docx import Document
from openpyxl import Workbook
from PIL import Image


def docx() -> bytes:
    out = BytesIO()
    document = Document()
    document.add_paragraph("会议记录")
    document.save(out)
    return out.getvalue()


def xlsx() -> bytes:
    out = BytesIO()
    Workbook().save(out)
    return out.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """An archive with one thing more in it."""
    out = BytesIO(content)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, part)
    return out.getvalue()


def archive(**parts: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return out.getvalue()


def jpeg(width: int = 60, height: int = 40, *, located: bool = True) -> bytes:
    """A photograph that says where it was taken, and that it was held upright."""
    picture, out = Image.new("RGB", (width, height), "red"), BytesIO()
    exif = picture.getexif()
    if located:
        exif[0x0112] = 6  # turned by a quarter
        exif[0x010F] = "某某手机"
        exif.get_ifd(0x8825)[2] = (39.0, 8.0, 0.0)
    picture.save(out, "JPEG", exif=exif, comment=b"canary")
    return out.getvalue()


def png() -> bytes:
    out = BytesIO()
    Image.new("RGBA", (3, 2), (0, 0, 0, 0)).save(out, "PNG")
    return out.getvalue()


PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
