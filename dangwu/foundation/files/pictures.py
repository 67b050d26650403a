"""Pictures written anew: what is kept is what one sees. Where it was taken, by which device and whatever else was in
the file stays behind.
"""

from io import BytesIO
from typing import Final

from PIL import Image, ImageOps

from dangwu.foundation.files.inspecting import JPEG, FileRefusedError, FileType

MOST_PIXELS: Final = 50_000_000
LONGEST_SIDE: Final = 2_560
"""Sharp on every screen and on paper; a phone's own pictures are three times as large."""
QUALITY: Final = 85
_FORMATS = {".jpg": "JPEG", ".png": "PNG"}


def written_anew(content: bytes, kind: FileType, name: str) -> bytes:
    """The picture alone, upright. Raises FileRefusedError."""
    try:
        return _written(content, kind, name)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise FileRefusedError(f"图片“{name}”已损坏，打不开。请重新拍摄或者导出后再上传。") from error


def _written(content: bytes, kind: FileType, name: str) -> bytes:
    with Image.open(BytesIO(content), formats=[_FORMATS[kind.suffix]]) as picture:
        width, height = picture.size
        if width * height > MOST_PIXELS:
            raise FileRefusedError(f"图片“{name}”有 {width}×{height} 像素，太大了。请缩小后再上传。")
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        plain = Image.new(mode := _mode(upright, kind), upright.size)
        plain.paste(upright.convert(mode))
    out = BytesIO()
    plain.save(out, _FORMATS[kind.suffix], **({"quality": QUALITY} if kind is JPEG else {"optimize": True}))
    return out.getvalue()


def _mode(picture: Image.Image, kind: FileType) -> str:
    if kind is JPEG:
        return "L" if picture.mode == "L" else "RGB"
    return "RGBA" if picture.has_transparency_data else "RGB"
