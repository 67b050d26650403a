import pytest

from dangwu.compliance.documents.appearance import LEVEL_TINTS, TINTS, Tint


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("tint", [*TINTS.values(), *LEVEL_TINTS.values()])
def test_every_tint_can_be_read(tint: Tint) -> None:
    darker, lighter = sorted([luminance(tint.ink), luminance(tint.ground)])
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5
