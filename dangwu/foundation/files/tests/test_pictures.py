"""Of a picture is kept what one sees."""

from io import BytesIO

import pytest
from PIL import Image

from dangwu.foundation.files import pictures
from dangwu.foundation.files.inspecting import JPEG, PNG, FileRefusedError
from dangwu.foundation.files.pictures import LONGEST_SIDE, written_anew
from dangwu.foundation.files.tests.samples import jpeg, png


def test_neither_place_nor_device_nor_comment_is_kept_and_it_stands_upright() -> None:
    content = written_anew(jpeg(60, 40), JPEG, "合影.jpg")
    with Image.open(BytesIO(content)) as picture:
        assert not picture.getexif()
        assert picture.size == (40, 60)
    assert b"canary" not in content
    assert "某某手机".encode() not in content
    assert b"Exif" not in content


def test_a_large_one_is_made_smaller() -> None:
    with Image.open(BytesIO(written_anew(jpeg(4_000, 1_000, located=False), JPEG, "合影.jpg"))) as picture:
        assert max(picture.size) == LONGEST_SIDE


def test_what_is_transparent_stays_so() -> None:
    with Image.open(BytesIO(written_anew(png(), PNG, "图.png"))) as picture:
        assert picture.mode == "RGBA"


def test_more_pixels_than_anybody_needs_are_refused_before_they_are_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_PIXELS", 100)
    with pytest.raises(FileRefusedError, match="像素"):
        written_anew(jpeg(), JPEG, "合影.jpg")


@pytest.mark.parametrize("content", [jpeg()[:300], b"\xff\xd8\xff\xe0" + b"\x00" * 40])
def test_a_damaged_one_is_refused(content: bytes) -> None:
    with pytest.raises(FileRefusedError, match="已损坏"):
        written_anew(content, JPEG, "合影.jpg")
